using System.Globalization;
using Billing.TopUps.Sales;

namespace Billing.TopUps.Reports;

/// <summary>Top-ups as a file, read and written page by page on its way out.</summary>
internal sealed record TopUpExport(TopUpViews Views, IQueryable<TopUp> TopUps, string Format) : IResult
{
    private static readonly TableColumn[] s_columns =
    [
        new("充值流水号", 24),
        new("小票日期", 12),
        new("门店", 10),
        new("收银台", 12),
        new("小票号", 14),
        new("类型", 10),
        new("手机号码", 14),
        new("运营商", 10),
        new("金额（元）", 14),
        new("状态", 10),
        new("运营商流水号", 24),
        new("失败原因", 20),
        new("退货流水号", 24),
    ];

    public Task ExecuteAsync(HttpContext httpContext) =>
        TableExport.Send(
            httpContext,
            "top-ups",
            "移动充值明细",
            Format,
            s_columns,
            TableExport.ById(after => Views.Rows(TopUps.Where(t => t.Id > after)), r => r.TopUp.Id).Select(Cells)
        );

    private static TableCell[] Cells(TopUpRow row)
    {
        var t = row.TopUp;
        return
        [
            TableCell.Text(t.SerialNumber),
            TableCell.Date(t.ReceiptDate),
            TableCell.Text(row.BranchCode),
            TableCell.Text(t.TillNumber),
            TableCell.Text(t.ReceiptNumber.ToString(CultureInfo.InvariantCulture)),
            TableCell.Text(t.Kind == TopUpKind.Online ? "在线充值" : "找零充值"),
            TableCell.Text(Mask.Phone(t.Phone)),
            TableCell.Text(row.CreditedByCode ?? row.CarrierCode),
            TableCell.Yuan(t.Amount),
            TableCell.Text(TopUpStates.Zh(t.State)),
            TableCell.Text(t.CarrierSerial),
            TableCell.Text(t.FailureCode),
            TableCell.Text(t.RefundId is { } refund ? SerialNumber.Of(refund) : null),
        ];
    }
}

/// <summary>Exports top-ups as CSV or xlsx (MT-03.4).</summary>
internal static class ExportTopUps
{
    internal sealed record Query(
        string? Format,
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? TopUpKind,
        string? TopUpState,
        string? Phone,
        string? TillNumber,
        string? ReceiptNumber,
        bool? Overdue
    ) : IQuery<TopUpExport>, ITopUpFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-ups/export",
                    (
                        string? format,
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? topUpKind,
                        string? topUpState,
                        string? phone,
                        string? tillNumber,
                        string? receiptNumber,
                        bool? overdue,
                        Sender send,
                        CancellationToken ct
                    ) =>
                        send.Query(
                            new Query(format, branchCode, from, to, topUpKind, topUpState, phone, tillNumber, receiptNumber, overdue),
                            e => e,
                            ct
                        )
                )
                .WithName(nameof(ExportTopUps))
                .WithSummary("Export top-ups")
                .WithDescription("Exports the top-ups of the list with the same filter as csv or xlsx, at most 500,000 lines.")
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

    internal sealed class Handler(TopUpSearch search, TopUpViews views) : QueryHandler<Query, TopUpExport>
    {
        protected override async Task<Outcome<TopUpExport>> Read(Query query, CancellationToken ct)
        {
            var found = await search.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            return await TableExport.Refuse(found.Value.TopUps, ct) is { } tooLarge
                ? tooLarge
                : new TopUpExport(views, found.Value.TopUps, query.Format ?? TableExport.Csv);
        }
    }
}
