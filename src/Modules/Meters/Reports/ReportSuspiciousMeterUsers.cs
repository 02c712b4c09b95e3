using Meters.Accounts;
using Meters.Supplies;

namespace Meters.Reports;

/// <summary>Reports suspicious users with rule, thresholds and evidence (PM-10.2).</summary>
internal static class ReportSuspiciousMeterUsers
{
    internal sealed record Query(long AccountId) : IQuery<SuspiciousMeterUsersReport>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-accounts/{accountId:long}/suspicious-users",
                    (long accountId, Sender send, CancellationToken ct) => send.Query(new Query(accountId), ct)
                )
                .WithName(nameof(ReportSuspiciousMeterUsers))
                .WithSummary("Report suspicious meter users")
                .WithDescription(
                    "Finds open users of an account whose purchases are far from their own past or from their price group, or whose meter reports "
                        + "tampering, overdraft beyond its limit, a falling total or missing use. Shows the thresholds and the evidence."
                )
                .RequireRight(MeterRights.SeeReports)
                .Reads<SuspiciousMeterUsersReport>()
                .ProducesRefusals<MeterAccountNotFound>();
    }

    internal sealed class Handler(AppDb db, SuspicionReport report) : QueryHandler<Query, SuspiciousMeterUsersReport>
    {
        protected override async Task<Outcome<SuspiciousMeterUsersReport>> Read(Query query, CancellationToken ct)
        {
            if (await db.Set<MeterAccount>().SingleOrDefaultAsync(a => a.Id == query.AccountId, ct) is not { } account)
            {
                return new MeterAccountNotFound();
            }

            var than = await report.Thresholds(ct);
            return new SuspiciousMeterUsersReport(than, await report.Of(account, than, ct));
        }
    }
}
