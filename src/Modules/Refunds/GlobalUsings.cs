global using Carter;
global using Customers;
global using Issuance.Cards;
global using Platform.Ledger;
global using Platform.Ledger.Requests;
global using Platform.Persistence;
global using Platform.Problems;
global using Platform.Requests;
