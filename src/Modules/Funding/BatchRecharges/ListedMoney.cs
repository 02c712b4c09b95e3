using Funding.BatchRecharges.Posting;
using Microsoft.EntityFrameworkCore;

namespace Funding.BatchRecharges;

/// <summary>Whose recharge list brought money: what the module Refunds asks.</summary>
public static class ListedMoney
{
    /// <summary>The unit of each of these recharges that a list brought; the others are left out.</summary>
    public static async Task<IReadOnlyDictionary<long, long>> UnitsOf(AppDb db, IReadOnlyList<long> rechargeIds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var type = FundingTransactions.BatchRecharge.Name;
        var recharges = await db.Set<Transaction>()
            .Where(t => rechargeIds.Contains(t.Id) && t.Type == type)
            .Select(t => new { t.Id, t.ReferenceNumber })
            .ToListAsync(ct);
        var lists = recharges.ToDictionary(r => r.Id, r => LineBooking.ListOf(r.ReferenceNumber!));
        var ids = lists.Values.Distinct().ToArray();
        var units = await db.Set<RechargeList>().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.CustomerId, ct);
        return lists.ToDictionary(l => l.Key, l => units[l.Value]);
    }
}
