using System.Diagnostics;
using System.Net;

namespace Benchmarks;

/// <summary>
/// One run of load: a single thread that waits for sockets and the clock. In the open loop a latency counts from the instant at which the request was
/// due, not from the one at which it could be sent, so that a server that stalls is charged for everybody who came meanwhile.
/// </summary>
internal sealed class LoadRun : IDisposable
{
    private static readonly long s_patience = 5 * Stopwatch.Frequency;

    /// <summary>Arrivals that may wait for a connection; with more the rate is hopeless, and the run ends.</summary>
    private const int MostWaiting = 500_000;

    private readonly LoadOptions _options;
    private readonly Requests _requests;
    private readonly LoadConnection[] _connections;
    private readonly Kernel.Watched[] _watched;
    private readonly Stack<LoadConnection> _free;
    private readonly Queue<long> _due = new();
    private readonly Latencies _latencies = new();
    private readonly byte[] _request = new byte[Requests.Most];
    private Schedule? _schedule;
    private long _end;
    private long _waited;
    private int _refused;
    private int _inTime;
    private string? _refusal;

    public LoadRun(LoadOptions options)
    {
        _options = options;
        _requests = new Requests(options);
        var server = new IPEndPoint(Dns.GetHostAddresses(options.Url.Host).First(a => a.GetAddressBytes().Length == 4), options.Url.Port);
        _connections = [.. Enumerable.Range(0, options.Connections).Select(_ => new LoadConnection(server))];
        _watched = [.. _connections.Select(c => new Kernel.Watched { Socket = c.Handle, Asked = Kernel.Readable })];
        _free = new Stack<LoadConnection>(_connections);
    }

    public LoadResult Run()
    {
        Kernel.WakePunctually();
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        _end = start + (long)(_options.Seconds * Stopwatch.Frequency);
        _schedule = _options.Rate is { } rate ? new Schedule(rate, _options.Arrivals, start) : null;
        for (var now = start; now < _end + s_patience; now = Stopwatch.GetTimestamp())
        {
            Send(now);
            if (now >= _end && _due.Count == 0 && _free.Count == _connections.Length)
            {
                break;
            }

            if (Kernel.Wait(_watched, NanosecondsToWait()) > 0)
            {
                Receive();
            }
        }

        return Result(Environment.CpuUsage.TotalTime - cpu);
    }

    public void Dispose() => Array.ForEach(_connections, c => c.Dispose());

    /// <summary>Everything that is due and finds a connection free.</summary>
    private void Send(long now)
    {
        if (_schedule is null)
        {
            while (now < _end && _free.TryPop(out var free))
            {
                free.Send(_request.AsSpan(0, _requests.Next(_request)), now);
            }

            return;
        }

        for (; _schedule.Next <= now && _schedule.Next < _end; _schedule.Advance())
        {
            _due.Enqueue(_schedule.Next);
            _waited += _due.Count > _free.Count ? 1 : 0;
        }

        if (_due.Count > MostWaiting)
        {
            throw new InvalidOperationException($"More than {MostWaiting} requests wait for a connection: the rate is too high.");
        }

        while (_due.Count > 0 && _free.TryPop(out var free))
        {
            free.Send(_request.AsSpan(0, _requests.Next(_request)), _due.Dequeue());
        }
    }

    private long NanosecondsToWait()
    {
        var now = Stopwatch.GetTimestamp();
        var until = now >= _end ? _end + s_patience : Math.Min(_end, _schedule?.Next ?? _end);
        return Math.Max(0, (long)Stopwatch.GetElapsedTime(now, until).TotalNanoseconds);
    }

    private void Receive()
    {
        for (var i = 0; i < _watched.Length; i++)
        {
            if (_watched[i].Ready != 0 && _connections[i].Receive() is var status and not 0)
            {
                Ended(_connections[i], status, Stopwatch.GetTimestamp());
            }
        }
    }

    private void Ended(LoadConnection connection, int status, long now)
    {
        if (status == (int)HttpStatusCode.Created)
        {
            _latencies.Add((now - connection.Due) * 1_000_000 / Stopwatch.Frequency);
            _inTime += now < _end ? 1 : 0;
        }
        else
        {
            _refused++;
            _refusal ??= connection.Answer;
        }

        if (_schedule is null && now < _end)
        {
            connection.Send(_request.AsSpan(0, _requests.Next(_request)), now);
        }
        else
        {
            _free.Push(connection);
        }
    }

    private LoadResult Result(TimeSpan cpu) =>
        new(
            _latencies.Count,
            _refused,
            _due.Count + _connections.Count(c => c.IsBusy),
            _waited,
            _inTime / _options.Seconds,
            _latencies.Quantile(0.5),
            _latencies.Quantile(0.99),
            _latencies.Quantile(0.999),
            _latencies.Quantile(1),
            Math.Round(cpu.TotalMicroseconds / Math.Max(1, _latencies.Count), 2),
            _refusal
        );
}

/// <summary>What a run gave; <see cref="LoadOptions.Help"/> says what each number is.</summary>
internal sealed record LoadResult(
    int Answers,
    int Refused,
    int Lost,
    long Waited,
    double PerSecond,
    double P50,
    double P99,
    double P999,
    double Max,
    double CpuMicroseconds,
    string? FirstRefusal
);
