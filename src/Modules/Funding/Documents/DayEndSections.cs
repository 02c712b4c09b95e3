using Platform;

namespace Funding.Documents;

/// <summary>What a type of transaction is to the counter's day.</summary>
public enum DayEndSectionKind
{
    /// <summary>收付款: money from customers, and back to them.</summary>
    Received,

    /// <summary>卡片业务: money and points onto cards and off them; none passes the counter.</summary>
    Cards,

    /// <summary>支票登记: paper taken in and sent back; its money is received when it is used.</summary>
    Cheques,
}

/// <summary>A line of a section. What goes back to customers is negative, so that the lines add up.</summary>
/// <param name="Operator">The operator's login; empty for a background task, null where the line is of all operators.</param>
/// <param name="OperatorName">The operator's name; null where the line is of all operators.</param>
/// <param name="Type">The type of transaction.</param>
/// <param name="PaymentMethod">Null for types that take no payment.</param>
/// <param name="Count">How many.</param>
/// <param name="Advance">Fen of the amount that is neither fee nor deposit.</param>
/// <param name="Fee">Fen of fees.</param>
/// <param name="Deposit">Fen of deposits.</param>
/// <param name="Amount">Fen in all: advance, fee and deposit together.</param>
/// <param name="Bonus">Fen of bonus; not part of the amount.</param>
/// <param name="Points">Points.</param>
public sealed record DayEndSectionLine(
    string? Operator,
    string? OperatorName,
    string Type,
    PaymentMethod? PaymentMethod,
    int Count,
    long Advance,
    long Fee,
    long Deposit,
    long Amount,
    long Bonus,
    long Points
);

/// <summary>The lines of one kind, and their sum.</summary>
/// <param name="Kind">What kind of business.</param>
/// <param name="Lines">Per type and payment method, over all operators.</param>
/// <param name="ByOperator">The same per operator.</param>
/// <param name="Total">The sum of the lines, which is the sum per operator, too.</param>
public sealed record DayEndSection(
    DayEndSectionKind Kind,
    IReadOnlyList<DayEndSectionLine> Lines,
    IReadOnlyList<DayEndSectionLine> ByOperator,
    DayEndSectionLine Total
);

/// <summary>Arranges a closed day's frozen totals so that each section adds up (PL-05.5): pure.</summary>
internal static class DayEndSections
{
    /// <summary>Each type's section, and whether it gives or gives back.</summary>
    private static readonly Dictionary<string, (DayEndSectionKind Kind, int Sign)> s_types = new()
    {
        [TransactionTypes.Collection] = (DayEndSectionKind.Received, 1),
        [TransactionTypes.Recharge] = (DayEndSectionKind.Received, 1),
        [TransactionTypes.Issue] = (DayEndSectionKind.Received, 1),
        [TransactionTypes.Replacement] = (DayEndSectionKind.Received, 1),
        [TransactionTypes.ClaimPayment] = (DayEndSectionKind.Received, 1),
        [TransactionTypes.VoidCollection] = (DayEndSectionKind.Received, -1),
        [TransactionTypes.Reversal] = (DayEndSectionKind.Received, -1),
        [TransactionTypes.ClaimPaymentVoid] = (DayEndSectionKind.Received, -1),
        [TransactionTypes.Load] = (DayEndSectionKind.Cards, 1),
        [TransactionTypes.PointsLoad] = (DayEndSectionKind.Cards, 1),
        [TransactionTypes.BatchRecharge] = (DayEndSectionKind.Cards, 1),
        [TransactionTypes.Unload] = (DayEndSectionKind.Cards, -1),
        [TransactionTypes.Consumption] = (DayEndSectionKind.Cards, -1),
        [TransactionTypes.ChequeReceived] = (DayEndSectionKind.Cheques, 1),
        [TransactionTypes.ChequeBounced] = (DayEndSectionKind.Cheques, -1),
    };

    /// <summary>Steps within the house: the business that they belong to has a line of its own, or none passes the counter.</summary>
    private static readonly HashSet<string> s_internal =
    [
        TransactionTypes.IssueFeesHeld,
        TransactionTypes.IssueFeesReleased,
        TransactionTypes.SubCardBatch,
        TransactionTypes.Allocation,
        TransactionTypes.Return,
        TransactionTypes.LoadAuthorised,
        TransactionTypes.LoadReleased,
        TransactionTypes.PointsLoadAuthorised,
        TransactionTypes.PointsLoadReleased,
        TransactionTypes.ChequeCleared,
        TransactionTypes.DayEnd,
        TransactionTypes.BalanceTransfer,
        TransactionTypes.RechargeListSubmitted,
        TransactionTypes.RechargeListVoided,
        TransactionTypes.RechargeListReleased,
        TransactionTypes.RechargeListFinished,
        TransactionTypes.RechargeListRetrieved,
    ];

    /// <summary>A type that this table does not know is shown rather than lost.</summary>
    private static (DayEndSectionKind Kind, int Sign) SectionOf(string type) =>
        s_types.TryGetValue(type, out var known) ? known : (DayEndSectionKind.Cards, 1);

    public static IReadOnlyList<DayEndSection> Of(IReadOnlyList<DayEndTotal> totals, IReadOnlyDictionary<long, OperatorName> operators) =>
        [
            .. totals
                .Where(t => !s_internal.Contains(t.Type))
                .GroupBy(t => SectionOf(t.Type).Kind)
                .OrderBy(g => g.Key)
                .Select(g => Section(g.Key, [.. g], operators)),
        ];

    private static DayEndSection Section(
        DayEndSectionKind kind,
        IReadOnlyList<DayEndTotal> totals,
        IReadOnlyDictionary<long, OperatorName> operators
    )
    {
        List<DayEndSectionLine> lines =
        [
            .. totals
                .GroupBy(t => (t.Type, t.PaymentMethod))
                .OrderByDescending(g => SectionOf(g.Key.Type).Sign)
                .ThenBy(g => g.Key.Type, StringComparer.Ordinal)
                .ThenBy(g => g.Key.PaymentMethod)
                .Select(g => Sum(null, g.Key.Type, g.Key.PaymentMethod, g.Select(t => Line(t, null)))),
        ];
        List<DayEndSectionLine> byOperator =
        [
            .. totals.OrderBy(t => t.Line).Select(t => Line(t, DayEndView.Named(t.OperatorId, operators))),
        ];
        return new DayEndSection(kind, lines, byOperator, Sum(null, "", null, lines));
    }

    private static DayEndSectionLine Line(DayEndTotal total, OperatorName? by)
    {
        var sign = SectionOf(total.Type).Sign;
        return new DayEndSectionLine(
            by?.Login,
            by?.Name,
            total.Type,
            total.PaymentMethod,
            total.Count,
            sign * checked(total.Amount - total.Fee - total.Deposit),
            sign * total.Fee,
            sign * total.Deposit,
            sign * total.Amount,
            sign * total.Bonus,
            sign * total.Points
        );
    }

    private static DayEndSectionLine Sum(OperatorName? by, string type, PaymentMethod? method, IEnumerable<DayEndSectionLine> lines)
    {
        var all = lines.ToList();
        return new DayEndSectionLine(
            by?.Login,
            by?.Name,
            type,
            method,
            all.Sum(l => l.Count),
            all.Sum(l => l.Advance),
            all.Sum(l => l.Fee),
            all.Sum(l => l.Deposit),
            all.Sum(l => l.Amount),
            all.Sum(l => l.Bonus),
            all.Sum(l => l.Points)
        );
    }
}
