namespace Billing.TopUps.Tills;

/// <summary>A summary as a file.</summary>
internal sealed record SummaryFile(string Name, string Sheet, TableColumn[] Columns, IReadOnlyList<TableCell[]> Rows, string Format)
    : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        TableExport.Send(httpContext, Name, Sheet, Format, Columns, Rows.ToAsyncEnumerable());

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
