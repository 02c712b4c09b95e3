using System.Text.Json;
using Access.Documents;
using Customers;
using Funding.Loads;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Funding.Documents;

/// <summary>圈存圈提单 (FC-15.7, FC-19.3).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen moved to the chip, or off it; 0 where points were moved.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Points">Points moved to the chip; 0 where money was moved.</param>
/// <param name="PurseBalance">Fen in the purse after it, as the chip said; null where it did not, or points were moved.</param>
/// <param name="CardPoints">Points on the chip after it, as the chip said; null where it did not, or money was moved.</param>
/// <param name="OnlineCounter">The chip's online transaction counter; null where it is not known.</param>
/// <param name="Tac">The chip's proof, hex: the TAC of a load, the MAC3 of an unload; null where it is not known.</param>
/// <param name="QuotaBalance">Of an unload: fen in the quota account after it; else null.</param>
public sealed record LoadSlipData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    string CustomerName,
    string CardNumber,
    long Points,
    long? PurseBalance,
    long? CardPoints,
    int? OnlineCounter,
    string? Tac,
    long? QuotaBalance
) : DocumentData(Head, Amount);

/// <summary>圈存圈提单: what was moved onto the chip, or off it.</summary>
internal static class LoadSlip
{
    public static readonly DocumentKind Kind = new(
        "load-slip",
        "圈存圈提单",
        "Load and unload slip",
        Paper.Slip,
        typeof(LoadSlipPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var (card, customer) = await db.Set<Card>()
            .Where(c => c.Id == transaction.CardId)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleAsync(ct);
        var chip = JsonSerializer.Deserialize<LoadDetails>(transaction.Details ?? "null", Json.Options);
        var points = transaction.Type == FundingTransactions.PointsLoad.Name;
        var quota = await db.Set<Entry>()
            .Where(e => e.TransactionId == transaction.Id && e.Kind == IssuanceAccounts.Quota.Number && e.Owner == customer.Id)
            .Select(e => e.BalanceAfter)
            .SingleOrDefaultAsync(ct);
        return new LoadSlipData(
            await db.DocumentHead(transaction, ct),
            transaction.Amount,
            customer.Code,
            customer.Name,
            card.Number,
            transaction.Points,
            points ? null : chip?.BalanceAfter,
            points ? chip?.BalanceAfter : null,
            chip?.OnlineCounter,
            chip?.Tac,
            quota
        );
    }
}
