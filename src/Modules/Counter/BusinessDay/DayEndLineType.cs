namespace Counter.BusinessDay;

/// <summary>A section of the day-end sheet, declared by the module whose business it shows.</summary>
/// <param name="Name">A stable name, such as <c>received</c>.</param>
/// <param name="Place">Sections stand in the order of their places.</param>
/// <param name="Zh">Its heading.</param>
public sealed record DayEndSectionType(string Name, int Place, string Zh)
{
    /// <summary>收付款: money from customers, and back to them. It alone shows ways of payment and is held against the drawers.</summary>
    public static readonly DayEndSectionType Received = new("received", 0, "收付款");

    /// <summary>Of a type of transaction that has no place: it is shown rather than lost.</summary>
    public static readonly DayEndSectionType Other = new("other", int.MaxValue, "其他业务");
}

/// <summary>Where a type of transaction stands on the day-end sheet.</summary>
/// <param name="Transaction">The type.</param>
/// <param name="Section">Null for a step within the house: its business has a line of its own, or none passes the counter.</param>
/// <param name="GivesBack">Does it give back what another type took? It then counts below zero, so that the lines add up.</param>
public sealed record DayEndLineType(TransactionType Transaction, DayEndSectionType? Section, bool GivesBack = false)
{
    /// <summary>A step within the house, which the sheet leaves out.</summary>
    public static DayEndLineType Within(TransactionType transaction) => new(transaction, Section: null);
}
