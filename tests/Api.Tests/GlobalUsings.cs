global using Api.Tests.Harness;
global using Platform.Ledger;
global using Platform.Persistence;
global using Platform.Requests;
global using Xunit;
