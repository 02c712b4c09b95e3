using Billing.TopUps.Exceptions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.TopUps.Sales;

/// <summary>
/// Takes top-ups on, in the background of every process, until they have an end (MT-01.2, MT-01.10): those without an answer, those that are held
/// back, and those whose process was killed. A claim moves the time of the next look, so that two processes seldom take up one top-up; that its
/// step is booked once is held by the row's version.
/// </summary>
internal sealed class TopUpAsker(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<TopUpAsker> log
) : BackgroundRounds(configuration.GetValue("TopUps:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    private const int AtOnce = 100;
    private const int Together = 16;
    private static readonly TimeSpan s_claim = TimeSpan.FromSeconds(30);

    private readonly AskingSchedule _schedule = new(configuration.GetValue("TopUps:AskEvery", TimeSpan.FromSeconds(5)));

    protected override async Task Round(CancellationToken ct)
    {
        while (await Due(ct) is { Count: > 0 } due)
        {
            await Parallel.ForEachAsync(
                due,
                new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = ct },
                async (topUp, stop) =>
                {
                    if (await Claim(topUp, stop))
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        var gone = await scope.ServiceProvider.GetRequiredService<TopUpSteps>().GoOn(topUp);
                        await ListIfOld(scope.ServiceProvider, gone);
                    }
                }
            );
            if (due.Count < AtOnce)
            {
                break;
            }
        }
    }

    private async Task ListIfOld(IServiceProvider services, TopUp topUp)
    {
        if (!TopUpStates.IsEnd(topUp.State) && _schedule.IsDaily(Clock.GetUtcNow().UtcDateTime - topUp.BookedAt))
        {
            await Contradictions.Keep(services.GetRequiredService<Books>(), Clock, topUp, TopUpExceptionKind.WithoutEnd, null);
        }
    }

    private async Task<List<TopUp>> Due(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Clock.GetUtcNow().UtcDateTime;
        return await db.Set<TopUp>()
            .AsNoTracking()
            .Where(t => t.State == TopUpState.Unprocessed || t.State == TopUpState.Unfinished || t.State == TopUpState.Applying)
            .Where(t => t.AskAt <= now)
            .OrderBy(t => t.AskAt)
            .Take(AtOnce)
            .ToListAsync(ct);
    }

    private async Task<bool> Claim(TopUp topUp, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (read, until) = (topUp.AskAt, Clock.GetUtcNow().UtcDateTime + s_claim);
        var claimed = await db.Set<TopUp>()
            .Where(t => t.Id == topUp.Id && t.Version == topUp.Version && t.AskAt == read)
            .ExecuteUpdateAsync(u => u.SetProperty(t => t.AskAt, until), ct);
        topUp.AskAt = until;
        return claimed == 1;
    }
}
