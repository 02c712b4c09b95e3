namespace Billing.TopUps.Tills;

/// <summary>A summary as a file.</summary>
internal sealed record SummaryFile(string Name, string Sheet, TableColumn[] Columns, IReadOnlyList<TableCell[]> Rows, string Format)
    : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        TableExport.Head(httpContext.Response, Name, Format);
        var ct = httpContext.RequestAborted;
        await using var table = TableExport.Writer(httpContext.Response.Body, Format, Sheet, Columns);
        await table.WriteTitles(Columns, ct);
        foreach (var row in Rows)
        {
            await table.WriteRow(row, ct);
        }

        await table.Complete(ct);
    }

    public static TableCell Number(long? number) => number is { } known ? TableCell.Number(known) : TableCell.Text(null);

    public static TableCell Yuan(long? fen) => fen is { } known ? TableCell.Yuan(known) : TableCell.Text(null);

    public static string Zh(TillKind kind) =>
        kind switch
        {
            TillKind.Online => "在线充值",
            TillKind.Change => "找零充值",
            TillKind.Offline => "离线充值",
            TillKind.Points => "积分",
            TillKind.Coupon => "赠券",
            _ => "其他",
        };
}
