namespace Funding.Documents;

/// <summary>The Chinese words for this module's enumerations, as they stand on documents.</summary>
internal static class PaperWords
{
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
