using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>A row of which a partner has to be asked, or told, again and again until it has an end.</summary>
internal interface IAsked : IVersioned
{
    long Id { get; }

    /// <summary>When it is taken up next.</summary>
    DateTime AskAt { get; set; }
}

/// <summary>
/// Takes rows up when their time comes, some side by side. A claim moves the time of the next look, so that two processes seldom take up one row;
/// that its step is booked once is held by the row's version.
/// </summary>
internal abstract class AskingRounds<TRow>(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeSpan every,
    TimeProvider clock,
    ILogger log
) : BackgroundRounds(every, clock, log)
    where TRow : class, IAsked
{
    private static readonly TimeSpan s_claim = TimeSpan.FromSeconds(30);

    /// <summary>Rows that are read in one go.</summary>
    protected abstract int AtOnce { get; }

    /// <summary>Rows that are taken up side by side.</summary>
    protected abstract int Together { get; }

    /// <summary>The rows that have no end yet.</summary>
    protected abstract IQueryable<TRow> Open(IQueryable<TRow> rows);

    /// <summary>Takes one up, which this process has claimed.</summary>
    protected abstract Task TakeUp(IServiceProvider services, TRow row);

    protected sealed override async Task Round(CancellationToken ct)
    {
        while (await Due(ct) is { Count: > 0 } due)
        {
            await Parallel.ForEachAsync(
                due,
                new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = ct },
                async (row, stop) =>
                {
                    if (await Claim(row, stop))
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        await TakeUp(scope.ServiceProvider, row);
                    }
                }
            );
            if (due.Count < AtOnce)
            {
                break;
            }
        }
    }

    private async Task<List<TRow>> Due(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Clock.GetUtcNow().UtcDateTime;
        return await Open(db.Set<TRow>().AsNoTracking()).Where(r => r.AskAt <= now).OrderBy(r => r.AskAt).Take(AtOnce).ToListAsync(ct);
    }

    private async Task<bool> Claim(TRow row, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (id, version, read, until) = (row.Id, row.Version, row.AskAt, Clock.GetUtcNow().UtcDateTime + s_claim);
        var claimed = await db.Set<TRow>()
            .Where(r => r.Id == id && r.Version == version && r.AskAt == read)
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.AskAt, until), ct);
        row.AskAt = until;
        return claimed == 1;
    }
}
