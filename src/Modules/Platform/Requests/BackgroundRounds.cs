using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.Requests;

/// <summary>
/// Work that every process does again and again. A round that fails is tried again at the next tick, whatever failed, and logged once for each kind
/// of failure until a round succeeds; any number of processes run the same work, so each step must be guarded in the database (PL-08.1).
/// </summary>
public abstract class BackgroundRounds(TimeSpan every, TimeProvider clock, ILogger log) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    /// <summary>One round; it ends when there is nothing more to do for now.</summary>
    protected abstract Task Round(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, Clock);
        var failures = new HashSet<Type>();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Round(stoppingToken);
                if (failures.Count > 0)
                {
                    log.LogInformation("The rounds of {Work} succeed again.", GetType().Name);
                    failures.Clear();
                }
            }
#pragma warning disable CA1031 // the work is tried again at the next tick, whatever failed
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                // A database that is away for an hour would otherwise fill the log with one and the same failure.
                var level = failures.Add(KindOf(e)) ? LogLevel.Error : LogLevel.Debug;
                log.Log(level, e, "A round of {Work} failed; it is tried again.", GetType().Name);
            }
        }
    }

    /// <summary>A database that is away refuses, resets and breaks off: one kind, whichever it is.</summary>
    private static Type KindOf(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is DbException { IsTransient: true })
            {
                return typeof(DbException);
            }
        }

        return failure.GetBaseException().GetType();
    }
}
