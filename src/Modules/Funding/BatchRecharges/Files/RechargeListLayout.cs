using Platform.Tables;

namespace Funding.BatchRecharges.Files;

/// <summary>A list's format, and how its .dat is laid out: what the result file must follow.</summary>
public sealed record RechargeListLayout(TableFormat Format, DatLayout? Dat)
{
    public const int MaxLength = 32;

    /// <summary>To be kept with the list: <c>xls</c>, <c>xlsx</c> or <c>dat/gb18030/comma/crlf</c>.</summary>
    public override string ToString() =>
        Format switch
        {
            TableFormat.Xls => "xls",
            TableFormat.Xlsx => "xlsx",
            _ => $"dat/{Dat}",
        };

    /// <exception cref="FormatException">The text is not one of <see cref="ToString"/>.</exception>
    public static RechargeListLayout Parse(string text) =>
        text switch
        {
            "xls" => new(TableFormat.Xls, null),
            "xlsx" => new(TableFormat.Xlsx, null),
            _ when text.StartsWith("dat/", StringComparison.Ordinal) => new(TableFormat.Dat, DatLayout.Parse(text[4..])),
            _ => throw new FormatException($"Not a layout: {text}"),
        };
}
