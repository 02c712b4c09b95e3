using System.Globalization;

namespace Billing.TopUps.Redemptions;

/// <summary>Redemptions as a file, read and written page by page on its way out.</summary>
internal sealed record RedemptionExport(RedemptionSearch Search, IQueryable<Redemption> Redemptions, string Format) : IResult
{
    private static readonly TableColumn[] s_columns =
    [
        new("兑换流水号", 24),
        new("日期", 12),
        new("门店", 10),
        new("收银台", 12),
        new("小票号", 14),
        new("类型", 10),
        new("密码前11位", 14),
        new("金额（元）", 14),
        new("状态", 10),
    ];

    public Task ExecuteAsync(HttpContext httpContext) =>
        TableExport.Send(
            httpContext,
            "redemptions",
            "兑换明细",
            Format,
            s_columns,
            TableExport.ById(after => Search.Rows(Redemptions.Where(r => r.Id > after)), r => r.Redemption.Id).Select(Cells)
        );

    private static TableCell[] Cells(RedemptionRow row)
    {
        var r = row.Redemption;
        return
        [
            TableCell.Text(r.SerialNumber),
            TableCell.Date(r.ReceiptDate),
            TableCell.Text(row.BranchCode),
            TableCell.Text(r.TillNumber),
            TableCell.Text(r.ReceiptNumber?.ToString(CultureInfo.InvariantCulture)),
            TableCell.Text(r.Kind == RedemptionKind.Points ? "积分" : "赠券"),
            TableCell.Text(r.CodeHead),
            TableCell.Yuan(r.Amount),
            TableCell.Text(RedemptionStates.Zh(r.State)),
        ];
    }
}

/// <summary>Exports redemptions as CSV or xlsx (MT-03.4).</summary>
internal static class ExportRedemptions
{
    internal sealed record Query(
        string? Format,
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? RedemptionKind,
        string? RedemptionState,
        string? CodeHead,
        string? TillNumber
    ) : IQuery<RedemptionExport>, IRedemptionFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/redemptions/export",
                    (
                        string? format,
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? redemptionKind,
                        string? redemptionState,
                        string? codeHead,
                        string? tillNumber,
                        Sender send,
                        CancellationToken ct
                    ) =>
                        send.Query(
                            new Query(format, branchCode, from, to, redemptionKind, redemptionState, codeHead, tillNumber),
                            e => e,
                            ct
                        )
                )
                .WithName(nameof(ExportRedemptions))
                .WithSummary("Export redemptions")
                .WithDescription("Exports the redemptions of the list with the same filter as csv or xlsx, at most 500,000 lines.")
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

    internal sealed class Handler(RedemptionSearch search) : QueryHandler<Query, RedemptionExport>
    {
        protected override async Task<Outcome<RedemptionExport>> Read(Query query, CancellationToken ct)
        {
            var found = await search.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            return await TableExport.Refuse(found.Value.Redemptions, ct) is { } tooLarge
                ? tooLarge
                : new RedemptionExport(search, found.Value.Redemptions, query.Format ?? TableExport.Csv);
        }
    }
}
