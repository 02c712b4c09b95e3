namespace Counter;

/// <summary>The functions of this module, one right each (PL-01.8).</summary>
public static class CounterRights
{
    public static readonly Right SeeTransactions = New("see-transactions", "See transactions and accounts", "业务查询");
    public static readonly Right CloseDay = New("close-day", "Close the business date", "网点日结") with { PeopleOnly = true };
    public static readonly Right SeeDayEnd = New("see-day-end", "See day-end totals", "日结查询");

    public static readonly IReadOnlyList<Right> All = [SeeTransactions, CloseDay, SeeDayEnd];

    private static Right New(string function, string en, string zh) => new($"counter.{function}", "counter", en, zh);
}
