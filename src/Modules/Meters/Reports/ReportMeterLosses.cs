using Access.SystemParameters;
using Meters.Accounts;
using Meters.Supplies;

namespace Meters.Reports;

/// <summary>Reports sold against used and remaining quantities (PM-10.3).</summary>
internal static class ReportMeterLosses
{
    internal sealed record Query(long AccountId) : IQuery<MeterLossReport>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-accounts/{accountId:long}/losses",
                    (long accountId, Sender send, CancellationToken ct) => send.Query(new Query(accountId), ct)
                )
                .WithName(nameof(ReportMeterLosses))
                .WithSummary("Report differences between sold and used")
                .WithDescription(
                    "Holds what was sold against total use and remaining as last written back. Lists differences beyond the tolerance with their "
                        + "growth, and apart from them cards that were not seen for long."
                )
                .RequireRight(MeterRights.SeeReports)
                .Reads<MeterLossReport>()
                .ProducesRefusals<MeterAccountNotFound>();
    }

    internal sealed class Handler(AppDb db, MeterReports reports, Parameters parameters, RequestContext request, TimeProvider clock)
        : QueryHandler<Query, MeterLossReport>
    {
        protected override async Task<Outcome<MeterLossReport>> Read(Query query, CancellationToken ct)
        {
            if (!await db.Set<MeterAccount>().AnyAsync(a => a.Id == query.AccountId, ct))
            {
                return new MeterAccountNotFound();
            }

            var values = await parameters.Numbers([MeterParameters.LossTolerance, MeterParameters.UnseenDays], request.Caller.BranchId, ct);
            var (tolerance, days) = (values[MeterParameters.LossTolerance], values[MeterParameters.UnseenDays]);
            var since = clock.GetUtcNow().UtcDateTime.AddDays(-days);
            return new MeterLossReport(
                tolerance,
                days,
                await reports.Losses(query.AccountId, tolerance, since, unseen: false, ct),
                await reports.Losses(query.AccountId, tolerance, since, unseen: true, ct)
            );
        }
    }
}
