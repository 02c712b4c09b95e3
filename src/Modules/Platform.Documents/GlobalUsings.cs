global using Carter;
global using Platform.Ledger;
global using Platform.Parameters;
global using Platform.Persistence;
global using Platform.Problems;
global using Platform.Requests;
