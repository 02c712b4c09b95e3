using Platform.Tables;

namespace Funding.BatchRecharges.Files;

/// <summary>One line of the result: the line as it was submitted, and what became of it.</summary>
/// <param name="Outcome">A word of the API: <c>posted</c>, <c>failed</c>, …</param>
/// <param name="ReasonCode">The stable code of the reason; null for a line that was posted.</param>
/// <param name="Reason">The reason in words, in the language that is wanted.</param>
/// <param name="SerialNumber">The transaction's serial number; null for a line that was not posted.</param>
public sealed record RechargeResultLine(
    string CardNumber,
    string Amount,
    string? HolderName,
    string? Remark,
    string Outcome,
    string? SerialNumber,
    string? ReasonCode,
    string? Reason
);

/// <summary>The totals below the lines: all lines and those that were posted.</summary>
/// <param name="Total">In fen.</param>
/// <param name="PostedTotal">In fen.</param>
public sealed record RechargeResultTrailer(int Count, long Total, int PostedCount, long PostedTotal);

/// <summary>
/// The result of a recharge list in the format that was submitted (FC-23.1), written line by line; the layouts are in docs/batch-file.md.
/// </summary>
public static class RechargeResultFile
{
    private const string SheetName = "充值结果";
    private const string TrailerWord = "合计";

    private static readonly TableColumn[] s_columns =
    [
        new("卡号", 24),
        new("金额", 14),
        new("持卡人", 20),
        new("备注", 30),
        new("结果", 12),
        new("业务流水号", 26),
        new("原因代码", 26),
        new("原因", 50),
    ];

    /// <summary>Workbooks have a header row; a .dat has none, for it is read by programs.</summary>
    /// <param name="target">Need not seek; is written asynchronously (an .xls at the end, at once) and stays open.</param>
    /// <param name="layout">The list's <see cref="RechargeListFile.Layout"/>.</param>
    public static async Task Write(
        Stream target,
        RechargeListLayout layout,
        IAsyncEnumerable<RechargeResultLine> lines,
        RechargeResultTrailer trailer,
        CancellationToken ct
    )
    {
        await using var table = layout.Format switch
        {
            TableFormat.Xls => await TableWriter.Xls(target, SheetName, s_columns, ct),
            TableFormat.Xlsx => TableWriter.Xlsx(target, SheetName, s_columns),
            _ => TableWriter.Dat(target, layout.Dat!, RechargeColumns.FixedWidths),
        };
        if (layout.Dat is null)
        {
            await table.WriteTitles(s_columns, ct);
        }

        await foreach (var line in lines.WithCancellation(ct))
        {
            await table.WriteRow(Cells(line), ct);
        }

        await table.WriteRow(Cells(trailer), ct);
        await table.Complete(ct);
    }

    private static TableCell[] Cells(RechargeResultLine line) =>
        [
            TableCell.Text(line.CardNumber),
            TableCell.Text(line.Amount),
            TableCell.Text(line.HolderName),
            TableCell.Text(line.Remark),
            TableCell.Text(line.Outcome),
            TableCell.Text(line.SerialNumber),
            TableCell.Text(line.ReasonCode),
            TableCell.Text(line.Reason),
        ];

    private static TableCell[] Cells(RechargeResultTrailer trailer) =>
        [
            TableCell.Text(TrailerWord),
            TableCell.Number(trailer.Count),
            TableCell.Yuan(trailer.Total),
            TableCell.Number(trailer.PostedCount),
            TableCell.Yuan(trailer.PostedTotal),
        ];
}
