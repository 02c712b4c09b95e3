global using Platform.Requests;
