using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Refunds.Closing;

namespace Refunds.Deposits;

/// <summary>Lists the deposits of a closed customer (FC-30.1).</summary>
internal static class ListDeposits
{
    internal sealed record Query(long ClosingId) : IQuery<DepositsView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/closings/{closingId:long}/deposits",
                    (long closingId, Sender send, CancellationToken ct) => send.Query(new Query(closingId), ct)
                )
                .WithName(nameof(ListDeposits))
                .WithSummary("List a closed customer's deposits")
                .WithDescription("Returns the cards with a deposit and what becomes of each.")
                .RequireRight(RefundRights.See)
                .Reads<DepositsView>()
                .OfClosing();
    }

    internal sealed class Handler(DepositReader deposits) : QueryHandler<Query, DepositsView>
    {
        protected override async Task<Outcome<DepositsView>> Read(Query query, CancellationToken ct)
        {
            var read = await deposits.Read(query.ClosingId, ct);
            return read.Refusal is { } refusal ? refusal : DepositReader.View(read.Value.Facts, read.Value.Lines, serialNumber: null);
        }
    }
}
