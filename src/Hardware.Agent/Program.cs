using Hardware.Agent;
using Hardware.Agent.Pairing;
using Hardware.Agent.Simulator;

try
{
    switch (args)
    {
        case [PairCommand.Verb, ..]:
            return await PairCommand.Run(args, Console.Out);
        case [VirtualCardCommand.Verb, ..]:
            return await VirtualCardCommand.Run(args, Console.In, Console.Out);
        default:
            await using (var agent = AgentHost.Build(args))
            {
                await agent.RunAsync();
                return 0;
            }
    }
}
catch (SettingsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
