using Microsoft.EntityFrameworkCore;
using Refunds.Refunding;

namespace Refunds.Refundable;

/// <summary>
/// What stands in a recharge's row is what its refunds took, and never more than was received; and a refund is what the books paid for it (PL-03.9).
/// </summary>
internal sealed class RefundedRule : IBooksRule
{
    private static readonly RefundState[] s_counts = [RefundState.Booked, RefundState.Sent, RefundState.Confirmed];

    public async Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct)
    {
        var touched = db.Set<RefundLine>().Where(l => l.RefundId > from && l.RefundId <= to).Select(l => l.RechargeId).Distinct();
        var wrong = await db.Set<RefundedRecharge>()
            .Where(r => touched.Contains(r.RechargeId))
            .Where(r =>
                r.Refunded > r.Received
                || r.Refunded < 0
                || r.Refunded
                    != db.Set<RefundLine>()
                        .Where(l => l.RechargeId == r.RechargeId)
                        .Join(db.Set<Refund>().Where(f => s_counts.Contains(f.State)), l => l.RefundId, f => f.Id, (l, _) => l.Amount)
                        .Sum()
            )
            .Select(r => r.RechargeId)
            .Take(100)
            .ToListAsync(ct);
        return wrong.ConvertAll(id => new BooksFlaw("refunded-differs", SerialNumber.Of(id)));
    }
}
