using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.CardOperations;

/// <summary>Ends card operations that nobody came back for. Any number of processes may sweep: each step is guarded by the row's version.</summary>
internal sealed class CardOperationSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CardOperationSweeper> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<CardOperationEngine>().ExpireTickets(stoppingToken);
            }
#pragma warning disable CA1031 // background work is tried again at the next tick, whatever failed
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(e, "Card operations could not be swept; it is tried again.");
            }
        }
    }
}
