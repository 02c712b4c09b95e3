using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Funding.BatchRecharges;

/// <summary>
/// Checks, posts and ends recharge lists in the background of every process (FC-22.2). Two workers a process: while one reads its next stretch, the
/// other's lines are being written. Setting <c>RechargeLists:Every</c>: how often a worker that found nothing looks again.
/// </summary>
internal sealed class RechargeListWorker(
    IServiceScopeFactory scopes,
    RechargeListLeases leases,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<RechargeListWorker> log
) : BackgroundService
{
    private const int Workers = 2;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, configuration.GetValue("RechargeLists:Workers", Workers)).Select(_ => Work(stoppingToken)));

    private async Task Work(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(configuration.GetValue("RechargeLists:Every", s_pause), clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                while (await leases.Claim(ct) is { } job)
                {
                    await Do(job, ct);
                }
            }
#pragma warning disable CA1031 // background work is tried again when its lease has run out, whatever failed
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(e, "Work on a recharge list failed; it is tried again.");
            }
        }
    }

    private async Task Do(RechargeListJob job, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        try
        {
            await (
                job.Kind switch
                {
                    RechargeListJobKind.Check => services.GetRequiredService<RechargeListCheck>().Run(job, ct),
                    RechargeListJobKind.Post => services.GetRequiredService<RechargeListPosting>().Run(job, ct),
                    _ => services.GetRequiredService<RechargeListFinish>().Run(job, ct),
                }
            );
        }
        catch (RechargeListLostException e)
        {
            log.LogWarning(e, "A recharge list's work was taken over, or the database was not there; it goes on later.");
        }
    }
}
