using Platform;

namespace Funding.Documents;

/// <summary>The Chinese words for this module's enumerations, as they stand on documents.</summary>
internal static class PaperWords
{
    /// <summary>A type of transaction; one that a later module brings stands under its own name until it has a word here.</summary>
    public static string OfType(string type) =>
        type switch
        {
            TransactionTypes.Collection => "收款",
            TransactionTypes.VoidCollection => "撤单",
            TransactionTypes.Reversal => "冲销",
            TransactionTypes.Issue => "发卡",
            TransactionTypes.Allocation => "预分配",
            TransactionTypes.Return => "备付金回退",
            TransactionTypes.LoadAuthorised => "圈存(授权)",
            TransactionTypes.Load => "圈存",
            TransactionTypes.LoadReleased => "圈存(撤回)",
            TransactionTypes.PointsLoadAuthorised => "积分圈存(授权)",
            TransactionTypes.PointsLoad => "积分圈存",
            TransactionTypes.PointsLoadReleased => "积分圈存(撤回)",
            TransactionTypes.DayEnd => "日结",
            _ => type,
        };

    public static string Of(OilType? oil) =>
        oil switch
        {
            OilType.Gasoline92 => "92号汽油",
            OilType.Gasoline95 => "95号汽油",
            OilType.Gasoline98 => "98号汽油",
            OilType.Diesel0 => "0号柴油",
            OilType.DieselMinus10 => "-10号柴油",
            OilType.DieselMinus20 => "-20号柴油",
            OilType.DieselMinus35 => "-35号柴油",
            OilType.NaturalGas => "天然气",
            OilType.Lubricant => "润滑油",
            null => "—",
            _ => throw new ArgumentOutOfRangeException(nameof(oil), oil, "No word for it."),
        };
}
