using Counter.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Ledger.Requests;

namespace Counter.BusinessDay;

/// <summary>Shows a closed business date of the own branch as it was frozen (PL-04.1).</summary>
internal static class GetDayEnd
{
    internal sealed record Query(DateOnly Date) : IQuery<DayEndResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/branch-days/{date}", (DateOnly date, Sender send, CancellationToken ct) => send.Query(new Query(date), ct))
                .WithName(nameof(GetDayEnd))
                .WithSummary("Get a closed business date")
                .WithDescription("Returns the frozen totals and cash of a closed date of the caller's branch.")
                .RequireRight(CounterRights.SeeDayEnd)
                .Reads<DayEndResponse>()
                .Refuses(typeof(DayEndNotFound));
    }

    internal sealed class Handler(AppDb db, RequestContext request) : QueryHandler<Query, DayEndResponse>
    {
        protected override async Task<Outcome<DayEndResponse>> Read(Query query, CancellationToken ct)
        {
            var branch = request.Caller.BranchId;
            var found = await db.Set<DayEnd>()
                .Where(d => d.BranchId == branch && d.BusinessDate == query.Date)
                .Join(db.Set<Transaction>(), d => d.Id, t => t.Id, (day, head) => new { day, head.OperatorId })
                .SingleOrDefaultAsync(ct);
            if (found is null)
            {
                return new DayEndNotFound();
            }

            var day = found.day;
            var totals = await db.Set<DayEndTotal>().Where(t => t.DayEndId == day.Id).OrderBy(t => t.Line).ToListAsync(ct);
            var cash = await db.Set<DayEndCash>().Where(c => c.DayEndId == day.Id).OrderBy(c => c.OperatorId).ToListAsync(ct);
            var operators = await OperatorName.OfBranch(db, branch, ct);
            var serialNumber = SerialNumber.Of(day.Id);
            return new DayEndResponse(
                serialNumber,
                day.BusinessDate,
                day.NextDate,
                day.BookedAt,
                DayEndView.Named(found.OperatorId, operators).Login,
                [.. totals.Select(t => DayEndView.Line(t, operators))],
                [.. cash.Select(c => DayEndView.Line(c, operators))],
                day.Seal,
                [DocumentLink.To(DayEndSheet.Name, serialNumber)]
            );
        }
    }
}
