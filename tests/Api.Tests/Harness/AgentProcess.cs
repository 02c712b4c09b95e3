namespace Api.Tests.Harness;

/// <summary>The hardware agent as a process of its own, with one virtual reader, beside an API process.</summary>
public sealed class AgentProcess : IAsyncDisposable
{
    public const string Reader = "Virtual reader 1";
    public const string Origin = "http://localhost:5173";

    private readonly ApiProcess _process;
    private readonly DirectoryInfo _folder;

    private AgentProcess(ApiProcess process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    public Uri Address => _process.Http.BaseAddress!;

    /// <summary>Its own build, of the same configuration as these tests'.</summary>
    public static string Program()
    {
        var root = Platform.OpenApiTests.Root();
        var output = Path.GetRelativePath(Path.Combine(root, "tests", "Api.Tests"), AppContext.BaseDirectory);
        return Path.Combine(root, "src", "Hardware.Agent", output, "Hardware.Agent.dll");
    }

    public static async Task<AgentProcess> Start(Uri api)
    {
        ArgumentNullException.ThrowIfNull(api);
        var folder = Directory.CreateTempSubdirectory("agent-");
        var settings = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Sandbox",
            ["Agent:DataFolder"] = folder.FullName,
            ["Agent:VirtualReaders:0"] = Reader,
            ["Agent:AllowedOrigins:0"] = Origin,
            ["Api:Address"] = api.ToString(),
        };
        return new AgentProcess(await ApiProcess.Start(settings, Program()), folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
