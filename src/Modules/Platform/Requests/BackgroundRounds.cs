using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform;

/// <summary>
/// Work that every process does again and again. A round that fails is logged and tried again at the next tick, whatever failed; any number of
/// processes run the same work, so each step must be guarded in the database (PL-08.1).
/// </summary>
public abstract class BackgroundRounds(TimeSpan every, TimeProvider clock, ILogger log) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    /// <summary>One round; it ends when there is nothing more to do for now.</summary>
    protected abstract Task Round(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Round(stoppingToken);
            }
#pragma warning disable CA1031 // the work is tried again at the next tick, whatever failed
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(e, "A round of {Work} failed; it is tried again.", GetType().Name);
            }
        }
    }
}
