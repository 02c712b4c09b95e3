using Hardware.Agent;
using Hardware.Agent.Settings;

try
{
    await using var agent = AgentHost.Build(args);
    await agent.RunAsync();
    return 0;
}
catch (SettingsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
