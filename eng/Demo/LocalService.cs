using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Demo;

/// <summary>A service of the product, started as a process of its own on this machine; its output goes to a log file.</summary>
internal sealed partial class LocalService : IAsyncDisposable
{
    private const int LinesShown = 20;
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly string _name;
    private readonly Lock _gate = new();
    private readonly StreamWriter _log;
    private readonly Queue<string> _lastLines = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalService(string name, string folder, ProcessStartInfo start)
    {
        _name = name;
        _log = new StreamWriter(Path.Combine(folder, name + ".log")) { AutoFlush = true };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new DemoFailedException($"{name} ended."));
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Ends when the process does, which it should not.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>Starts a program and waits until it listens and answers <c>/health/ready</c>.</summary>
    /// <param name="program">The path of its assembly.</param>
    /// <param name="settings">Command-line settings; they win over settings files and the environment.</param>
    public static async Task<LocalService> Start(
        string name,
        string program,
        string folder,
        int? port,
        IEnumerable<string> settings,
        CancellationToken ct
    )
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Sandbox";
        start.ArgumentList.Add(program);
        start.ArgumentList.Add($"--urls=http://127.0.0.1:{port ?? 0}");
        foreach (var setting in settings)
        {
            start.ArgumentList.Add("--" + setting);
        }

        var service = new LocalService(name, folder, start);
        try
        {
            await service.UntilReady(ct);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }

        _process.Dispose();
        lock (_gate)
        {
            _log.Dispose();
        }
    }

    private async Task UntilReady(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(LongestStart);
        try
        {
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
            Address = await _listening.Task.WaitAsync(patience.Token);
            using var http = new HttpClient { BaseAddress = Address };
            while (!await IsReady(http, patience.Token))
            {
                await Task.Delay(100, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DemoFailedException($"{_name} was not ready within {LongestStart.TotalMinutes} minutes.{Last()}");
        }
        catch (DemoFailedException e)
        {
            throw new DemoFailedException($"{e.Message}{Last()}");
        }
    }

    private static async Task<bool> IsReady(HttpClient http, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Last()
    {
        lock (_gate)
        {
            return " Its last words:" + string.Concat(_lastLines.Select(l => Environment.NewLine + "    " + l));
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_log.BaseStream is { CanWrite: true })
            {
                _log.WriteLine(line);
            }

            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesShown)
            {
                _lastLines.Dequeue();
            }
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["url"].Value + "/"));
        }
    }

    [GeneratedRegex("Now listening on: (?<url>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
