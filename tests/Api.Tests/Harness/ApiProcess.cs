using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using TestRuns;

namespace Api.Tests.Harness;

/// <summary>The API as a process of its own, so that it can be killed, refuse to start, and be heard.</summary>
public sealed partial class ApiProcess : IAsyncDisposable
{
    public const string AnyPort = "--urls=http://127.0.0.1:0";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Func<string, bool>? _sign;
    private bool _killed;
    private bool _disposed;

    private ApiProcess(
        IReadOnlyDictionary<string, string?> settings,
        string program,
        IReadOnlyList<string> arguments,
        string? folder,
        Func<string, bool>? sign
    )
    {
        _sign = sign;
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Its code is made for a life of some seconds: neither measuring it for later nor mapping it twice pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => _errors.Enqueue(e.Data ?? "");
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The process ended: {Errors} {Output}"));
    }

    public HttpClient Http { get; private set; } = new();

    /// <summary>All it has written to its log.</summary>
    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public int Id => _process.Id;

    /// <summary>What a process of these tests runs with; a test adds its own or takes some out.</summary>
    public static Dictionary<string, string?> Settings(Database database, string connectionString) =>
        new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Database:Provider"] = database.ToString(),
            ["Database:ConnectionString"] = connectionString,
            ["Bootstrap:AdminPassword"] = TestHost.AdminPassword,
            ["Cards:KeyVault"] = "demo",
            ["Passwords:HashRounds"] = QuickHashes.Rounds,
            // Processes of a fleet sign the same operator in at once.
            ["SignIn:FirstWait"] = "00:00:00",
        };

    /// <summary>Starts it, or another program that tells its address in the same way, and waits until it listens.</summary>
    public static async Task<ApiProcess> Start(IReadOnlyDictionary<string, string?> settings, string? program = null)
    {
        var api = Launch(settings, program);
        try
        {
            api.Http = new HttpClient { BaseAddress = await api._listening.Task.WaitAsync(Patience.Longest), Timeout = Patience.Longest };
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one that is expected to refuse; gives its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Error)> Refused(
        IReadOnlyDictionary<string, string?> settings,
        IReadOnlyList<string>? arguments = null
    )
    {
        await using var api = Launch(settings, arguments: arguments);
        await api._process.WaitForExitAsync().WaitAsync(Patience.Longest);
        return (api._process.ExitCode, api.Errors.Trim());
    }

    /// <summary>
    /// Starts one and kills it at the first line of its log that is the sign; it may come to listen only after that. False where there was no sign.
    /// </summary>
    public static async Task<bool> KilledAt(IReadOnlyDictionary<string, string?> settings, Func<string, bool> sign)
    {
        await using var api = Launch(settings, sign: sign);
        await Task.WhenAny(api.Ended(), api._listening.Task).WaitAsync(Patience.Longest);
        return api._killed;
    }

    /// <summary>Runs a command of the program to its end; gives its exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Run(
        IReadOnlyDictionary<string, string?> settings,
        params string[] arguments
    )
    {
        await using var api = Launch(settings, arguments: [.. arguments, AnyPort]);
        await api._process.WaitForExitAsync().WaitAsync(Patience.Longest);
        return (api._process.ExitCode, api.Output, api.Errors.Trim());
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    public async Task Ended() => await _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            Kill();
        }

        // Also reads to the end of what it wrote.
        await Ended();
        Http.Dispose();
        _process.Dispose();
    }

    /// <summary>Runs one in a folder of its own that is expected to answer and end; gives its exit code and all it wrote.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Answered(string folder, params string[] arguments)
    {
        await using var api = Launch(new Dictionary<string, string?>(), arguments: arguments, folder: folder);
        await api._process.WaitForExitAsync().WaitAsync(Patience.Longest);
        return (api._process.ExitCode, api.Output, api.Errors);
    }

    private static ApiProcess Launch(
        IReadOnlyDictionary<string, string?> settings,
        string? program = null,
        IReadOnlyList<string>? arguments = null,
        string? folder = null,
        Func<string, bool>? sign = null
    )
    {
        program ??= Path.Combine(AppContext.BaseDirectory, "Api.dll");
        var api = new ApiProcess(settings, program, arguments ?? [AnyPort], folder, sign);
        api._process.Start();
        api._process.BeginOutputReadLine();
        api._process.BeginErrorReadLine();
        return api;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (!_killed && _sign?.Invoke(line) == true)
        {
            // Here and now: a moment later it may have done what it was about to do.
            _killed = true;
            Kill();
        }

        if (!_listening.Task.IsCompleted && Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["url"].Value));
        }
    }

    // The log is JSON or text, as the environment has it.
    [GeneratedRegex("Now listening on: (?<url>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Listening();
}
