using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Api.Tests.Harness;

/// <summary>The hardware agent as a process of its own, with one virtual reader, beside an API process.</summary>
public sealed partial class AgentProcess : IAsyncDisposable
{
    public const string Reader = "Virtual reader 1";
    public const string Origin = "http://localhost:5173";
    private static readonly TimeSpan s_longestStart = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agent-");
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AgentProcess(Uri api)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        start.ArgumentList.Add(Assembly());
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        start.ArgumentList.Add($"--Agent:DataFolder={_folder.FullName}");
        start.ArgumentList.Add($"--Agent:VirtualReaders:0={Reader}");
        start.ArgumentList.Add($"--Agent:AllowedOrigins:0={Origin}");
        start.ArgumentList.Add($"--Api:Address={api}");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Demo";
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, _) => { };
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The agent ended."));
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<AgentProcess> Start(Uri api)
    {
        var agent = new AgentProcess(api);
        agent._process.Start();
        agent._process.BeginOutputReadLine();
        agent._process.BeginErrorReadLine();
        agent.Address = await agent._listening.Task.WaitAsync(s_longestStart);
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Its own build, of the same configuration as these tests'.</summary>
    private static string Assembly()
    {
        var root = Platform.OpenApiTests.Root();
        var output = Path.GetRelativePath(Path.Combine(root, "tests", "Api.Tests"), AppContext.BaseDirectory);
        return Path.Combine(root, "src", "Hardware.Agent", output, "Hardware.Agent.dll");
    }

    private void Take(string? line)
    {
        if (line is not null && Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["url"].Value));
        }
    }

    [GeneratedRegex("Now listening on: (?<url>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
