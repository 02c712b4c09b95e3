global using Platform.Persistence;
global using Platform.Problems;
global using Platform.Requests;
