using Access.Documents;
using Access.Operators;
using Counter.Payments;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Languages;

namespace Issuance.Documents;

/// <summary>收费凭据 (FC-01.8).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen received in all.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="Phone">Masked.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="CardType">卡类型.</param>
/// <param name="PaymentMethod">收款方式.</param>
/// <param name="Charges">Fees and deposit received.</param>
public sealed record FeeReceiptData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    string CustomerName,
    string Phone,
    string CardNumber,
    CardType CardType,
    PaymentMethod? PaymentMethod,
    IssueCharges Charges
) : DocumentData(Head, Amount);

/// <summary>收费收据: what was paid for a card. There is none where nothing was.</summary>
internal static class FeeReceipt
{
    public static readonly DocumentKind Kind = new("fee-receipt", "收费收据", "Fee receipt", Paper.Slip, typeof(FeeReceiptPaper), Load);

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var charges = IssueCharges.Of(transaction);
        if (charges.Total == 0)
        {
            return null;
        }

        var (card, customer) = await db.Set<Card>()
            .Where(c => c.Id == transaction.CardId)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleAsync(ct);
        return new FeeReceiptData(
            await db.DocumentHead(transaction, ct),
            charges.Total,
            customer.Code,
            customer.Name,
            Mask.Phone(customer.Phone),
            card.Number,
            card.Type,
            transaction.PaidBy(),
            charges
        );
    }
}
