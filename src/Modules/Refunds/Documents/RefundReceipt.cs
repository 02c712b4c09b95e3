using Access.Documents;
using Funding.Invoices;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Refunds.Refundable;
using Refunds.Refunding;

namespace Refunds.Documents;

/// <summary>预收款凭证（退款） (FC-26.4, FC-29.4).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen refunded, or taken back by a cancellation.</param>
/// <param name="Kind">After closing, special or small.</param>
/// <param name="Cancels">The refund was cancelled by this transaction.</param>
/// <param name="Way">退款方式.</param>
/// <param name="State">Where the refund stands now.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="CardNumber">16 digits; null after closing.</param>
/// <param name="ToUnits">Fen that went back to units.</param>
/// <param name="BonusLapsed">Fen of bonus that lapsed.</param>
/// <param name="Recharges">Recharges that it took from.</param>
/// <param name="QuotaBalance">Fen in the quota account after it.</param>
/// <param name="ReferenceNumber">参考号.</param>
/// <param name="RefundInvoice">退款发票号.</param>
/// <param name="ReturnedInvoices">缴回发票.</param>
/// <param name="FeeDue">Fen of the handling fee.</param>
/// <param name="FeeWaived">Whether it is waived.</param>
/// <param name="Remark">备注.</param>
/// <param name="CorrectsSerialNumber">On a cancellation: the refund's serial number.</param>
public sealed record RefundReceiptData(
    DocumentHead Head,
    long Amount,
    RefundKind Kind,
    bool Cancels,
    RefundWay Way,
    RefundState State,
    string CustomerCode,
    string CustomerName,
    string? CardNumber,
    long ToUnits,
    long BonusLapsed,
    int Recharges,
    long? QuotaBalance,
    string? ReferenceNumber,
    string? RefundInvoice,
    string? ReturnedInvoices,
    long FeeDue,
    bool FeeWaived,
    string? Remark,
    string? CorrectsSerialNumber
) : DocumentData(Head, Amount);

/// <summary>预收款凭证（退款）: the customer's receipt of a refund, and of its cancellation.</summary>
internal static class RefundReceipt
{
    public const string Name = "refund-receipt";

    private const int InvoicesShown = 5;

    public static readonly DocumentKind Kind = new(
        Name,
        "预收款凭证（退款）",
        "Refund receipt",
        Paper.Slip,
        typeof(RefundReceiptPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.CorrectsId ?? transaction.Id;
        var refund = await db.Set<Refund>().SingleAsync(r => r.Id == id, ct);
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == refund.CustomerId, ct);
        var card = await db.Set<Card>().Where(c => c.Id == refund.CardId).Select(c => c.Number).SingleOrDefaultAsync(ct);
        var invoices = await db.Set<ReturnedInvoice>()
            .Where(r => r.RefundId == refund.Id)
            .Join(db.Set<Invoice>(), r => r.InvoiceId, i => i.Id, (_, i) => i.Number)
            .Order()
            .ToListAsync(ct);
        var quota = await db.Set<Entry>()
            .Where(e => e.TransactionId == transaction.Id && e.Kind == IssuanceAccounts.Quota.Number && e.Owner == customer.Id)
            .Select(e => e.BalanceAfter)
            .SingleOrDefaultAsync(ct);
        return new RefundReceiptData(
            await db.DocumentHead(transaction, ct),
            transaction.Amount,
            refund.Kind,
            transaction.CorrectsId is not null,
            refund.Way,
            refund.State,
            customer.Code,
            customer.Name,
            card,
            await RefundViews.ListedFen(db, refund.Id, ct),
            refund.BonusLapsed,
            await db.Set<RefundLine>().CountAsync(l => l.RefundId == refund.Id, ct),
            quota,
            refund.ReferenceNumber,
            refund.RefundInvoice,
            invoices.Count == 0 ? null
                : invoices.Count <= InvoicesShown ? string.Join('、', invoices)
                : $"{string.Join('、', invoices.Take(InvoicesShown))} 等 {invoices.Count} 张",
            refund.FeeDue,
            refund.FeeWaived,
            transaction.Remark,
            transaction.CorrectsId is { } corrects ? SerialNumber.Of(corrects) : null
        );
    }
}
