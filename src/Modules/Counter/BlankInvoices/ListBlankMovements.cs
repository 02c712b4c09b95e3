using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Ledger.Requests;

namespace Counter.BlankInvoices;

/// <summary>单证交接登记簿: lists what was done with blank invoices.</summary>
internal static class ListBlankMovements
{
    internal sealed record Query(PageRequest Page) : IQuery<Page<BlankMovementResponse>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/blank-invoices/movements",
                    (int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListBlankMovements))
                .WithSummary("List the register of blank invoices")
                .WithDescription(
                    "Lists receipts, handovers, returns, voids, losses and counts of the branch, oldest first, with both signatures."
                )
                .RequireRight(BlankRights.Hold)
                .Reads<Page<BlankMovementResponse>>()
                .Refuses(typeof(PageInvalid));
    }

    internal sealed class Handler(AppDb db, RequestContext request) : QueryHandler<Query, Page<BlankMovementResponse>>
    {
        protected override async Task<Outcome<Page<BlankMovementResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var (branch, after) = (request.Caller.BranchId, query.Page.AfterId);
            var rows = db.Set<BlankMovement>().Where(m => m.BranchId == branch && m.Id > after).OrderBy(m => m.Id);
            return await query.Page.Read(rows, m => m.Id, BlankMovementResponse.Of, ct);
        }
    }
}
