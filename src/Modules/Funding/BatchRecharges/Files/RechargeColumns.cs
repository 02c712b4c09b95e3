namespace Funding.BatchRecharges.Files;

/// <summary>The columns of a recharge list.</summary>
internal enum RechargeColumn
{
    CardNumber,
    Amount,
    HolderName,
    Remark,

    /// <summary>A column that numbers the lines; it is not read.</summary>
    Ordinal,
}

/// <summary>
/// The names and widths that docs/batch-file.md promises. A name is compared without spaces, case, '-', '_' and what stands in brackets.
/// </summary>
internal static class RechargeColumns
{
    /// <summary>
    /// Bytes of the fixed columns of a .dat: card number, amount, holder name, remark; then those that only a result has: outcome, serial number,
    /// reason code, reason. The reason is the last column and goes on to the line's end.
    /// </summary>
    public static readonly IReadOnlyList<int> FixedWidths = [20, 15, 60, 150, 20, 30, 40, 400];

    /// <summary>The columns when the list has no header.</summary>
    public static readonly IReadOnlyList<RechargeColumn> Usual =
    [
        RechargeColumn.CardNumber,
        RechargeColumn.Amount,
        RechargeColumn.HolderName,
        RechargeColumn.Remark,
    ];

    private static readonly Dictionary<string, RechargeColumn> s_names = new()
    {
        ["卡号"] = RechargeColumn.CardNumber,
        ["cardnumber"] = RechargeColumn.CardNumber,
        ["cardno"] = RechargeColumn.CardNumber,
        ["金额"] = RechargeColumn.Amount,
        ["充值金额"] = RechargeColumn.Amount,
        ["amount"] = RechargeColumn.Amount,
        ["持卡人"] = RechargeColumn.HolderName,
        ["持卡人姓名"] = RechargeColumn.HolderName,
        ["姓名"] = RechargeColumn.HolderName,
        ["holder"] = RechargeColumn.HolderName,
        ["holdername"] = RechargeColumn.HolderName,
        ["name"] = RechargeColumn.HolderName,
        ["备注"] = RechargeColumn.Remark,
        ["remark"] = RechargeColumn.Remark,
        ["remarks"] = RechargeColumn.Remark,
        ["序号"] = RechargeColumn.Ordinal,
        ["no."] = RechargeColumn.Ordinal,
        ["no"] = RechargeColumn.Ordinal,
    };

    private static readonly HashSet<string> s_trailers = ["合计", "总计", "total"];

    public static RechargeColumn? Named(string text) => s_names.TryGetValue(Plain(text), out var column) ? column : null;

    public static bool IsTrailer(string text) => s_trailers.Contains(Plain(text));

    private static string Plain(string text)
    {
        var bracket = text.AsSpan().IndexOfAny('(', '（');
        var name = bracket > 0 ? text[..bracket] : text;
        return string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_'))).ToLowerInvariant();
    }
}
