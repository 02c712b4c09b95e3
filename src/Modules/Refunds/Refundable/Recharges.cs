using Counter.Payments;
using Funding;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Persistence.Dialects;

namespace Refunds.Refundable;

/// <summary>
/// Finds a customer's recharges, newest first. They are taken from the entries of the quota account and of the cards' reserve accounts. A reader that
/// had to look through many entries keeps what it found, so that the next one reads only what came after.
/// </summary>
internal sealed class Recharges(AppDb db, IDbContextFactory<AppDb> contexts, Dialect dialect)
{
    /// <summary>An account with so many entries since it was counted is counted anew.</summary>
    public const int CountEvery = 250;

    private const int PageSize = 200;

    private static readonly string[] s_types =
    [
        FundingTransactions.Collection.Name,
        IssuanceTransactions.Recharge.Name,
        FundingTransactions.BatchRecharge.Name,
    ];

    /// <summary>
    /// The newest recharges that are neither taken back nor wholly refunded, until they hold so many fen or are so many.
    /// </summary>
    public async Task<IReadOnlyList<Recharge>> NewestFirst(long customerId, long fen, int most, CancellationToken ct)
    {
        if (fen == 0)
        {
            return [];
        }

        var found = await Open((await Uncounted(customerId, ct)).ConvertAll(p => p.Recharge), ct);
        for (var (before, sum) = (long.MaxValue, 0L); sum < fen && found.Count < 2 * most; )
        {
            var page = await Counted(customerId, before, PageSize, ct);
            found.AddRange(page);
            sum += page.Sum(r => r.Remaining);
            if (page.Count < PageSize)
            {
                break;
            }

            before = page[^1].Id;
        }

        return Enough(found.DistinctBy(r => r.Id).OrderByDescending(r => r.Id), fen, most);
    }

    /// <summary>Fen that the customer received on credit and that were not taken back, by branch.</summary>
    public async Task<Dictionary<long, long>> OnCredit(long customerId, CancellationToken ct)
    {
        const string credit = nameof(PaymentMethod.Credit);
        var fresh = (await Uncounted(customerId, ct)).Where(r => r.Recharge.PaidBy == PaymentMethod.Credit).ToList();
        var ids = fresh.ConvertAll(r => r.Id);
        var owed = await db.Set<KnownRecharge>()
            .Where(r => r.CustomerId == customerId && r.PaidBy == credit && !ids.Contains(r.RechargeId))
            .Where(r => !db.Set<Transaction>().Any(t => t.CorrectsId == r.RechargeId))
            .GroupBy(r => r.BranchId)
            .Select(g => new { Branch = g.Key, Fen = g.Sum(r => r.Received) })
            .ToDictionaryAsync(g => g.Branch, g => g.Fen, ct);
        var standing = (await Standing(fresh.ConvertAll(r => r.Recharge), ct)).Select(r => r.Id).ToHashSet();
        foreach (var recharge in fresh.Where(r => standing.Contains(r.Id)))
        {
            owed[recharge.BranchId] = checked(owed.GetValueOrDefault(recharge.BranchId) + recharge.Amount);
        }

        return owed;
    }

    private static List<Recharge> Enough(IEnumerable<Recharge> newestFirst, long fen, int most)
    {
        var enough = new List<Recharge>();
        foreach (var recharge in newestFirst)
        {
            if (fen <= 0 || enough.Count == most)
            {
                break;
            }

            enough.Add(recharge);
            fen -= recharge.Remaining;
        }

        return enough;
    }

    private async Task<List<Recharge>> Counted(long customerId, long before, int most, CancellationToken ct)
    {
        var rows =
            from known in db.Set<KnownRecharge>()
            where known.CustomerId == customerId && known.RechargeId < before
            where !db.Set<Transaction>().Any(t => t.CorrectsId == known.RechargeId)
            join row in db.Set<RefundedRecharge>() on known.RechargeId equals row.RechargeId into refunded
            from row in refunded.DefaultIfEmpty()
            where row == null || row.Refunded < row.Received
            orderby known.RechargeId descending
            select new { Known = known, Refunded = (long?)row!.Refunded };
        var page = await rows.Take(most).ToListAsync(ct);
        return page.ConvertAll(r => new Recharge(
            r.Known.RechargeId,
            r.Known.Received,
            r.Refunded ?? 0,
            PaymentMethods.Named(r.Known.PaidBy)
        ));
    }

    /// <summary>Those of them that stand, with what went back of each.</summary>
    private async Task<List<Recharge>> Open(List<Recharge> recharges, CancellationToken ct)
    {
        var standing = await Standing(recharges, ct);
        var open = new List<Recharge>(standing.Count);
        foreach (var some in standing.Chunk(CountEvery))
        {
            var ids = some.Select(r => r.Id).ToArray();
            var refunded = await db.Set<RefundedRecharge>()
                .Where(r => ids.Contains(r.RechargeId))
                .ToDictionaryAsync(r => r.RechargeId, r => r.Refunded, ct);
            open.AddRange(some.Select(r => r with { Refunded = refunded.GetValueOrDefault(r.Id) }).Where(r => r.Remaining > 0));
        }

        return open;
    }

