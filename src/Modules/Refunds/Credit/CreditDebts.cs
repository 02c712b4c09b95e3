using Counter.Payments;
using Microsoft.EntityFrameworkCore;
using Refunds.Refundable;
using Refunds.Refunding;

namespace Refunds.Credit;

/// <summary>
/// What customers owe for collections on credit. Whatever lessens a debt, and whatever is decided by one, holds the customer's row
/// (<see cref="HeldCustomer"/>), so that a debt is never paid twice.
/// </summary>
internal sealed class CreditDebts(AppDb db, Recharges recharges)
{
    /// <summary>Fen by the branch that gave the credit: received on credit, less what was paid and what refunds have set off.</summary>
    public async Task<Dictionary<long, long>> OwedAt(long customerId, CancellationToken ct)
    {
        var owed = await recharges.OnCredit(customerId, ct);
        if (owed.Count == 0)
        {
            return owed;
        }

        var setOff = await db.Set<Refund>()
            .Where(r => r.CustomerId == customerId && r.Way == RefundWay.Credit && r.State == RefundState.Booked)
            .Join(
                db.Set<Entry>().Where(e => e.Kind == CounterAccounts.Receivable.Number),
                r => r.Id,
                e => e.TransactionId,
                (_, e) => new { e.Owner, e.Amount }
            )
            .GroupBy(e => e.Owner)
            .Select(g => new { Branch = g.Key, Fen = g.Sum(e => e.Amount) })
            .ToListAsync(ct);
        var paid = await db.Set<CreditPayment>()
            .Where(p => p.CustomerId == customerId)
            .GroupBy(p => p.BranchId)
            .Select(g => new { Branch = g.Key, Fen = g.Sum(p => p.Amount) })
            .ToListAsync(ct);
        foreach (var at in setOff.Concat(paid))
        {
            owed[at.Branch] = Math.Max(0, owed.GetValueOrDefault(at.Branch) - at.Fen);
        }

        return owed;
    }

    /// <summary>An amount given out to the branches that are owed, in the order of their ids. It must not exceed what is owed.</summary>
    public static IReadOnlyList<(long Branch, long Fen)> Share(IReadOnlyDictionary<long, long> owedAt, long fen)
    {
        var parts = new List<(long Branch, long Fen)>();
        foreach (var (branch, owed) in owedAt.Where(o => o.Value > 0).OrderBy(o => o.Key))
        {
            var part = Math.Min(fen, owed);
            if (part > 0)
            {
                parts.Add((branch, part));
                fen -= part;
            }
        }

        return fen == 0 ? parts : throw new InvalidOperationException($"{fen} fen would be set off that are not owed.");
    }
}
