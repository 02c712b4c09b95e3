using Funding.Collections;
using Microsoft.EntityFrameworkCore;
using Refunds.Refundable;

namespace Refunds;

/// <summary>
/// A recharge of which something was refunded is not voided or reversed, and one that was voided is not refunded. Both write the same row, so that of
/// two at once one decides again.
/// </summary>
internal sealed class CorrectionOfRefunded : ICorrectionGuard
{
    public async Task<Refusal?> Obstacle(AppDb db, Transaction recharge, CancellationToken ct)
    {
        var refunded = await db.Set<RefundedRecharge>()
            .Where(r => r.RechargeId == recharge.Id)
            .Select(r => r.Refunded)
            .SingleOrDefaultAsync(ct);
        return refunded > 0 ? new RechargeRefunded(refunded) : null;
    }

    public async Task<Refusal?> Add(Booking booking, AppDb db, Transaction recharge, CancellationToken ct)
    {
        var row = await db.Set<RefundedRecharge>().SingleOrDefaultAsync(r => r.RechargeId == recharge.Id, ct);
        if (row is null)
        {
            booking.Insert(
                new RefundedRecharge
                {
                    RechargeId = recharge.Id,
                    CustomerId = recharge.CustomerId!.Value,
                    Received = recharge.Amount,
                    TakenBackById = booking.Id,
                }
            );
            return null;
        }

        if (row.Refunded > 0)
        {
            return new RechargeRefunded(row.Refunded);
        }

        row.TakenBackById = booking.Id;
        booking.Update(row);
        return null;
    }
}
