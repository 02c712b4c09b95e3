using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.TopUps.Redemptions;

/// <summary>
/// Tells the carrier, in the background of every process, what it has not been told, and releases codes whose receipt never came; also when the
/// carrier was away for long (MT-02.3).
/// </summary>
internal sealed class RedemptionAdviser(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<RedemptionAdviser> log
) : BackgroundRounds(configuration.GetValue("TopUps:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    private const int AtOnce = 100;
    private const int Together = 8;
    private static readonly TimeSpan s_claim = TimeSpan.FromSeconds(30);

    protected override async Task Round(CancellationToken ct)
    {
        while (await Due(ct) is { Count: > 0 } due)
        {
            await Parallel.ForEachAsync(
                due,
                new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = ct },
                async (redemption, stop) =>
                {
                    if (await Claim(redemption, stop))
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        await scope.ServiceProvider.GetRequiredService<RedemptionSteps>().GoOn(redemption);
                    }
                }
            );
            if (due.Count < AtOnce)
            {
                break;
            }
        }
    }

    private async Task<List<Redemption>> Due(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Clock.GetUtcNow().UtcDateTime;
        return await db.Set<Redemption>().AsNoTracking().Where(r => r.AskAt <= now).OrderBy(r => r.AskAt).Take(AtOnce).ToListAsync(ct);
    }

    private async Task<bool> Claim(Redemption redemption, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (read, until) = (redemption.AskAt, Clock.GetUtcNow().UtcDateTime + s_claim);
        var claimed = await db.Set<Redemption>()
            .Where(r => r.Id == redemption.Id && r.Version == redemption.Version && r.AskAt == read)
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.AskAt, until), ct);
        redemption.AskAt = until;
        return claimed == 1;
    }
}
