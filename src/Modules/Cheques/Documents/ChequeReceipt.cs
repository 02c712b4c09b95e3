using Access.Documents;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Cheques.Documents;

/// <summary>支票收取凭证 (FC-31.5).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen of the cheque.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Bank">开户银行.</param>
/// <param name="ChequeNumber">支票编号.</param>
/// <param name="AccountNumber">账号.</param>
/// <param name="ReceiptNumber">收据票号.</param>
/// <param name="OnSight">Usable at once.</param>
public sealed record ChequeReceiptData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    string CustomerName,
    string CardNumber,
    string Bank,
    string ChequeNumber,
    string AccountNumber,
    string? ReceiptNumber,
    bool OnSight
) : DocumentData(Head, Amount);

/// <summary>支票收取凭证: the customer's receipt for the paper.</summary>
internal static class ChequeReceipt
{
    public const string Name = "cheque-receipt";

    public static readonly DocumentKind Kind = new(Name, "支票收取凭证", "Cheque receipt", Paper.Slip, typeof(ChequeReceiptPaper), Load);

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = IdText.Parse(transaction.Details)!.Value;
        var cheque = await db.Set<Cheque>().SingleAsync(c => c.Id == id, ct);
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == cheque.CustomerId, ct);
        var card = await db.Set<Card>().SingleAsync(c => c.Id == cheque.CardId, ct);
        return new ChequeReceiptData(
            await db.DocumentHead(transaction, ct),
            cheque.Amount,
            customer.Code,
            customer.Name,
            card.Number,
            cheque.Bank,
            cheque.Number,
            cheque.AccountNumber,
            cheque.ReceiptNumber,
            cheque.OnSight
        );
    }
}
