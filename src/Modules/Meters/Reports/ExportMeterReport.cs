using Access.SystemParameters;
using Meters.Accounts;
using Meters.Documents;
using Platform.Tables;

namespace Meters.Reports;

/// <summary>A report that can be had as a file.</summary>
public enum MeterReportKind
{
    /// <summary>Sales.</summary>
    Sales,

    /// <summary>Users by state.</summary>
    Users,

    /// <summary>Cards by kind and maker.</summary>
    Cards,

    /// <summary>Suspicious users.</summary>
    Suspicious,

    /// <summary>Differences beyond the tolerance.</summary>
    Losses,
}

/// <summary>Gives the reports as csv or xlsx (PM-10).</summary>
internal static class ExportMeterReport
{
    internal sealed record Query(
        string? Report,
        string? Format,
        string? By,
        DateOnly? From,
        DateOnly? To,
        string? BranchCode,
        string? AccountId
    ) : IQuery<MeterReportFile>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-reports/export",
                    (
                        string? report,
                        string? format,
                        string? by,
                        DateOnly? from,
                        DateOnly? to,
                        string? branchCode,
                        string? accountId,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(report, format, by, from, to, branchCode, accountId), f => f, ct)
                )
                .WithName(nameof(ExportMeterReport))
                .WithSummary("Export a meter report")
                .WithDescription(
                    "report is sales, users, cards, suspicious or losses; format is csv or xlsx, the default csv. "
                        + "suspicious and losses need accountId. "
                        + "Titles are in Chinese. At most 10,000 lines."
                )
                .RequireRight(MeterRights.SeeReports)
                .ExportsFile()
                .Refuses(typeof(BranchOutOfReach))
                .ProducesRefusals<MeterAccountNotFound>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Report).NotNull().NameOf<Query, MeterReportKind>();
            RuleFor(q => q.Format).ExportFormat();
            RuleFor(q => q.By).NameOf<Query, MeterSalesBy>();
            RuleFor(q => q.BranchCode).BranchCode();
            RuleFor(q => q.AccountId).Matches("^[0-9]{1,19}$");
        }
    }

    internal sealed class Handler(
        AppDb db,
        MeterReports reports,
        SuspicionReport suspicions,
        Parameters parameters,
        RequestContext request,
        TimeProvider clock
    ) : QueryHandler<Query, MeterReportFile>
    {
        protected override async Task<Outcome<MeterReportFile>> Read(Query query, CancellationToken ct)
        {
            var format = query.Format ?? TableExport.Csv;
            switch (Json.Value<MeterReportKind>(query.Report)!.Value)
            {
                case MeterReportKind.Sales:
                    return await Sales(query, format, ct);
                case MeterReportKind.Users:
                    var users = await reports.Users(ct);
                    return File(format, "meter-users", ["状态", "用户数"], users.Select(u => Cells(Json.Name(u.State), u.Users)));
                case MeterReportKind.Cards:
                    var cards = await reports.Cards(ct);
                    return File(
                        format,
                        "meter-cards",
                        ["卡型", "制卡人", "张数", "回收次数"],
                        cards.Select(c => Cells(Cards.MeterCardFaults.Title(Json.Name(c.Kind)), c.Maker, c.Cards, c.Recycled))
                    );
                default:
                    return await OfAccount(query, format, ct);
            }
        }

        private async Task<Outcome<MeterReportFile>> Sales(Query query, string format, CancellationToken ct)
        {
            var to = query.To ?? ChinaCalendar.Today(clock);
            var by = Json.Value<MeterSalesBy>(query.By) ?? MeterSalesBy.Day;
            var lines = await reports.Sales(by, query.From ?? to.AddDays(-30), to, query.BranchCode, ct);
            return lines.Refusal is { } refusal
                ? refusal
                : File(
                    format,
                    "meter-sales",
                    ["分组", "笔数", "数量", "金额（元）"],
                    lines.Value.Select(l =>
                        (TableCell[])
                            [
                                TableCell.Text(l.Key),
                                TableCell.Number(l.Count),
                                TableCell.Text(MeterFigures.Units(l.Quantity)),
                                TableCell.Yuan(l.Amount),
                            ]
                    )
                );
        }

        private async Task<Outcome<MeterReportFile>> OfAccount(Query query, string format, CancellationToken ct)
        {
            var id = IdText.Parse(query.AccountId);
            if (await db.Set<MeterAccount>().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account)
            {
                return new MeterAccountNotFound();
            }

            if (Json.Value<MeterReportKind>(query.Report) == MeterReportKind.Suspicious)
            {
                var found = await suspicions.Of(account, await suspicions.Thresholds(ct), ct);
                return File(
                    format,
                    "meter-suspicious",
                    ["用户编号", "表号", "购买次数", "月均用量", "剩余量", "规则", "值", "阈值"],
                    found.SelectMany(u =>
                        u.Suspicions.Select(s =>
                            Cells(
                                u.UserNumber,
                                u.MeterNumber,
                                u.Purchases,
                                MeterFigures.Units(u.MonthlyAverage),
                                MeterFigures.Units(u.Remaining ?? 0),
                                Json.Name(s.Rule),
                                s.Value,
                                s.Threshold
                            )
                        )
                    )
                );
            }

            var tolerance = await parameters.Number(MeterParameters.LossTolerance, request.Caller.BranchId, ct);
            var losses = await reports.Losses(account.Id, tolerance, DateTime.MinValue, unseen: false, ct);
            return File(
                format,
                "meter-losses",
                ["用户编号", "表号", "已购量", "用量与剩余", "差额", "增长"],
                losses.Select(l =>
                    Cells(
                        l.UserNumber,
                        l.MeterNumber,
                        MeterFigures.Units(l.Sold ?? 0),
                        MeterFigures.Units(l.UsedAndLeft ?? 0),
                        MeterFigures.Units(l.Difference ?? 0),
                        MeterFigures.Units(l.Growth ?? 0)
                    )
                )
            );
        }

        private static MeterReportFile File(string format, string name, string[] titles, IEnumerable<TableCell[]> rows) =>
            new(format, name, [.. titles.Select(t => new TableColumn(t))], [.. rows]);

        private static TableCell[] Cells(params object[] values) =>
            [
                .. values.Select(v =>
                    v switch
                    {
                        string text => TableCell.Text(text),
                        int number => TableCell.Number(number),
                        _ => TableCell.Number((long)v),
                    }
                ),
            ];
    }
}

/// <summary>A report as a file.</summary>
internal sealed record MeterReportFile(string Format, string Name, IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableCell[]> Rows)
    : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        TableExport.Send(httpContext, Name, "报表", Format, Columns, Rows.ToAsyncEnumerable());
}
