using Meters.Accounts;
using Meters.Supplies;

namespace Meters.Reports;

/// <summary>Reports users by state and the stock of cards (PM-10.1, PM-09.2).</summary>
internal static class ReportMeterStock
{
    internal sealed record Query : IQuery<MeterStockReport>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/meter-reports/stock", (Sender send, CancellationToken ct) => send.Query(new Query(), ct))
                .WithName(nameof(ReportMeterStock))
                .WithSummary("Report meter users and cards")
                .WithDescription("Counts users by state, and cards by kind and by who made them.")
                .RequireRight(MeterRights.SeeReports)
                .Reads<MeterStockReport>();
    }

    internal sealed class Handler(MeterReports reports) : QueryHandler<Query, MeterStockReport>
    {
        protected override async Task<Outcome<MeterStockReport>> Read(Query query, CancellationToken ct) =>
            new MeterStockReport(await reports.Users(ct), await reports.Cards(ct));
    }
}
