using Billing.Electricity.Reconciliation;

namespace Billing.Electricity.Days;

/// <summary>Shows a work date.</summary>
internal static class GetWorkDate
{
    internal sealed record Query(DateOnly Date) : IQuery<WorkDateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/work-dates/{date}",
                    (DateOnly date, Sender send, CancellationToken ct) => send.Query(new Query(date), ct)
                )
                .WithName(nameof(GetWorkDate))
                .WithSummary("Get a work date")
                .WithDescription("Shows how far its day-end is, and the differences that are not settled.")
                .RequireRight(ElectricityRights.See)
                .Reads<WorkDateResponse>()
                .ProducesRefusals<WorkDateUnknown>();
    }

    internal sealed class Handler(AppDb db, Parameters parameters, RequestContext request, TimeProvider clock)
        : QueryHandler<Query, WorkDateResponse>
    {
        protected override async Task<Outcome<WorkDateResponse>> Read(Query query, CancellationToken ct)
        {
            var day = await db.Set<WorkDate>().SingleOrDefaultAsync(d => d.Date == query.Date, ct);
            if (day is null)
            {
                return new WorkDateUnknown();
            }

            var open = db.Set<ReconciliationDifference>()
                .Where(d => d.State != DifferenceState.Settled && d.State != DifferenceState.WrittenOff);
            var days = await parameters.Number(ElectricityParameters.DifferenceAge, request.Caller.BranchId, ct);
            var before = ChinaCalendar.Today(clock).AddDays(-(int)days);
            return WorkDateResponse.Of(day, await open.CountAsync(ct), await open.CountAsync(d => d.WorkDate < before, ct));
        }
    }
}
