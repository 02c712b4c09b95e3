using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Platform.CardOperations;

/// <summary>A card operation that waits to be settled (FC-35.1).</summary>
/// <param name="OperationId">Decimal digits.</param>
/// <param name="Kind">issue, load, points-load, recharge, unload, restrict, …</param>
/// <param name="State">unknown: read the card again. exception: a person decides.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="ChipSerial">The chip's own serial number, hex, of an issue.</param>
/// <param name="Amount">Fen, or points.</param>
/// <param name="Code">Why nobody knows its end.</param>
/// <param name="OperatorId">Who began it.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="AgeSeconds">How long it has waited since then.</param>
public sealed record PendingCardOperation(
    string OperationId,
    string Kind,
    CardOperationState State,
    string? CardNumber,
    string? ChipSerial,
    long Amount,
    string? Code,
    string OperatorId,
    DateTimeOffset CreatedAt,
    long AgeSeconds
);

/// <summary>异常流水检查: lists the branch's card operations whose end on the chip is unknown, oldest first (FC-35.1).</summary>
internal static class ListPendingOperations
{
    internal sealed record Query(PageRequest Page) : IQuery<Page<PendingCardOperation>>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/card-operations",
                    (int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListPendingOperations))
                .WithSummary("List the branch's card operations that wait to be settled")
                .AllowSignedIn()
                .Reads<Page<PendingCardOperation>>()
                .ProducesRefusals<PageInvalid>();
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : QueryHandler<Query, Page<PendingCardOperation>>
    {
        protected override async Task<Outcome<Page<PendingCardOperation>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var (branch, after, now) = (request.Caller.BranchId, query.Page.AfterId, clock.GetUtcNow().UtcDateTime);
            var rows = db.Set<CardOperation>()
                .Where(o => o.BranchId == branch && (o.State == CardOperationState.Unknown || o.State == CardOperationState.Exception))
                .Where(o => o.Id > after)
                .OrderBy(o => o.Id);
            return await query.Page.Read(rows, o => o.Id, o => Shown(o, now), ct);
        }

        private static PendingCardOperation Shown(CardOperation o, DateTime now) =>
            new(
                IdText.Of(o.Id),
                o.Kind,
                o.State,
                o.CardNumber,
                o.ChipSerial,
                o.Amount,
                o.OutcomeCode,
                o.OperatorId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                o.CreatedAt.AtUtc(),
                (long)(now - o.CreatedAt).TotalSeconds
            );
    }
}
