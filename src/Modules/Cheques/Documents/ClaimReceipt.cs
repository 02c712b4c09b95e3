using Access.Documents;
using Counter.Payments;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Cheques.Documents;

/// <summary>支票欠款收款凭证 (FC-33.1).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">The amount in fen, received or given back.</param>
/// <param name="Back">The payment was taken back.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="Bank">The bounced cheque's 开户银行.</param>
/// <param name="ChequeNumber">Its 支票编号.</param>
/// <param name="ChequeAmount">Its fen.</param>
/// <param name="PaymentMethod">收款方式.</param>
/// <param name="ReferenceNumber">参考号.</param>
/// <param name="Remark">备注.</param>
/// <param name="Claim">Fen that the customer owed after it for all its cheques.</param>
/// <param name="CorrectsSerialNumber">On a payment that was taken back: the payment's serial number.</param>
/// <param name="CorrectedBySerialNumber">On a payment: what took it back.</param>
public sealed record ClaimReceiptData(
    DocumentHead Head,
    long Amount,
    bool Back,
    string CustomerCode,
    string CustomerName,
    string Bank,
    string ChequeNumber,
    long ChequeAmount,
    PaymentMethod? PaymentMethod,
    string? ReferenceNumber,
    string? Remark,
    long Claim,
    string? CorrectsSerialNumber,
    string? CorrectedBySerialNumber
) : DocumentData(Head, Amount);

/// <summary>支票欠款收款凭证: the customer's receipt for what it paid of a claim, and of its void.</summary>
internal static class ClaimReceipt
{
    public const string Name = "claim-receipt";

    public static readonly DocumentKind Kind = new(
        Name,
        "支票欠款收款凭证",
        "Receipt for a bounced cheque's claim",
        Paper.Slip,
        typeof(ClaimReceiptPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = IdText.Parse(transaction.Details);
        var cheque = await db.Set<Cheque>().SingleAsync(c => c.Id == id, ct);
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == cheque.CustomerId, ct);
        var claim = await db.Set<Entry>()
            .Where(e => e.TransactionId == transaction.Id && e.Kind == IssuanceAccounts.Claim.Number)
            .Select(e => e.BalanceAfter)
            .SingleAsync(ct);
        var correctedBy = await db.Set<Transaction>()
            .Where(t => t.CorrectsId == transaction.Id)
            .Select(t => (long?)t.Id)
            .SingleOrDefaultAsync(ct);
        return new ClaimReceiptData(
            await db.DocumentHead(transaction, ct),
            transaction.Amount,
            transaction.Type == ChequeTransactions.ClaimPaymentVoid.Name,
            customer.Code,
            customer.Name,
            cheque.Bank,
            cheque.Number,
            cheque.Amount,
            transaction.PaidBy(),
            transaction.ReferenceNumber,
            transaction.Remark,
            -(claim ?? 0),
            transaction.CorrectsId is { } corrects ? SerialNumber.Of(corrects) : null,
            correctedBy is { } by ? SerialNumber.Of(by) : null
        );
    }
}
