using System.Text.Json.Serialization;
using Counter.BusinessDay;

namespace Counter.Documents;

/// <summary>A line of a section. What goes back to customers is negative, so that the lines add up.</summary>
/// <param name="Operator">The operator's login; empty for a background task, null where the line is of all operators.</param>
/// <param name="OperatorName">The operator's name; null where the line is of all operators.</param>
/// <param name="Type">The type of transaction.</param>
/// <param name="PaymentMethod">Null for types that take no payment.</param>
/// <param name="Count">The number of transactions.</param>
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
/// <param name="Kind">The section's name, such as <c>received</c>.</param>
/// <param name="Heading">Its heading on the sheet.</param>
/// <param name="Lines">Per type and payment method, over all operators.</param>
/// <param name="ByOperator">The same per operator.</param>
/// <param name="Total">The sum of the lines, which is the sum per operator, too.</param>
public sealed record DayEndSection(
    string Kind,
    [property: JsonIgnore] string Heading,
    IReadOnlyList<DayEndSectionLine> Lines,
    IReadOnlyList<DayEndSectionLine> ByOperator,
    DayEndSectionLine Total
)
{
    /// <summary>Its lines passed the counter: they have a way of payment, fees and deposits.</summary>
    [JsonIgnore]
    public bool IsReceived => Kind == DayEndSectionType.Received.Name;
}

/// <summary>Arranges a closed day's frozen totals so that each section adds up (PL-05.5), as the modules placed their types of transaction.</summary>
internal sealed class DayEndSections(IEnumerable<DayEndLineType> places)
{
    private readonly Dictionary<string, DayEndLineType> _places = places.ToDictionary(p => p.Transaction.Name, StringComparer.Ordinal);

    public IReadOnlyList<DayEndSection> Of(IReadOnlyList<DayEndTotal> totals, IReadOnlyDictionary<long, OperatorName> operators) =>
        [
            .. totals
                .Where(t => Place(t.Type).Section is not null)
                .GroupBy(t => Place(t.Type).Section!)
                .OrderBy(g => g.Key.Place)
                .ThenBy(g => g.Key.Name, StringComparer.Ordinal)
                .Select(g => Section(g.Key, [.. g], operators)),
        ];

    private (DayEndSectionType? Section, bool GivesBack) Place(string type) =>
        _places.TryGetValue(type, out var place) ? (place.Section, place.GivesBack) : (DayEndSectionType.Other, false);

    private DayEndSection Section(
        DayEndSectionType section,
        IReadOnlyList<DayEndTotal> totals,
        IReadOnlyDictionary<long, OperatorName> operators
    )
    {
        List<DayEndSectionLine> lines =
        [
            .. totals
                .GroupBy(t => (t.Type, t.PaymentMethod))
                .OrderBy(g => Place(g.Key.Type).GivesBack)
                .ThenBy(g => g.Key.Type, StringComparer.Ordinal)
                .ThenBy(g => g.Key.PaymentMethod)
                .Select(g => Sum(g.Key.Type, g.Key.PaymentMethod, g.Select(t => Line(t, null)))),
        ];
        List<DayEndSectionLine> byOperator =
        [
            .. totals.OrderBy(t => t.Line).Select(t => Line(t, DayEndView.Named(t.OperatorId, operators))),
        ];
        return new DayEndSection(section.Name, section.Zh, lines, byOperator, Sum("", null, lines));
    }

    private DayEndSectionLine Line(DayEndTotal total, OperatorName? by)
    {
        var sign = Place(total.Type).GivesBack ? -1 : 1;
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

    private static DayEndSectionLine Sum(string type, PaymentMethod? method, IEnumerable<DayEndSectionLine> lines)
    {
        var all = lines.ToList();
        return new DayEndSectionLine(
            null,
            null,
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
