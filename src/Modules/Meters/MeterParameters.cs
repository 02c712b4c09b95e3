using Platform.Parameters;

namespace Meters;

/// <summary>The parameters of meters: thresholds of suspicious users (PM-10.2) and of losses (PM-10.3).</summary>
public static class MeterParameters
{
    public static readonly Parameter LowAverage = Percent(
        "meter-low-average",
        30,
        "Monthly average that is suspiciously low, % of the price group's median",
        "月均用量偏低阈值（占同价中位数 %）"
    );
    public static readonly Parameter HighAverage = Percent(
        "meter-high-average",
        300,
        "Monthly average that is suspiciously high, % of the price group's median",
        "月均用量偏高阈值（占同价中位数 %）"
    );
    public static readonly Parameter LongInterval = Percent(
        "meter-long-interval",
        300,
        "Last interval that is suspiciously long, % of the own median",
        "购买间隔偏长阈值（占自身中位数 %）"
    );
    public static readonly Parameter LowRecent = Percent(
        "meter-low-recent",
        25,
        "Purchases of three months that are suspiciously low, % of the own average",
        "近三月购买偏低阈值（占自身月均 %）"
    );
    public static readonly Parameter SilentDays = new(
        "meter-silent-days",
        ParameterUnit.Days,
        90,
        1,
        3_650,
        "Days without a purchase that are suspicious",
        "长期未购买天数"
    );
    public static readonly Parameter UnseenDays = new(
        "meter-unseen-days",
        ParameterUnit.Days,
        180,
        1,
        3_650,
        "Days after which a card counts as not seen for long",
        "长期未见卡天数"
    );
    public static readonly Parameter LossTolerance = new(
        "meter-loss-tolerance",
        ParameterUnit.Count,
        500,
        0,
        100_000_000,
        "Difference between sold and used that is tolerated, in hundredths of a unit",
        "购用差额容差（0.01 单位）"
    );

    internal static readonly IReadOnlyList<Parameter> All =
    [
        LowAverage,
        HighAverage,
        LongInterval,
        LowRecent,
        SilentDays,
        UnseenDays,
        LossTolerance,
    ];

    private static Parameter Percent(string name, long usual, string en, string zh) =>
        new(name, ParameterUnit.Count, usual, 0, 10_000, en, zh);
}
