global using Carter;
