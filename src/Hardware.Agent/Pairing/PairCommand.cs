namespace Hardware.Agent.Pairing;

/// <summary><c>Hardware.Agent pair ADDRESS [settings]</c>: pairs the agent of this account and data folder with an API.</summary>
internal static class PairCommand
{
    internal const string Verb = "pair";

    /// <exception cref="SettingsException">The address or the data folder does not do.</exception>
    internal static async Task<int> Run(string[] args, TextWriter output)
    {
        if (args is not [_, var address, .. var settings] || address.StartsWith('-'))
        {
            throw new SettingsException(["Usage: Hardware.Agent pair ADDRESS [--Agent:DataFolder=FOLDER] [--Api:AllowPlainHttp=true]"]);
        }

        var (agent, api, _) = AgentConfiguration.Read(settings);
        if (SettingsCheck.OfAddress(api with { Address = address }).ToList() is { Count: > 0 } problems)
        {
            throw new SettingsException(problems);
        }

        var pairing = ApiPairing.Write(agent, address, TimeProvider.System);
        await output.WriteLineAsync($"Paired with {pairing.Api}, in {agent.DataPath}. Restart the agent.");
        return 0;
    }
}
