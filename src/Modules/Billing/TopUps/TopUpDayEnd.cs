namespace Billing.TopUps;

/// <summary>Top-ups on the day-end sheet: the tills' money is not in the drawers, so they have a section of their own.</summary>
internal static class TopUpDayEnd
{
    private static readonly DayEndSectionType s_section = new("topUps", 60, "移动充值");

    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(TopUpTransactions.OnlineSale, s_section),
        new(TopUpTransactions.ChangeSale, s_section),
        new(TopUpTransactions.PinSale, s_section),
        new(TopUpTransactions.Refund, s_section, GivesBack: true),
        DayEndLineType.Within(TopUpTransactions.Succeeded),
        DayEndLineType.Within(TopUpTransactions.Failed),
        DayEndLineType.Within(TopUpTransactions.Settled),
        DayEndLineType.Within(TopUpTransactions.CreditPaid),
        DayEndLineType.Within(TopUpTransactions.PinsReceived),
    ];
}
