using Access.Documents;
using Counter.Payments;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Refunds.Closing;
using Refunds.Deposits;

namespace Refunds.Documents;

/// <summary>A card on the list of deposits.</summary>
/// <param name="CardNumber">16 digits.</param>
/// <param name="State">Its state before the customer was closed.</param>
/// <param name="Deposit">Fen.</param>
/// <param name="Outcome">Paid back, or to income.</param>
public sealed record DepositListLine(string CardNumber, CardState? State, long Deposit, DepositOutcome Outcome);

/// <summary>退押金清单 (FC-30.2).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen paid back.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="PaymentMethod">退款方式; null where nothing was paid.</param>
/// <param name="ReferenceNumber">参考号.</param>
/// <param name="Forfeited">Fen that went to income.</param>
/// <param name="Lines">One per card.</param>
public sealed record DepositListData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    string CustomerName,
    PaymentMethod? PaymentMethod,
    string? ReferenceNumber,
    long Forfeited,
    IReadOnlyList<DepositListLine> Lines
) : DocumentData(Head, Amount);

/// <summary>退押金清单: read off the entries themselves.</summary>
internal static class DepositList
{
    public const string Name = "deposit-list";

    public static readonly DocumentKind Kind = new(
        Name,
        "退押金清单",
        "List of refunded deposits",
        Paper.Form,
        typeof(DepositListPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == transaction.CustomerId, ct);
        var rows = await db.Set<Entry>()
            .Where(e => e.TransactionId == transaction.Id && e.Kind == IssuanceAccounts.Deposit.Number)
            .Join(
                db.Set<Card>(),
                e => e.Owner,
                c => c.Id,
                (e, c) =>
                    new
                    {
                        c.Id,
                        c.Number,
                        Fen = -e.Amount,
                    }
            )
            .OrderBy(r => r.Number)
            .ToListAsync(ct);
        var kept = await db.Set<ClosingCard>().Where(c => c.DepositSettledById == transaction.Id).ToDictionaryAsync(c => c.CardId, ct);
        var lines = rows.ConvertAll(r =>
        {
            var row = kept.GetValueOrDefault(r.Id);
            var before = row?.StateBefore ?? CardState.Closed;
            return new DepositListLine(r.Number, before, r.Fen, DepositLine.OutcomeOf(before, row?.TakenAt is not null, r.Fen));
        });
        return new DepositListData(
            await db.DocumentHead(transaction, ct),
            transaction.Amount,
            customer.Code,
            customer.Name,
            transaction.PaidBy(),
            transaction.ReferenceNumber,
            lines.Where(l => l.Outcome == DepositOutcome.Forfeit).Sum(l => l.Deposit),
            lines
        );
    }
}
