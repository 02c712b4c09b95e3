using Access.Documents;
using Counter.BusinessDay;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Counter.Documents;

/// <summary>日结单 (PL-04.1).</summary>
/// <param name="Head">Branch, operator who closed the day, approver.</param>
/// <param name="Amount">Fen of counted cash of all operators together, without its sign.</param>
/// <param name="CashPaidOut">Whether more cash was paid out than taken in: <c>Amount</c> is then what the vault gave.</param>
/// <param name="NextDate">The business date that was opened.</param>
/// <param name="Totals">Per operator, type and payment method, as frozen.</param>
/// <param name="Summary">Per type and payment method, over all operators.</param>
/// <param name="Sections">The totals arranged so that each section adds up: what went back to customers is negative, steps within the house are left
/// out.</param>
/// <param name="Cash">Per operator: booked, counted, difference.</param>
/// <param name="Seal">The newest seal when the day was closed, to hold the audit chain against (PL-06.32).</param>
public sealed record DayEndSheetData(
    DocumentHead Head,
    long Amount,
    bool CashPaidOut,
    DateOnly NextDate,
    IReadOnlyList<DayTotalLine> Totals,
    IReadOnlyList<DayEndSummaryLine> Summary,
    IReadOnlyList<DayEndSection> Sections,
    IReadOnlyList<DayCashLine> Cash,
    SealMark? Seal
) : DocumentData(Head, Amount)
{
    /// <summary>Fen received from customers less fen given back.</summary>
    public long NetReceived => Sections.Where(s => s.IsReceived).Sum(s => s.Total.Amount);

    /// <summary>What of it is cash: fen that the drawers must hold together.</summary>
    public long NetCash =>
        Sections.Where(s => s.IsReceived).Sum(s => s.Lines.Where(l => l.PaymentMethod == PaymentMethod.Cash).Sum(l => l.Amount));
}

/// <summary>What a branch booked of one type by one payment method.</summary>
/// <param name="Type">The type of transaction.</param>
/// <param name="PaymentMethod">Null for types that take no payment.</param>
/// <param name="Count">The number of transactions.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Bonus">Fen of bonus.</param>
/// <param name="Points">Points.</param>
/// <param name="Fee">Fen of fees.</param>
/// <param name="Deposit">Fen of deposits.</param>
public sealed record DayEndSummaryLine(
    string Type,
    PaymentMethod? PaymentMethod,
    int Count,
    long Amount,
    long Bonus,
    long Points,
    long Fee,
    long Deposit
);

/// <summary>日结单: the totals of a closed business date, read from what was frozen, never summed again.</summary>
internal static class DayEndSheet
{
    public const string Name = "day-end-sheet";

    public static DocumentKind Kind(DayEndSections sections) =>
        new(Name, "日结单", "Day-end sheet", Paper.Form, typeof(DayEndSheetPaper), (request, ct) => Load(sections, request, ct));

    private static async Task<DocumentData?> Load(DayEndSections sections, DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        if (await db.Set<DayEnd>().SingleOrDefaultAsync(d => d.Id == transaction.Id, ct) is not { } dayEnd)
        {
            return null;
        }

        var totals = await db.Set<DayEndTotal>().Where(t => t.DayEndId == dayEnd.Id).OrderBy(t => t.Line).ToListAsync(ct);
        var cash = await db.Set<DayEndCash>().Where(c => c.DayEndId == dayEnd.Id).OrderBy(c => c.OperatorId).ToListAsync(ct);
        var operators = await OperatorName.OfBranch(db, dayEnd.BranchId, ct);
        var counted = cash.Sum(c => c.Counted);
        return new DayEndSheetData(
            await db.DocumentHead(transaction, ct),
            Math.Abs(counted),
            counted < 0,
            dayEnd.NextDate,
            totals.ConvertAll(t => DayEndView.Line(t, operators)),
            Summary(totals),
            sections.Of(totals, operators),
            cash.ConvertAll(c => DayEndView.Line(c, operators)),
            dayEnd.Seal
        );
    }

    private static List<DayEndSummaryLine> Summary(List<DayEndTotal> totals) =>
        [
            .. totals
                .GroupBy(t => new { t.Type, t.PaymentMethod })
                .OrderBy(g => g.Key.Type, StringComparer.Ordinal)
                .ThenBy(g => g.Key.PaymentMethod)
                .Select(g => new DayEndSummaryLine(
                    g.Key.Type,
                    g.Key.PaymentMethod,
                    g.Sum(t => t.Count),
                    g.Sum(t => t.Amount),
                    g.Sum(t => t.Bonus),
                    g.Sum(t => t.Points),
                    g.Sum(t => t.Fee),
                    g.Sum(t => t.Deposit)
                )),
        ];
}
