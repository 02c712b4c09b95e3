using Platform.Tables;

namespace Funding.BatchRecharges.Files;

/// <summary>The faults of recharge lists beside those of any table file (docs/batch-file.md lists them).</summary>
internal static class RechargeListFaults
{
    public static readonly TableFault NoLines = new("list-no-lines", "The list has no lines.", "清单中没有明细。");

    public static readonly TableFault NoTrailer = new(
        "list-no-trailer",
        "The last line, with the number of lines and their total, is missing: the file may not be complete.",
        "缺少合计行（笔数和总金额），文件可能不完整。"
    );

    public static TableFault TooManyLines(int lines) =>
        new("list-too-many-lines", $"The list has more than {lines} lines in this format.", $"该格式的清单明细超过 {lines} 行。");

    public static TableFault UnknownHeader(int line, int column, string text) =>
        new(
            "list-header-unknown",
            $"The header has an unknown column: {text}. The columns are card number, amount, holder name, remark.",
            $"表头含有未知的列：{text}。允许的列：卡号、金额、持卡人、备注。",
            line,
            column
        );

    public static TableFault HeaderTwice(int line, int column, string text) =>
        new("list-header-twice", $"The header names a column twice: {text}.", $"表头列重复：{text}。", line, column);

    public static TableFault NoAmountColumn(int line) =>
        new("list-header-incomplete", "The header must name both card number and amount.", "表头须同时含有卡号和金额。", line);

    public static TableFault AfterTrailer(int line) =>
        new("line-after-trailer", "The line follows the list's last line.", "该行位于合计行之后。", line);

    public static TableFault TooManyCells(int line, int column) =>
        new("line-too-many-cells", "The line has more cells than the list has columns.", "该行的列数多于清单的列数。", line, column);
}
