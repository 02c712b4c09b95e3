using Access.Documents;
using Counter.Payments;
using Customers;
using Funding.Collections;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Funding.Documents;

/// <summary>What an advance receipt is about: money taken, or money given back.</summary>
public enum AdvanceReceiptKind
{
    /// <summary>收款.</summary>
    Collection,

    /// <summary>撤单.</summary>
    Void,

    /// <summary>冲销.</summary>
    Reversal,

    /// <summary>充值: taken, and on its way onto the card.</summary>
    Recharge,
}

/// <summary>预收款凭证 (FC-09.9, FC-17.6).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen received, or given back by a void or reversal.</param>
/// <param name="Kind">Collection, void or reversal.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="PaymentMethod">收款方式.</param>
/// <param name="Bonus">Fen of bonus given or taken back.</param>
/// <param name="Points">Points given or taken back.</param>
/// <param name="QuotaBalance">Fen in the quota account after it; null where the transaction did not move it.</param>
/// <param name="OilType">油品类型; null for VAT customers.</param>
/// <param name="ContractCode">优惠合约.</param>
/// <param name="InvoiceNumber">发票号.</param>
/// <param name="ReferenceNumber">参考号.</param>
/// <param name="Remark">备注.</param>
/// <param name="CorrectsSerialNumber">On a void or reversal: the collection's serial number.</param>
/// <param name="CorrectsBusinessDate">On a void or reversal: the collection's business date.</param>
/// <param name="CorrectedBySerialNumber">On a collection: the void or reversal that took it back.</param>
/// <param name="CorrectedBy">On a collection: whether it was voided or reversed.</param>
public sealed record AdvanceReceiptData(
    DocumentHead Head,
    long Amount,
    AdvanceReceiptKind Kind,
    string CustomerCode,
    string CustomerName,
    string CardNumber,
    PaymentMethod? PaymentMethod,
    long Bonus,
    long Points,
    long? QuotaBalance,
    OilType? OilType,
    string? ContractCode,
    string? InvoiceNumber,
    string? ReferenceNumber,
    string? Remark,
    string? CorrectsSerialNumber,
    DateOnly? CorrectsBusinessDate,
    string? CorrectedBySerialNumber,
    AdvanceReceiptKind? CorrectedBy
) : DocumentData(Head, Amount);

/// <summary>预收款凭证: the customer's receipt of a collection, and of its void or reversal.</summary>
internal static class AdvanceReceipt
{
    public static readonly DocumentKind Kind = new(
        "advance-receipt",
        "预收款凭证",
        "Advance receipt",
        Paper.Slip,
        typeof(AdvanceReceiptPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var (card, customer) = await db.Set<Card>()
            .Where(c => c.Id == transaction.CardId)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleAsync(ct);
        var quota = await db.Set<Entry>()
            .Where(e => e.TransactionId == transaction.Id && e.Kind == IssuanceAccounts.Quota.Number && e.Owner == customer.Id)
            .Select(e => e.BalanceAfter)
            .SingleOrDefaultAsync(ct);
        var related = await db.Set<Transaction>()
            .Where(t => t.CorrectsId == transaction.Id || t.Id == transaction.CorrectsId)
            .ToListAsync(ct);
        var corrects = related.Find(t => t.Id == transaction.CorrectsId);
        var correctedBy = related.Find(t => t.CorrectsId == transaction.Id);
        var details = CollectionDetails.Of(transaction);
        return new AdvanceReceiptData(
            await db.DocumentHead(transaction, ct),
            transaction.Amount,
            KindOf(transaction),
            customer.Code,
            customer.Name,
            card.Number,
            transaction.PaidBy(),
            transaction.Bonus,
            transaction.Points,
            quota,
            details.OilType,
            details.ContractCode,
            details.InvoiceNumber,
            transaction.ReferenceNumber,
            transaction.Remark,
            corrects is null ? null : SerialNumber.Of(corrects.Id),
            corrects?.BusinessDate,
            correctedBy is null ? null : SerialNumber.Of(correctedBy.Id),
            correctedBy is null ? null : KindOf(correctedBy)
        );
    }

    private static AdvanceReceiptKind KindOf(Transaction transaction) =>
        transaction.Type == FundingTransactions.VoidCollection.Name ? AdvanceReceiptKind.Void
        : transaction.Type == FundingTransactions.Reversal.Name ? AdvanceReceiptKind.Reversal
        : transaction.Type == IssuanceTransactions.Recharge.Name ? AdvanceReceiptKind.Recharge
        : AdvanceReceiptKind.Collection;
}