    private async Task<List<Recharge>> Standing(List<Recharge> recharges, CancellationToken ct)
    {
        var standing = new List<Recharge>(recharges.Count);
        foreach (var some in recharges.Chunk(CountEvery))
        {
            var ids = some.Select(r => (long?)r.Id).ToArray();
            var taken = await db.Set<Transaction>().Where(t => ids.Contains(t.CorrectsId)).Select(t => t.CorrectsId).ToListAsync(ct);
            standing.AddRange(some.Where(r => !taken.Contains(r.Id)));
        }

        return standing;
    }

    /// <summary>The recharges whose entries are not counted yet. Where they are many, they are counted first.</summary>
    private async Task<List<Paid>> Uncounted(long customerId, CancellationToken ct)
    {
        var accounts = await Lengths(db, customerId).ToListAsync(ct);
        var grown = accounts.FindAll(a => a.Last - a.Counted >= CountEvery);
        if (grown.Count > 0)
        {
            await Count(customerId, grown, ct);
        }

        return [.. (await Found(db, customerId).ToListAsync(ct)).DistinctBy(r => r.Id)];
    }

    private sealed record Length(short Kind, long Owner, long Last, long Counted);

    private sealed record Paid(short Kind, long Owner, long Sequence, long Id, long BranchId, long Amount, string? PaymentMethod)
    {
        public Recharge Recharge => new(Id, Amount, 0, PaymentMethods.Named(PaymentMethod));
    }

    private static IQueryable<Account> AccountsOf(AppDb db, long customerId)
    {
        var cards = db.Set<Card>().Where(c => c.CustomerId == customerId).Select(c => c.Id);
        return db.Set<Account>()
            .Where(a =>
                (a.Kind == IssuanceAccounts.Quota.Number && a.Owner == customerId)
                || (a.Kind == IssuanceAccounts.Reserve.Number && cards.Contains(a.Owner))
            );
    }

    private static IQueryable<Length> Lengths(AppDb db, long customerId) =>
        from account in AccountsOf(db, customerId)
        join counted in db.Set<CountedAccount>()
            on new { account.Kind, account.Owner } equals new { counted.Kind, counted.Owner }
            into marks
        from mark in marks.DefaultIfEmpty()
        select new Length(account.Kind, account.Owner, account.Version, (long?)mark!.Sequence ?? 0);

    private static IQueryable<Paid> Found(AppDb db, long customerId) =>
        from account in AccountsOf(db, customerId)
        join counted in db.Set<CountedAccount>()
            on new { account.Kind, account.Owner } equals new { counted.Kind, counted.Owner }
            into marks
        from mark in marks.DefaultIfEmpty()
        join entry in db.Set<Entry>() on new { account.Kind, account.Owner } equals new { entry.Kind, entry.Owner }
        where entry.Sequence > ((long?)mark!.Sequence ?? 0) && entry.Amount > 0
        join t in db.Set<Transaction>() on entry.TransactionId equals t.Id
        where s_types.Contains(t.Type) && t.CustomerId == customerId && t.Amount > 0
        select new Paid(entry.Kind, entry.Owner, entry.Sequence, t.Id, t.BranchId, t.Amount, t.PaymentMethod);

    /// <summary>Nothing depends on what is kept but the time that the next reader needs: where it cannot be written, it is left out.</summary>
    private async Task Count(long customerId, List<Length> grown, CancellationToken ct)
    {
        try
        {
            await using var own = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await own.Database.BeginTransactionAsync(ct);
            var upTo = grown.ToDictionary(a => (a.Kind, a.Owner), a => a.Last);
            var paid = await Found(own, customerId).ToListAsync(ct);
            var ids = paid.ConvertAll(p => p.Id);
            var known = await own.Set<KnownRecharge>()
                .Where(r => r.CustomerId == customerId)
                .Select(r => r.RechargeId)
                .Where(id => id >= ids.DefaultIfEmpty().Min())
                .ToHashSetAsync(ct);
            own.AddRange(
                paid.Where(p => upTo.TryGetValue((p.Kind, p.Owner), out var last) && p.Sequence <= last && known.Add(p.Id))
                    .Select(p => new KnownRecharge
                    {
                        RechargeId = p.Id,
                        CustomerId = customerId,
                        BranchId = p.BranchId,
                        Received = p.Amount,
                        PaidBy = p.PaymentMethod,
                    })
            );
            foreach (var account in grown)
            {
                await own.Set<CountedAccount>().Where(a => a.Kind == account.Kind && a.Owner == account.Owner).ExecuteDeleteAsync(ct);
                own.Add(
                    new CountedAccount
                    {
                        Kind = account.Kind,
                        Owner = account.Owner,
                        Sequence = account.Last,
                    }
                );
            }

            await own.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (Exception e) when (dialect.IsOfDatabase(e))
        {
            // Another reader was faster, or the database is away.
        }
    }
}
