using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using TestRuns;

namespace Hardware.Agent.Tests;

/// <summary>The agent as a process of its own, so that it can be killed.</summary>
internal sealed partial class AgentProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private AgentProcess(Process process) => _process = process;

    internal HttpClient Http { get; private set; } = new();

    internal string Output => string.Join('\n', _output);

    internal static Task<AgentProcess> Start(string folder, string api, Transport transport, params string[] settings) =>
        Start(folder, api, [.. CardHand.Settings(transport), .. settings]);

    internal static async Task<AgentProcess> Start(string folder, string api, params string[] settings)
    {
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var agent = new AgentProcess(
            Create([
                "--urls=http://127.0.0.1:0",
                $"--Agent:DataFolder={folder}",
                $"--Agent:AllowedOrigins:0={TestAgent.Origin}",
                $"--Api:Address={api}",
                .. settings,
            ])
        );
        agent._process.OutputDataReceived += (_, e) => agent.Take(e.Data, listening);
        agent._process.ErrorDataReceived += (_, e) => agent.Take(e.Data, listening);
        agent._process.Start();
        agent._process.BeginOutputReadLine();
        agent._process.BeginErrorReadLine();
        var page = new HttpClient { BaseAddress = new Uri(await listening.Task.WaitAsync(Patience.Longest)), Timeout = Patience.Longest };
        agent.Http = await TestAgent.OpenSession(page);
        return agent;
    }

    /// <summary>Runs an agent that is expected to refuse to start; gives its exit code and what it said.</summary>
    internal static async Task<(int ExitCode, string Error)> Refused(params string[] settings)
    {
        using var process = Create(settings);
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync().WaitAsync(Patience.Longest);
        return (process.ExitCode, error);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    internal async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    internal async Task<JsonElement> Get(string path) => JsonDocument.Parse(await Http.GetStringAsync(path)).RootElement;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        Http.Dispose();
        _process.Dispose();
    }

    private static Process Create(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Hardware.Agent.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new Process { StartInfo = start };
    }

    private void Take(string? line, TaskCompletionSource<string> listening)
    {
        if (line is null)
        {
            listening.TrySetException(new InvalidOperationException("The agent ended: " + Output));
            return;
        }

        _output.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(match.Groups["url"].Value);
        }
    }

    [GeneratedRegex("Now listening on: (?<url>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Listening();
}
