namespace Billing.TopUps.Tills;

/// <summary>Exports the summary of top-ups as CSV or xlsx (MT-03.4).</summary>
internal static class ExportTopUpSummary
{
    private static readonly TableColumn[] s_columns =
    [
        new("门店", 10),
        new("日期", 12),
        new("类型", 10),
        new("成功笔数", 10),
        new("成功金额（元）", 16),
        new("失败笔数", 10),
        new("失败金额（元）", 16),
        new("未完结笔数", 12),
        new("未完结金额（元）", 16),
        new("已退金额（元）", 16),
        new("收银笔数", 10),
        new("收银金额（元）", 16),
        new("差额（元）", 14),
        new("失败未退（元）", 16),
        new("小票未上传（元）", 16),
        new("本系统无此小票（元）", 20),
        new("其他差额（元）", 16),
    ];

    internal sealed record Query(string? Format, string? BranchCode, DateOnly From, DateOnly To) : IQuery<SummaryFile>, ISummaryFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-up-summary/export",
                    (string? format, string? branchCode, DateOnly from, DateOnly to, Sender send, CancellationToken ct) =>
                        send.Query(new Query(format, branchCode, from, to), f => f, ct)
                )
                .WithName(nameof(ExportTopUpSummary))
                .WithSummary("Export the summary of top-ups")
                .WithDescription("Exports the summary as csv or xlsx.")
                .RequireRight(TopUpRights.See)
                .ExportsFile()
                .Refuses(typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Format).ExportFormat();
            this.FilterRules();
        }
    }

    internal sealed class Handler(SummaryScope scope, TopUpSummaryReport report) : QueryHandler<Query, SummaryFile>
    {
        protected override async Task<Outcome<SummaryFile>> Read(Query query, CancellationToken ct)
        {
            var found = await scope.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var items = await report.TopUps(found.Value.Ids, query.From, query.To, ct);
            return new SummaryFile("top-up-summary", "移动充值汇总", s_columns, [.. items.Select(Cells)], query.Format ?? TableExport.Csv);
        }
    }

    private static TableCell[] Cells(TopUpSummaryItem i) =>
        [
            TableCell.Text(i.BranchCode),
            TableCell.Date(i.Date),
            TableCell.Text(SummaryFile.Zh(i.Kind)),
            TableCell.Number(i.SucceededCount),
            TableCell.Yuan(i.SucceededAmount),
            TableCell.Number(i.FailedCount),
            TableCell.Yuan(i.FailedAmount),
            TableCell.Number(i.OpenCount),
            TableCell.Yuan(i.OpenAmount),
            TableCell.Yuan(i.RefundedAmount),
            SummaryFile.Number(i.TillCount),
            SummaryFile.Yuan(i.TillAmount),
            SummaryFile.Yuan(i.Difference),
            TableCell.Yuan(i.DueToFailed),
            TableCell.Yuan(i.DueToNotUploaded),
            TableCell.Yuan(i.DueToNotHere),
            SummaryFile.Yuan(i.Unexplained),
        ];
}
