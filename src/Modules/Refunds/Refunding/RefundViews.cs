using Funding;
using Funding.Invoices;
using Microsoft.EntityFrameworkCore;
using Refunds.Documents;

namespace Refunds.Refunding;

/// <summary>Shows refunds.</summary>
internal static class RefundViews
{
    /// <summary>One that is being booked.</summary>
    public static RefundView Of(Refund refund, RefundDraft draft, Posted posted) =>
        View(
            refund,
            draft.Order.Customer.Code,
            draft.Order.Card?.Number,
            draft.ToUnits,
            draft.LineViews,
            draft.InvoiceViews,
            posted.BusinessDate,
            posted.BookedAt
        );

    /// <summary>One that is booked.</summary>
    public static async Task<RefundView> Read(AppDb db, Refund refund, CancellationToken ct)
    {
        var head = await db.Set<Transaction>().SingleAsync(t => t.Id == refund.Id, ct);
        var code = await db.Set<Customer>().Where(c => c.Id == refund.CustomerId).Select(c => c.Code).SingleAsync(ct);
        var card = await db.Set<Card>().Where(c => c.Id == refund.CardId).Select(c => c.Number).SingleOrDefaultAsync(ct);
        var lines = await db.Set<RefundLine>().Where(l => l.RefundId == refund.Id).OrderByDescending(l => l.RechargeId).ToListAsync(ct);
        var invoices = await db.Set<ReturnedInvoice>()
            .Where(r => r.RefundId == refund.Id)
            .Join(db.Set<Invoice>(), r => r.InvoiceId, i => i.Id, (r, i) => new { r.Used, Invoice = i })
            .OrderBy(r => r.Invoice.Id)
            .ToListAsync(ct);
        var listed = await ListedFen(db, refund.Id, ct);
        return View(
            refund,
            code,
            card,
            listed,
            lines.ConvertAll(l => new RefundLineView(SerialNumber.Of(l.RechargeId), l.Amount)),
            invoices.ConvertAll(i => new ReturnedInvoiceView(
                i.Invoice.Number,
                SerialNumber.Of(i.Invoice.TransactionId),
                i.Invoice.Amount,
                i.Used
            )),
            head.BusinessDate,
            head.BookedAt
        );
    }

    /// <summary>Fen that a refund gave back to units.</summary>
    public static Task<long> ListedFen(AppDb db, long refundId, CancellationToken ct)
    {
        var type = FundingTransactions.BatchRecharge.Name;
        return db.Set<RefundLine>()
            .Where(l => l.RefundId == refundId)
            .Join(db.Set<Transaction>().Where(t => t.Type == type), l => l.RechargeId, t => t.Id, (l, _) => l.Amount)
            .SumAsync(ct);
    }

    private static RefundView View(
        Refund refund,
        string customerCode,
        string? cardNumber,
        long toUnits,
        IReadOnlyList<RefundLineView> lines,
        IReadOnlyList<ReturnedInvoiceView> invoices,
        DateOnly businessDate,
        DateTime bookedAt
    )
    {
        var serial = SerialNumber.Of(refund.Id);
        return new RefundView(
            serial,
            refund.Kind,
            refund.State,
            refund.Way,
            customerCode,
            cardNumber,
            refund.Amount,
            toUnits,
            refund.BonusLapsed,
            refund.ReferenceNumber,
            refund.RefundInvoice,
            refund.OilType,
            new RefundFeeView(refund.FeeDue, refund.FeeWaived, refund.FeePaidById is { } fee ? SerialNumber.Of(fee) : null),
            lines,
            invoices,
            businessDate,
            bookedAt.AtUtc(),
            refund.EndedById is { } ended ? SerialNumber.Of(ended) : null,
            refund.Reason,
            [RefundPapers.Link(RefundReceipt.Name, serial)]
        );
    }
}
