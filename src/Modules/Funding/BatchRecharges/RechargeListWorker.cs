using Funding.BatchRecharges.Checking;
using Funding.BatchRecharges.Posting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Funding.BatchRecharges;

/// <summary>
/// Checks, posts and ends recharge lists in the background of every process (FC-22.2). Two workers a process, unless the setting
/// <c>RechargeLists:Workers</c> names another number up to that: while one reads its next stretch, the other's lines are being written. Setting
/// <c>RechargeLists:Every</c>: how often a worker that found nothing looks again.
/// </summary>
internal sealed class RechargeListWorker(
    int number,
    IServiceScopeFactory scopes,
    RechargeListLeases leases,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<RechargeListWorker> log
) : BackgroundRounds(configuration.GetValue("RechargeLists:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    public const int Most = 2;

    protected override async Task Round(CancellationToken ct)
    {
        while (number < configuration.GetValue("RechargeLists:Workers", Most) && await leases.Claim(ct) is { } job)
        {
            try
            {
                await Do(job, ct);
            }
            catch
            {
                await leases.GiveBack(job);
                throw;
            }
        }
    }

    private async Task Do(RechargeListJob job, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await (
            job.Kind switch
            {
                RechargeListJobKind.Check => services.GetRequiredService<RechargeListCheck>().Run(job, ct),
                RechargeListJobKind.Post => services.GetRequiredService<RechargeListPosting>().Run(job, ct),
                _ => services.GetRequiredService<RechargeListFinish>().Run(job, ct),
            }
        );
    }
}
