using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Refunds.Closing;

/// <summary>Shows a closing with its checklist (FC-25.6).</summary>
internal static class GetClosing
{
    internal sealed record Query(long ClosingId) : IQuery<ClosingView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/closings/{closingId:long}",
                    (long closingId, Sender send, CancellationToken ct) => send.Query(new Query(closingId), ct)
                )
                .WithName(nameof(GetClosing))
                .WithSummary("Get a closing")
                .WithDescription(
                    "Returns the closing with every card of the customer. While it is open, also everything that keeps the customer from "
                        + "being closed, each with the call that removes it."
                )
                .RequireRight(RefundRights.See)
                .Reads<ClosingView>()
                .ProducesRefusals<ClosingNotFound, ClosingOfOtherBranch>();
    }

    internal sealed class Handler(ClosingReader reader) : QueryHandler<Query, ClosingView>
    {
        protected override async Task<Outcome<ClosingView>> Read(Query query, CancellationToken ct)
        {
            var found = await reader.Find(query.ClosingId, ct);
            return found.Refusal is { } refusal ? refusal : await reader.View(found.Value, ct);
        }
    }
}
