using Counter.Payments;
using Funding.Collections;
using Microsoft.EntityFrameworkCore;
using Refunds.Credit;
using Refunds.Refundable;

namespace Refunds;

/// <summary>
/// A recharge of which something was refunded is not voided or reversed, and one that was voided is not refunded. Both write the same row, so that of
/// two at once one decides again.
/// </summary>
internal sealed class CorrectionOfRefunded(CreditDebts debts) : ICorrectionGuard
{
    public async Task<Refusal?> Obstacle(AppDb db, Transaction recharge, CancellationToken ct)
    {
        var refunded = await db.Set<RefundedRecharge>()
            .Where(r => r.RechargeId == recharge.Id)
            .Select(r => r.Refunded)
            .SingleOrDefaultAsync(ct);
        return refunded > 0 ? new RechargeRefunded(refunded) : await PaidFor(recharge, ct);
    }

    public async Task<Refusal?> Add(Booking booking, AppDb db, Transaction recharge, CancellationToken ct)
    {
        if (IsOnCredit(recharge))
        {
            booking.Holding(await db.Set<Customer>().SingleAsync(c => c.Id == recharge.CustomerId, ct));
            if (await PaidFor(recharge, ct) is { } paid)
            {
                return paid;
            }
        }

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

    private static bool IsOnCredit(Transaction recharge) => recharge.PaidBy() == PaymentMethod.Credit;

    /// <summary>A collection on credit goes back only while all of it is owed to its branch: else the payer would have paid for nothing.</summary>
    private async Task<Refusal?> PaidFor(Transaction recharge, CancellationToken ct)
    {
        if (!IsOnCredit(recharge))
        {
            return null;
        }

        var owed = (await debts.OwedAt(recharge.CustomerId!.Value, ct)).GetValueOrDefault(recharge.BranchId);
        return owed < recharge.Amount ? new RechargeCreditPaid(owed) : null;
    }
}
