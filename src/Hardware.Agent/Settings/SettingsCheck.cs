using System.Net;

namespace Hardware.Agent.Settings;

/// <summary>Settings the agent cannot start with; each sentence says what to do.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    internal IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>Says before the agent listens what is wrong with its settings.</summary>
internal static class SettingsCheck
{
    internal const string DefaultUrl = "http://127.0.0.1:5481";

    internal static IEnumerable<string> Problems(AgentSettings agent, ApiSettings api, IConfiguration configuration) =>
        [.. OfAgent(agent), .. OfApi(api), .. OfListening(configuration)];

    private static IEnumerable<string> OfAgent(AgentSettings agent)
    {
        if (agent.Transport is not ("virtual" or "pcsc"))
        {
            yield return $"Agent:Transport is '{agent.Transport}'. Set it to 'pcsc' for card readers, or 'virtual' for readers in this process.";
        }

        if (!Path.IsPathRooted(agent.DataPath))
        {
            yield return "Agent:DataFolder is empty and this account has no local application data. "
                + "Set Agent:DataFolder to a folder the agent may write.";
        }

        if (agent.WatchdogSeconds is not (>= 1 and <= 120))
        {
            yield return $"Agent:WatchdogSeconds is {agent.WatchdogSeconds}. Set it to 1 to 120 seconds.";
        }

        if (agent.HeartbeatSeconds is not (>= 1 and <= 300))
        {
            yield return $"Agent:HeartbeatSeconds is {agent.HeartbeatSeconds}. Set it to 1 to 300 seconds.";
        }

        if (agent.SessionHours is not (>= 0.1 and <= 24))
        {
            yield return $"Agent:SessionHours is {agent.SessionHours}. Set it to 0.1 to 24 hours.";
        }

        var readers = agent.VirtualReaders;
        if (readers.Count is 0 or > 8 || readers.Distinct().Count() != readers.Count || readers.Any(r => r.Length is 0 or > 60))
        {
            yield return "Agent:VirtualReaders must name 1 to 8 different readers, each of 1 to 60 characters.";
        }

        if (agent.IssuerProfile.Length > 0 && !File.Exists(agent.IssuerProfile))
        {
            yield return $"Agent:IssuerProfile names '{agent.IssuerProfile}', which is not there. "
                + "Name an issuer profile (JSON), or leave it empty for the demo profile.";
        }

        foreach (var origin in agent.AllowedOrigins.Where(o => !IsOrigin(o)))
        {
            yield return $"Agent:AllowedOrigins has '{origin}'. Write each as scheme, host and port only, for example https://counter.example.";
        }
    }

    private static IEnumerable<string> OfApi(ApiSettings api)
    {
        foreach (var problem in api.Address.Length > 0 ? OfAddress(api) : [])
        {
            yield return problem;
        }

        if (api.Tries is < 1 or > 20)
        {
            yield return $"Api:Tries is {api.Tries}. Set it to 1 to 20.";
        }

        if (api.TrySeconds is not (>= 1 and <= 60) || api.RoundSeconds is not (>= 1 and <= 120))
        {
            yield return "Api:TrySeconds must be 1 to 60 and Api:RoundSeconds 1 to 120.";
        }

        if (api.FirstPauseMilliseconds is < 1 or > 10_000 || api.ReportPauseSeconds is not (>= 1 and <= 3600))
        {
            yield return "Api:FirstPauseMilliseconds must be 1 to 10000 and Api:ReportPauseSeconds 1 to 3600.";
        }
    }

    /// <summary>What is wrong with an API's address; also of one that the agent is to be paired with.</summary>
    internal static IEnumerable<string> OfAddress(ApiSettings api)
    {
        if (!Uri.TryCreate(api.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return $"Api:Address is '{api.Address}'. Set it to the API's base address, for example https://api.example/.";
        }
        else if (address.Scheme == "http" && !address.IsLoopback && !api.AllowPlainHttp)
        {
            yield return $"Api:Address is '{api.Address}', which is not encrypted. Use https, or set Api:AllowPlainHttp=true on a network you trust.";
        }
    }

    /// <summary>
    /// Every way in which Kestrel can be told to listen is looked at, because the first forgotten one opens the reader to the network.
    /// </summary>
    private static IEnumerable<string> OfListening(IConfiguration configuration)
    {
        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"] ?? "");
        foreach (var url in urls.Concat(endpoints).Where(u => !IsLoopback(u)))
        {
            yield return $"The agent is told to listen on '{url}', which other machines can reach. "
                + $"Set urls to a loopback address, for example {DefaultUrl}.";
        }

        // These two mean "any address"; they have no effect beside urls.
        if (urls.Length == 0 && (configuration["http_ports"] ?? configuration["https_ports"]) is { Length: > 0 })
        {
            yield return "HTTP_PORTS or HTTPS_PORTS is set, which listens on every address. "
                + $"Remove it and set urls to a loopback address, for example {DefaultUrl}.";
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && origin.Scheme is "http" or "https"
        && text.Equals(origin.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    private static bool IsLoopback(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return false; // http://*:80 and http://+:80 are no addresses, and mean all of them
        }

        return address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
