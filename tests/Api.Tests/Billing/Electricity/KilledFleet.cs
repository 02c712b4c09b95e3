namespace Api.Tests.Billing.Electricity;

/// <summary>Two processes of the API on a desk's database, of which one after the other is killed and started anew.</summary>
internal sealed class KilledFleet : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private readonly ApiProcess[] _processes = new ApiProcess[2];
    private int _kills;

    private KilledFleet(Dictionary<string, string?> settings) => _settings = settings;

    public static async Task<KilledFleet> Start(ElectricityDesk desk)
    {
        var settings = ApiProcess.Settings(desk.Host.Database, desk.Host.ConnectionString);
        foreach (var (key, value) in ElectricityDesk.Settings(desk.Power))
        {
            settings[key] = value;
        }

        settings["Electricity:AttemptTimeout"] = "00:00:01";
        var fleet = new KilledFleet(settings);
        for (var i = 0; i < fleet._processes.Length; i++)
        {
            fleet._processes[i] = await ApiProcess.Start(settings);
        }

        return fleet;
    }

    public HttpClient Http(int which) => _processes[which % _processes.Length].Http;

    /// <summary>SIGKILL of one, in the middle of what it does.</summary>
    public async Task Kill()
    {
        var which = _kills++ % _processes.Length;
        var fresh = ApiProcess.Start(_settings);
        var old = _processes[which];
        await old.DisposeAsync();
        _processes[which] = await fresh;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }
}
