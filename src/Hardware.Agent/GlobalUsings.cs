global using Hardware.Agent.Settings;
