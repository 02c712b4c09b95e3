namespace Hardware.Agent.Settings;

/// <summary>Section <c>Agent</c>.</summary>
internal sealed record AgentSettings
{
    /// <summary>
    /// Which readers: <c>virtual</c> ones in this process, which need nothing installed, or <c>pcsc</c>, those of the machine's PC/SC service.
    /// </summary>
    public string Transport { get; init; } = "virtual";

    /// <summary>Where the journal and the virtual cards are kept; empty means the user's local application data.</summary>
    public string DataFolder { get; init; } = "";

    /// <summary>Pages that may call the agent from a browser, as origins (https://counter.example). None by default.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>How long a page's session lasts, 0.1 to 24 hours.</summary>
    public double SessionHours { get; init; } = 12;

    /// <summary>How long one command may take before the card counts as silent, 1 to 120 s.</summary>
    public double WatchdogSeconds { get; init; } = 10;

    /// <summary>How often an idle event stream says that it lives, 1 to 300 s.</summary>
    public double HeartbeatSeconds { get; init; } = 15;

    /// <summary>The virtual readers' names, 1 to 8.</summary>
    public IReadOnlyList<string> VirtualReaders { get; init; } = [];

    /// <summary>The folder of the virtual cards; empty means <c>cards</c> in the data folder.</summary>
    public string VirtualCardFolder { get; init; } = "";

    /// <summary>The issuer profile's file; empty means the demo profile.</summary>
    public string IssuerProfile { get; init; } = "";

    internal TimeSpan Watchdog => TimeSpan.FromSeconds(WatchdogSeconds);

    internal string DataPath =>
        DataFolder.Length > 0
            ? Path.GetFullPath(DataFolder)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "hardware-agent");

    internal string CardPath => VirtualCardFolder.Length > 0 ? Path.GetFullPath(VirtualCardFolder) : Path.Combine(DataPath, "cards");
}

/// <summary>Section <c>Api</c>: the one API this agent is paired with.</summary>
internal sealed record ApiSettings
{
    /// <summary>The API's base address, without /v1; empty when the agent was paired by the command. It never overrules the pairing.</summary>
    public string Address { get; init; } = "";

    /// <summary>Allows http to an API that is not on this machine; the ticket then travels in the clear.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>How often a round is sent before the agent gives up for now, 1 to 20.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>How long one try may take, 1 to 60 s.</summary>
    public double TrySeconds { get; init; } = 10;

    /// <summary>How long all tries of one round may take, 1 to 120 s.</summary>
    public double RoundSeconds { get; init; } = 30;

    /// <summary>The pause after the first failed try, doubled after each, 1 to 10000 ms.</summary>
    public int FirstPauseMilliseconds { get; init; } = 250;

    /// <summary>The longest pause between reports of rounds that the API has not heard, 1 to 3600 s.</summary>
    public double ReportPauseSeconds { get; init; } = 30;
}
