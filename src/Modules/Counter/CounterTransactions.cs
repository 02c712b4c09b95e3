using Counter.Documents;

namespace Counter;

/// <summary>What the counter itself books.</summary>
internal static class CounterTransactions
{
    /// <summary>A branch's business date was closed.</summary>
    public static readonly TransactionType DayEnd = new("day-end", "Day-end", "日结", DayEndSheet.Name);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TransactionType> All = [DayEnd];
}
