using Issuance;
using Microsoft.EntityFrameworkCore;

namespace Funding.Collections;

/// <summary>Something that happened to a card after a recharge: money that came back from it, or a recharge that was taken back.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Corrects">The recharge that it takes back; null for an unload or a return.</param>
internal readonly record struct RechargeEvent(long Id, long Amount, long? Corrects);

/// <summary>
/// Follows the money of recharges into a card's purse (FC-17.3): what came back by unload or return pays for the recharges that were taken back,
/// oldest money first, and never for two.
/// </summary>
internal static class RechargeMoney
{
    /// <summary>Fen of a recharge, bonus with it, that have not come back from its card since.</summary>
    public static async Task<long> StillOnCard(AppDb db, Transaction recharge, CancellationToken ct)
    {
        var ofCard = db.Set<Transaction>().Where(t => t.CustomerId == recharge.CustomerId && t.CardId == recharge.CardId);
        var back = await ofCard
            .Where(t => t.Type == FundingTransactions.Unload.Name || t.Type == FundingTransactions.Return.Name)
            .Select(t => new RechargeEvent(t.Id, t.Amount, null))
            .ToListAsync(ct);
        var taken = await ofCard
            .Where(t => t.CorrectsId != null)
            .Join(
                db.Set<Transaction>().Where(t => t.Type == IssuanceTransactions.Recharge.Name),
                c => c.CorrectsId,
                t => t.Id,
                (c, t) => new { c, t }
            )
            .Select(x => new RechargeEvent(x.c.Id, x.t.Amount + x.t.Bonus, x.t.Id))
            .ToListAsync(ct);
        return StillOnCard(recharge.Id, checked(recharge.Amount + recharge.Bonus), [.. back, .. taken]);
    }

    /// <summary>The same from the card's events.</summary>
    public static long StillOnCard(long recharge, long needed, IReadOnlyList<RechargeEvent> events)
    {
        var free = new List<(long Id, long Amount)>();
        foreach (var happened in events.OrderBy(e => e.Id))
        {
            if (happened.Corrects is { } corrected)
            {
                TakeOldest(free, after: corrected, happened.Amount);
            }
            else
            {
                free.Add((happened.Id, happened.Amount));
            }
        }

        return Math.Max(0, needed - free.Where(f => f.Id > recharge).Sum(f => f.Amount));
    }

    private static void TakeOldest(List<(long Id, long Amount)> free, long after, long amount)
    {
        for (var i = 0; i < free.Count && amount > 0; i++)
        {
            if (free[i].Id > after)
            {
                var part = Math.Min(amount, free[i].Amount);
                free[i] = (free[i].Id, free[i].Amount - part);
                amount -= part;
            }
        }
    }
}
