using Meters.Accounts;
using Meters.Supplies;

namespace Meters.Reports;

/// <summary>Reports sales by day, operator, account or price (PM-10.1).</summary>
internal static class ReportMeterSales
{
    internal sealed record Query(string? By, DateOnly? From, DateOnly? To, string? BranchCode) : IQuery<MeterSalesReport>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-reports/sales",
                    (string? by, DateOnly? from, DateOnly? to, string? branchCode, Sender send, CancellationToken ct) =>
                        send.Query(new Query(by, from, to, branchCode), ct)
                )
                .WithName(nameof(ReportMeterSales))
                .WithSummary("Report meter sales")
                .WithDescription(
                    "Adds up sales, corrections and give-backs by day, operator, account or price. The default is by day, of the last 31 days, of "
                        + "your own branch and those below it."
                )
                .RequireRight(MeterRights.SeeReports)
                .Reads<MeterSalesReport>()
                .Refuses(typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.By).NameOf<Query, MeterSalesBy>();
            RuleFor(q => q.BranchCode).BranchCode();
        }
    }

    internal sealed class Handler(MeterReports reports, TimeProvider clock) : QueryHandler<Query, MeterSalesReport>
    {
        protected override async Task<Outcome<MeterSalesReport>> Read(Query query, CancellationToken ct)
        {
            var to = query.To ?? ChinaCalendar.Today(clock);
            var by = Json.Value<MeterSalesBy>(query.By) ?? MeterSalesBy.Day;
            var lines = await reports.Sales(by, query.From ?? to.AddDays(-30), to, query.BranchCode, ct);
            return lines.Refusal is { } refusal
                ? refusal
                : new MeterSalesReport(lines.Value, lines.Value.Sum(l => l.Quantity), lines.Value.Sum(l => l.Amount));
        }
    }
}
