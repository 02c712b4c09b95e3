using Microsoft.EntityFrameworkCore;
using Platform;

namespace Issuance;

/// <summary>How much of a quota balance is bonus, and so not refundable (FC-26.1, FC-27.4).</summary>
public static class BonusLeft
{
    /// <summary>
    /// Fen of the customer's quota balance that are bonus. Reads entries only where a bonus was ever given, and from the first one on, without
    /// keeping them.
    /// </summary>
    public static async Task<long> Of(AppDb db, long customerId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var bonus = await db.Set<Entry>()
            .Where(e => e.Kind == AccountKind.Bonus && e.Owner == customerId)
            .ToDictionaryAsync(e => e.TransactionId, e => -e.Amount, ct);
        if (bonus.Count == 0)
        {
            return 0;
        }

        var first = bonus.Keys.Min();
        var (quota, cards) = Entries(db, customerId);
        var places = new BonusPlaces(
            await quota.Where(e => e.TransactionId < first).SumAsync(e => e.Amount, ct),
            await cards.Where(e => e.TransactionId < first).SumAsync(e => e.Amount, ct),
            0,
            0
        );
        var entries = quota
            .Where(e => e.TransactionId >= first)
            .Concat(cards.Where(e => e.TransactionId >= first))
            .OrderBy(e => e.TransactionId)
            .Select(e => new
            {
                e.TransactionId,
                e.Kind,
                e.Amount,
            })
            .AsAsyncEnumerable();
        var (current, inQuota, onCards) = (first, 0L, 0L);
        await foreach (var entry in entries.WithCancellation(ct))
        {
            if (entry.TransactionId != current)
            {
                places = places.After(new MoneyMovement(bonus.GetValueOrDefault(current), inQuota, onCards));
                (current, inQuota, onCards) = (entry.TransactionId, 0, 0);
            }

            inQuota += entry.Kind == AccountKind.Quota ? entry.Amount : 0;
            onCards += entry.Kind == AccountKind.Quota ? 0 : entry.Amount;
        }

        return places.After(new MoneyMovement(bonus.GetValueOrDefault(current), inQuota, onCards)).InQuota;
    }

    private static (IQueryable<Entry> Quota, IQueryable<Entry> Cards) Entries(AppDb db, long customerId)
    {
        var own = db.Set<Card>().Where(c => c.CustomerId == customerId).Select(c => c.Id);
        var quota = db.Set<Entry>().Where(e => e.Kind == AccountKind.Quota && e.Owner == customerId);
        var cards = db.Set<Entry>()
            .Where(e => e.Kind == AccountKind.Reserve || e.Kind == AccountKind.Card || e.Kind == AccountKind.InTransit)
            .Where(e => own.Contains(e.Owner));
        return (quota, cards);
    }
}
