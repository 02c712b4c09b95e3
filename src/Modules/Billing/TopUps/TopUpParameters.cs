namespace Billing.TopUps;

/// <summary>The parameters of top-ups, points and coupons.</summary>
internal static class TopUpParameters
{
    /// <summary>Within these minutes the same number and amount needs a second confirmation.</summary>
    public static readonly Parameter RepeatMinutes = Minutes(
        "top-up-repeat-minutes",
        5,
        "Minutes within which the same number and amount needs a second confirmation",
        "同号码同金额须再次确认的分钟数"
    );

    /// <summary>After these minutes without an end a top-up is overdue.</summary>
    public static readonly Parameter OverdueMinutes = Minutes(
        "top-up-overdue-minutes",
        30,
        "Minutes after which a top-up without an end is overdue",
        "充值未完结提示分钟数"
    );

    /// <summary>After these minutes a code without a receipt is released.</summary>
    public static readonly Parameter ReleaseMinutes = Minutes(
        "redemption-release-minutes",
        10,
        "Minutes after which a code without a receipt is released",
        "未打印小票的兑换码释放分钟数"
    );

    /// <summary>For these minutes a till is stopped after five wrong codes.</summary>
    public static readonly Parameter StopMinutes = Minutes(
        "redemption-stop-minutes",
        15,
        "Minutes that a till is stopped for after five wrong codes in a row",
        "连续五次错码后收银台停用分钟数"
    );

    public static readonly IReadOnlyList<Parameter> All = [RepeatMinutes, OverdueMinutes, ReleaseMinutes, StopMinutes];

    private static Parameter Minutes(string name, long usual, string en, string zh) =>
        new(name, ParameterUnit.Count, usual, 0, 1_440, en, zh);
}
