namespace Billing.TopUps.Tills;

/// <summary>Exports the summary of redemptions as CSV or xlsx (MT-03.4).</summary>
internal static class ExportRedemptionSummary
{
    private static readonly TableColumn[] s_columns =
    [
        new("门店", 10),
        new("日期", 12),
        new("类型", 10),
        new("兑换笔数", 10),
        new("兑换金额（元）", 16),
        new("长短款日报笔数", 16),
        new("长短款日报金额（元）", 20),
        new("差额（元）", 14),
    ];

    internal sealed record Query(string? Format, string? BranchCode, DateOnly From, DateOnly To) : IQuery<SummaryFile>, ISummaryFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/redemption-summary/export",
                    (string? format, string? branchCode, DateOnly from, DateOnly to, Sender send, CancellationToken ct) =>
                        send.Query(new Query(format, branchCode, from, to), f => f, ct)
                )
                .WithName(nameof(ExportRedemptionSummary))
                .WithSummary("Export the summary of redemptions")
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

            var items = await report.Redemptions(found.Value.Ids, query.From, query.To, ct);
            return new SummaryFile("redemption-summary", "兑换汇总", s_columns, [.. items.Select(Cells)], query.Format ?? TableExport.Csv);
        }
    }

    private static TableCell[] Cells(RedemptionSummaryItem i) =>
        [
            TableCell.Text(i.BranchCode),
            TableCell.Date(i.Date),
            TableCell.Text(SummaryFile.Zh(i.Kind)),
            TableCell.Number(i.ConfirmedCount),
            TableCell.Yuan(i.ConfirmedAmount),
            SummaryFile.Number(i.TillCount),
            SummaryFile.Yuan(i.TillAmount),
            SummaryFile.Yuan(i.Difference),
        ];
}
