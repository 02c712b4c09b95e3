using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>Shows how a card operation stands, with those that ran under its ticket after it (FC-35.1).</summary>
internal static class GetCardOperation
{
    internal sealed record Query(long OperationId) : IQuery<CardOperationView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/card-operations/{operationId:long}",
                    (long operationId, Sender send, CancellationToken ct) => send.Query(new Query(operationId), ct)
                )
                .WithName(nameof(GetCardOperation))
                .WithSummary("Get a card operation")
                .WithDescription(
                    "Available for operations of your own branch. Ask after the agent has ended, because the agent's report is no "
                        + "proof."
                )
                .AllowSignedIn()
                .Reads<CardOperationView>()
                .ProducesRefusals<NotFound>();
    }

    internal sealed class Handler(AppDb db, RequestContext request) : QueryHandler<Query, CardOperationView>
    {
        protected override async Task<Outcome<CardOperationView>> Read(Query query, CancellationToken ct)
        {
            var rows = await db.Set<CardOperation>()
                .Where(o => (o.Id == query.OperationId || o.RootId == query.OperationId) && o.BranchId == request.Caller.BranchId)
                .OrderBy(o => o.Id)
                .Take(10)
                .ToListAsync(ct);
            return rows.Find(o => o.Id == query.OperationId) is { } operation
                ? operation.View([.. rows.Where(o => o.Id != operation.Id).Select(o => o.View([]))])
                : new NotFound("card operation");
        }
    }
}

/// <summary>Shows a row as callers see it.</summary>
public static class CardOperationViews
{
    public static CardOperationView View(this CardOperation o, IReadOnlyList<CardOperationView> following) =>
        new(
            IdText.Of(o.Id),
            o.Kind,
            o.State,
            o.CardNumber,
            o.Amount,
            o.OutcomeCode,
            o.OutcomeMessage,
            o.TransactionId is { } id && o.State == CardOperationState.Confirmed ? SerialNumber.Of(id) : null,
            o.CreatedAt.AtUtc(),
            o.EndedAt.AtUtc(),
            following
        );
}
