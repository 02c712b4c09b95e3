using Access.Documents;
using Customers;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Funding.Documents;

/// <summary>One card's share.</summary>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Plate">车牌号, where the card has one.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Points">Points.</param>
/// <param name="ReserveBalance">Fen in the card's reserve account after it; null when only points moved.</param>
public sealed record AllocationFormLine(string CardNumber, string? Plate, long Amount, long Points, long? ReserveBalance);

/// <summary>额度预分配申请表 (FC-13.5).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen given to all cards together.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="Points">Points given to all cards together.</param>
/// <param name="QuotaBefore">Fen in the quota account before it; null when only points moved.</param>
/// <param name="QuotaAfter">Fen in the quota account after it; null when only points moved.</param>
/// <param name="Lines">One per card, at most 200.</param>
public sealed record AllocationFormData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    string CustomerName,
    long Points,
    long? QuotaBefore,
    long? QuotaAfter,
    IReadOnlyList<AllocationFormLine> Lines
) : DocumentData(Head, Amount);

/// <summary>
/// 额度预分配申请表: what a customer asked to be moved from the quota account to its cards' reserve accounts. Read off the entries themselves.
/// </summary>
internal static class AllocationForm
{
    public static readonly DocumentKind Kind = new(
        "allocation-form",
        "额度预分配申请表",
        "Quota pre-allocation form",
        Paper.Form,
        typeof(AllocationFormPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == transaction.CustomerId, ct);
        var entries = await db.Set<Entry>().Where(e => e.TransactionId == transaction.Id).Take(Booking.MaxLines).ToListAsync(ct);
        var quota = entries.Find(e => e.Kind == IssuanceAccounts.Quota.Number);
        var owners = entries.Where(IsCards).Select(e => e.Owner).Distinct().ToList();
        var cards = await db.Set<Card>().Where(c => owners.Contains(c.Id)).OrderBy(c => c.Number).ToListAsync(ct);
        var lines = cards.ConvertAll(c => Line(c, entries));
        return new AllocationFormData(
            await db.DocumentHead(transaction, ct),
            lines.Sum(l => l.Amount),
            customer.Code,
            customer.Name,
            lines.Sum(l => l.Points),
            quota?.BalanceAfter - quota?.Amount,
            quota?.BalanceAfter,
            lines
        );
    }

    private static bool IsCards(Entry entry) =>
        entry.Kind == IssuanceAccounts.Reserve.Number || entry.Kind == IssuanceAccounts.ReservePoints.Number;

    private static AllocationFormLine Line(Card card, List<Entry> entries)
    {
        var money = entries.Find(e => e.Kind == IssuanceAccounts.Reserve.Number && e.Owner == card.Id);
        var points = entries.Find(e => e.Kind == IssuanceAccounts.ReservePoints.Number && e.Owner == card.Id);
        return new AllocationFormLine(card.Number, card.Plate, money?.Amount ?? 0, points?.Amount ?? 0, money?.BalanceAfter);
    }
}
