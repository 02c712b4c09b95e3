using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Funding.BatchRecharges;

/// <summary>
/// Hands the pieces of work on lists to whichever process asks first. A claim is a conditional update that checks the lease it takes over, so two
/// processes never get one piece at once while both keep their time; when one does not, the work's own guards hold.
/// </summary>
internal sealed class RechargeListLeases(IDbContextFactory<AppDb> contexts, TimeProvider clock, IConfiguration configuration)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_tryAgain = TimeSpan.FromSeconds(2);

    /// <summary>Pieces looked at in one go, of which one is taken by chance: so processes seldom reach for the same.</summary>
    private const int LookedAt = 16;

    private readonly long _holder = Random.Shared.NextInt64(1, long.MaxValue);

    /// <summary>How long a piece is kept from others after its holder last gave sign of life. Setting <c>RechargeLists:Lease</c>.</summary>
    private TimeSpan Lease => configuration.GetValue("RechargeLists:Lease", s_lease);

    /// <summary>A piece of work for this process; null when there is none.</summary>
    public async Task<RechargeListJob?> Claim(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        while (true)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var free = await Free(db, now).OrderBy(j => j.Id).Take(LookedAt).ToListAsync(ct);
            if (free.Count == 0)
            {
                return null;
            }

            var job = free[Random.Shared.Next(free.Count)];
            var until = now + Lease;
            var taken = await db.Set<RechargeListJob>()
                .Where(j => j.Id == job.Id && j.Holder == job.Holder && j.LeasedUntil == job.LeasedUntil && !j.IsDone)
                .ExecuteUpdateAsync(u => u.SetProperty(j => j.Holder, _holder).SetProperty(j => j.LeasedUntil, until), ct);
            if (taken == 1)
            {
                return job;
            }
        }
    }

    /// <summary>Gives sign of life.</summary>
    public async Task Renew(RechargeListJob job, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var until = clock.GetUtcNow().UtcDateTime + Lease;
        await db.Set<RechargeListJob>()
            .Where(j => j.Id == job.Id && j.Holder == _holder)
            .ExecuteUpdateAsync(u => u.SetProperty(j => j.LeasedUntil, until), ct);
    }

    /// <summary>Gives a piece back that could not be done now: it is tried again soon, and not only when the lease has run out.</summary>
    public async Task GiveBack(RechargeListJob job)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var until = clock.GetUtcNow().UtcDateTime + s_tryAgain;
        await db.Set<RechargeListJob>()
            .Where(j => j.Id == job.Id && j.Holder == _holder && !j.IsDone)
            .ExecuteUpdateAsync(u => u.SetProperty(j => j.LeasedUntil, until), CancellationToken.None);
    }

    /// <summary>The piece is done; whoever holds it.</summary>
    public async Task Done(RechargeListJob job, int posted, int failed, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<RechargeListJob>()
            .Where(j => j.Id == job.Id)
            .ExecuteUpdateAsync(
                u => u.SetProperty(j => j.IsDone, true).SetProperty(j => j.Posted, posted).SetProperty(j => j.Failed, failed),
                ct
            );
    }

    /// <summary>Work that nobody holds; a list is ended when no stretch of it is left.</summary>
    private static IQueryable<RechargeListJob> Free(AppDb db, DateTime now) =>
        db.Set<RechargeListJob>()
            .Where(j => !j.IsDone && j.LeasedUntil < now)
            .Where(j =>
                j.Kind != RechargeListJobKind.Finish
                || !db.Set<RechargeListJob>().Any(o => o.ListId == j.ListId && o.Kind == RechargeListJobKind.Post && !o.IsDone)
            );
}
