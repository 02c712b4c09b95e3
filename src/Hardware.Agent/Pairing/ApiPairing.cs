using System.Text.Json;

namespace Hardware.Agent.Pairing;

/// <summary>
/// The one API this agent works for, on file. Tickets are sent there and nowhere else, so a setting changed later (by an update, an environment
/// variable, a hand) does not lead them elsewhere: it stops the agent until somebody pairs it anew.
/// </summary>
internal sealed record ApiPairing(string Api, DateTimeOffset PairedAt)
{
    private const int MostBytes = 4096;
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The pairing of this data folder. An API on this machine is paired with at the first start; any other by the command.</summary>
    /// <exception cref="SettingsException">There is none, or the setting names another API.</exception>
    internal static ApiPairing Of(AgentSettings agent, ApiSettings api, TimeProvider clock)
    {
        var paired = Read(agent);
        if (paired is not null)
        {
            return api.Address.Length == 0 || Normal(api.Address) == paired.Api
                ? paired
                : throw new SettingsException([
                    $"Api:Address is '{api.Address}', but this agent is paired with '{paired.Api}'. "
                        + $"Remove the setting, or pair anew: Hardware.Agent pair {api.Address}",
                ]);
        }

        return api.Address.Length > 0 && new Uri(api.Address).IsLoopback
            ? Write(agent, api.Address, clock)
            : throw new SettingsException([
                "This agent is paired with no API yet (Api:Address alone is not enough but for an API on this machine). "
                    + $"Run once, as the agent's account: Hardware.Agent pair {(api.Address.Length > 0 ? api.Address : "https://api.example/")}",
            ]);
    }

    /// <exception cref="SettingsException">The data folder cannot be written.</exception>
    internal static ApiPairing Write(AgentSettings agent, string address, TimeProvider clock)
    {
        var pairing = new ApiPairing(Normal(address), clock.GetUtcNow());
        try
        {
            PrivateFile.CreateFolder(agent.DataPath);
            PrivateFile.Write(FileOf(agent), JsonSerializer.SerializeToUtf8Bytes(pairing, Format));
            return pairing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([
                $"The pairing cannot be written to '{agent.DataPath}' ({e.Message}). Set Agent:DataFolder to a folder the agent may write.",
            ]);
        }
    }

    private static ApiPairing? Read(AgentSettings agent)
    {
        try
        {
            if (!File.Exists(FileOf(agent)))
            {
                return null;
            }

            using var file = File.OpenRead(FileOf(agent));
            var pairing = file.Length <= MostBytes ? JsonSerializer.Deserialize<ApiPairing>(file, Format) : null;
            return pairing is not null && Uri.TryCreate(pairing.Api, UriKind.Absolute, out _)
                ? pairing
                : throw new JsonException("It names no API.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SettingsException([
                $"The pairing in '{FileOf(agent)}' cannot be read ({e.Message}). Pair anew: Hardware.Agent pair https://api.example/",
            ]);
        }
    }

    private static string FileOf(AgentSettings agent) => Path.Combine(agent.DataPath, "pairing.json");

    private static string Normal(string address) => new Uri(address.EndsWith('/') ? address : address + "/").AbsoluteUri;
}
