global using Carter;
global using Platform.Cards.Cryptography.Layouts;
global using Platform.Cards.Cryptography.Profiles;
global using Platform.Ledger;
global using Platform.Problems;
global using Platform.Requests;
