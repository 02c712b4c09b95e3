using Counter.BusinessDay;
using Issuance.Closings;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Refunds.Refunding;

/// <summary>A refund whose handling fee is not paid.</summary>
/// <param name="SerialNumber" example="00030150224112025701">The refund.</param>
/// <param name="CustomerCode" example="1900000009">Whose it is.</param>
/// <param name="Fee" example="500">The fee in fen.</param>
public sealed record UnpaidRefundFee(string SerialNumber, string CustomerCode, long Fee);

/// <summary>Fees of the branch's refunds are not paid; take them, or let an approver accept carrying them over.</summary>
/// <param name="Refunds">The refunds, oldest first, at most 100.</param>
public sealed record RefundFeesUnpaid(IReadOnlyList<UnpaidRefundFee> Refunds)
    : Refusal(
        "refund-fees-unpaid",
        409,
        "Handling fees of refunds are not paid. Record their payments, cancel the refunds, or set carryOver with an approval.",
        "有退款手续费尚未收取，请先收取或撤销退款，或经复核授权后结转。"
    );

/// <summary>A fee that is neither paid nor waived holds the date open (FC-27.1).</summary>
internal sealed class UnpaidFeesAtDayEnd : IDayEndCheck
{
    private const int MaxShown = 100;

    public string What => "Handling fees of refunds that are not paid";

    public Type Refusal => typeof(RefundFeesUnpaid);

    public ApprovalAction CarryOver { get; } =
        new("carry-over-refund-fees", "Close the date and carry unpaid refund fees over", "日结并结转未收退款手续费");

    public async Task<DayEndFinding> Find(AppDb db, long branchId, CancellationToken ct)
    {
        var rows = await db.Set<Refund>()
            .Where(r => r.BranchId == branchId)
            .Where(Refund.WithFeeDue)
            .Join(
                db.Set<Customer>(),
                r => r.CustomerId,
                c => c.Id,
                (r, c) =>
                    new
                    {
                        r.Id,
                        c.Code,
                        r.FeeDue,
                    }
            )
            .OrderBy(r => r.Id)
            .Take(MaxShown)
            .ToListAsync(ct);
        return new DayEndFinding(
            new ApprovalFact("Unpaid refund fees", "未收退款手续费", $"{rows.Count}"),
            rows.Count == 0
                ? null
                : new RefundFeesUnpaid([.. rows.Select(r => new UnpaidRefundFee(SerialNumber.Of(r.Id), r.Code, r.FeeDue))])
        );
    }
}

/// <summary>A customer that owes the fee of a refund is not closed.</summary>
internal sealed class RefundFeesInClosing : IClosingPart
{
    private const int Most = 100;

    public async Task<IReadOnlyList<ClosingObstacle>> Obstacles(AppDb db, Customer customer, CancellationToken ct)
    {
        var due = await db.Set<Refund>()
            .Where(r => r.CustomerId == customer.Id)
            .Where(Refund.WithFeeDue)
            .OrderBy(r => r.Id)
            .Take(Most)
            .Select(r => r.Id)
            .ToListAsync(ct);
        return due.ConvertAll(id => new ClosingObstacle(
            "refund-fee-due",
            $"The handling fee of refund {SerialNumber.Of(id)} is not paid.",
            $"退款 {SerialNumber.Of(id)} 的手续费尚未收取。",
            "POST",
            $"/v1/refunds/{SerialNumber.Of(id)}/fee"
        ));
    }
}
