using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Ledger.Requests;

namespace Counter.BusinessDay;

/// <summary>
/// Shows the own branch's open business date with its running totals: what its day-end would freeze if nothing more came (PL-04.1).
/// </summary>
internal static class GetCurrentDay
{
    internal sealed record Query : IQuery<CurrentDayResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/branch-days/current", (Sender send, CancellationToken ct) => send.Query(new Query(), ct))
                .WithName(nameof(GetCurrentDay))
                .WithSummary("Get the open business date")
                .WithDescription("Returns the open date of the caller's branch with its bookings.")
                .RequireRight(CounterRights.SeeDayEnd)
                .Reads<CurrentDayResponse>();
    }

    internal sealed class Handler(AppDb db, RequestContext request) : QueryHandler<Query, CurrentDayResponse>
    {
        protected override async Task<Outcome<CurrentDayResponse>> Read(Query query, CancellationToken ct)
        {
            var branch = request.Caller.BranchId;
            var open = await db.OpenDate(branch, ct);
            var day = await DayTotals.Read(db, branch, open, dayEndId: 0, ct);
            return new CurrentDayResponse(
                open,
                [.. day.Totals.Select(t => DayEndView.Line(t, day.Operators))],
                [.. day.Cash.OrderBy(c => c.Key).Select(c => DayEndView.Running(c, day.Operators))]
            );
        }
    }
}
