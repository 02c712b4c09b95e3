using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Funding.Transfers;

/// <summary>Makes the transfers that are due, in every process; each is made once. Setting <c>Cards:TransferEvery</c>.</summary>
internal sealed class BalanceTransferJob(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<BalanceTransferJob> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(configuration.GetValue("Cards:TransferEvery", Pause), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var transfer = scope.ServiceProvider.GetRequiredService<BalanceTransfer>();
                while (await transfer.MakeDue(stoppingToken) > 0) { }
            }
#pragma warning disable CA1031 // background work is tried again at the next tick, whatever failed
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(e, "Balances of replaced cards could not be moved; it is tried again.");
            }
        }
    }
}
