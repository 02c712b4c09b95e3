global using Platform.Ledger;
global using Platform.Persistence;
global using Platform.Requests;
