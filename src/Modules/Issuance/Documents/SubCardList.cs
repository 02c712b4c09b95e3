using Access.Documents;
using Issuance.Issuing.SubCards;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Issuance.Documents;

/// <summary>One sub-card of the list.</summary>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Plate">车牌号, where it has one.</param>
/// <param name="ValidTo">The last day the card is good.</param>
/// <param name="SerialNumber">业务流水号 of its issuing.</param>
/// <param name="Charges">Fees and deposit received.</param>
public sealed record SubCardListLine(string CardNumber, string? Plate, DateOnly ValidTo, string SerialNumber, IssueCharges Charges);

/// <summary>发副卡清单 (FC-03.7).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen received for all cards together.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="CustomerKind">Person or organisation.</param>
/// <param name="ApprovedBeyondLimit">How many cards beyond the limit were approved; null: none had to be.</param>
/// <param name="Lines">One per card, at most 1,000.</param>
public sealed record SubCardListData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    string CustomerName,
    CustomerKind CustomerKind,
    int? ApprovedBeyondLimit,
    IReadOnlyList<SubCardListLine> Lines
) : DocumentData(Head, Amount);

/// <summary>发副卡清单: the cards that one batch issued, as their issuing was booked. A card whose chip was never confirmed is not on it.</summary>
internal static class SubCardList
{
    public const string Name = "sub-card-list";

    public static readonly DocumentKind Kind = new(
        Name,
        "发副卡清单",
        "List of sub-cards issued",
        Paper.Form,
        typeof(SubCardListPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var batch = await db.Set<SubCardBatch>().SingleAsync(b => b.ClosedById == transaction.Id, ct);
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == batch.CustomerId, ct);
        var cards = await db.Set<SubCardBatchCard>()
            .Where(b => b.BatchId == batch.Id)
            .Join(db.Set<Card>(), b => b.CardId, c => c.Id, (_, c) => c)
            .OrderBy(c => c.Id)
            .Take(SubCardBatches.MaxCards)
            .ToListAsync(ct);
        var ids = cards.ConvertAll(c => (long?)c.Id);
        var issues = await db.Set<Transaction>()
            .Where(t => t.CustomerId == customer.Id && t.Type == IssuanceTransactions.Issue.Name && ids.Contains(t.CardId))
            .ToDictionaryAsync(t => t.CardId!.Value, ct);
        var lines = cards.FindAll(c => issues.ContainsKey(c.Id)).ConvertAll(c => Line(c, issues[c.Id]));
        return new SubCardListData(
            await db.DocumentHead(transaction, ct),
            lines.Sum(l => l.Charges.Total),
            customer.Code,
            customer.Name,
            customer.Kind,
            batch.More,
            lines
        );
    }

    private static SubCardListLine Line(Card card, Transaction issue) =>
        new(card.Number, card.Plate, card.ValidTo, SerialNumber.Of(issue.Id), IssueCharges.Of(issue));
}
