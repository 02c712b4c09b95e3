using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Issuing.SubCards;

/// <summary>Shows a batch of sub-cards.</summary>
internal static class GetSubCardBatch
{
    internal sealed record Query(long BatchId) : IQuery<SubCardBatchView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/sub-card-batches/{batchId:long}",
                    (long batchId, Sender send, CancellationToken ct) => send.Query(new Query(batchId), ct)
                )
                .WithName(nameof(GetSubCardBatch))
                .WithSummary("Get a batch of sub-cards")
                .WithDescription("Returns the holder, the cards, the remaining cards within the limit, and the issued cards of the batch.")
                .RequireRight(CustomerRights.ShowCustomer)
                .Reads<SubCardBatchView>()
                .ProducesRefusals<NotFound>();
    }

    internal sealed class Handler(AppDb db, SubCardBatches batches, RequestContext request) : QueryHandler<Query, SubCardBatchView>
    {
        protected override async Task<Outcome<SubCardBatchView>> Read(Query query, CancellationToken ct) =>
            await db.Set<SubCardBatch>().SingleOrDefaultAsync(b => b.Id == query.BatchId && b.BranchId == request.Caller.BranchId, ct)
                is { } batch
                ? await batches.View(batch, ct)
                : new NotFound("batch");
    }
}
