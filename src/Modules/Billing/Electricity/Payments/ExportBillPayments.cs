namespace Billing.Electricity.Payments;

/// <summary>Payments as a file, read and written page by page on its way out.</summary>
internal sealed record PaymentExport(PaymentViews Views, IQueryable<ElectricityPayment> Payments, string Format) : IResult
{
    private static readonly TableColumn[] s_columns =
    [
        new("电费流水号", 24),
        new("营业日", 12),
        new("工作日", 12),
        new("核算单位", 12),
        new("用电客户编号", 16),
        new("电费（元）", 14),
        new("违约金（元）", 12),
        new("合计（元）", 14),
        new("缴费方式", 10),
        new("渠道", 16),
        new("网点", 10),
        new("操作员", 14),
        new("状态", 10),
        new("电力方流水号", 24),
    ];

    public Task ExecuteAsync(HttpContext httpContext) =>
        TableExport.Send(
            httpContext,
            "electricity-payments",
            "电费缴费明细",
            Format,
            s_columns,
            TableExport.ById(after => Views.Rows(Payments.Where(p => p.Id > after)), r => r.Payment.Id).Select(Cells)
        );

    private static TableCell[] Cells(PaymentRow row)
    {
        var p = row.Payment;
        return
        [
            TableCell.Text(p.SerialNumber),
            TableCell.Date(p.BusinessDate),
            TableCell.Date(p.WorkDate),
            TableCell.Text(row.UnitCode),
            TableCell.Text(p.Customer),
            TableCell.Yuan(p.Principal),
            TableCell.Yuan(p.LateFee),
            TableCell.Yuan(p.Total),
            TableCell.Text(p.Method == CollectionMethod.Cash ? "现金" : "转账"),
            TableCell.Text(ChannelTable.Zh(p.Channel)),
            TableCell.Text(row.BranchCode),
            TableCell.Text(row.Operator),
            TableCell.Text(Zh(p.State)),
            TableCell.Text(p.PowerSerial),
        ];
    }

    public static string Zh(PaymentState state) =>
        state switch
        {
            PaymentState.Sending => "发送中",
            PaymentState.Paid => "已缴费",
            PaymentState.Refused => "已退回",
            PaymentState.Pending => "待确认",
            PaymentState.Reversing => "冲正中",
            _ => "已冲正",
        };
}

/// <summary>Exports electricity payments as CSV or xlsx (EB-11.1).</summary>
internal static class ExportBillPayments
{
    internal sealed record Query(
        string? Format,
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? CustomerNumber,
        string? Month,
        string? AccountNumber,
        string? SerialNumber,
        string? Operator,
        string? Channel,
        string? State
    ) : IQuery<PaymentExport>, IPaymentFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/payments/export",
                    (
                        string? format,
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? customerNumber,
                        string? month,
                        string? accountNumber,
                        string? serialNumber,
                        string? @operator,
                        string? channel,
                        string? state,
                        Sender send,
                        CancellationToken ct
                    ) =>
                        send.Query(
                            new Query(
                                format,
                                branchCode,
                                from,
                                to,
                                customerNumber,
                                month,
                                accountNumber,
                                serialNumber,
                                @operator,
                                channel,
                                state
                            ),
                            e => e,
                            ct
                        )
                )
                .WithName(nameof(ExportBillPayments))
                .WithSummary("Export electricity payments")
                .WithDescription("Exports the payments of the list with the same filter as csv or xlsx, at most 500,000 lines.")
                .RequireRight(ElectricityRights.See)
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

    internal sealed class Handler(PaymentSearch search, PaymentViews views) : QueryHandler<Query, PaymentExport>
    {
        protected override async Task<Outcome<PaymentExport>> Read(Query query, CancellationToken ct)
        {
            var found = await search.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            return await TableExport.Refuse(found.Value.Payments, ct) is { } tooLarge
                ? tooLarge
                : new PaymentExport(views, found.Value.Payments, query.Format ?? TableExport.Csv);
        }
    }
}
