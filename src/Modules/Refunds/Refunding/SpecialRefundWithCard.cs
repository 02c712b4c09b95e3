using FluentValidation;
using Issuance.CardSessions;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Refunds.Refunding;

/// <summary>主卡特殊退款 (FC-28): the same with the main card present.</summary>
internal static class SpecialRefundWithCard
{
    internal sealed record Command(long SessionId, SpecialRefundRequest Body) : IBookingCommand<RefundView>;

    internal sealed record Query(long SessionId, SpecialRefundRequest Body) : IQuery<RefundPreview>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-sessions/{sessionId:long}/special-refunds",
                    (long sessionId, SpecialRefundRequest body, Sender send, CancellationToken ct, bool dryRun = false) =>
                        dryRun ? send.Query(new Query(sessionId, body), ct) : send.Book(new Command(sessionId, body), ct)
                )
                .WithName(nameof(SpecialRefundWithCard))
                .WithOperation("SpecialRefundWithCard")
                .WithSummary("Refund without closing, main card present")
                .ForCards(
                    RefundFunctions.SpecialRefundWithCard,
                    "Refunds paid money in the quota account from the newest recharges that allow the way; at most 500 at once. Bonus is "
                        + "not refundable. Needs an approval (action special-refund)."
                        + RefundRoutes.DryRun
                )
                .Refunds()
                .ProducesRefusals<RefundFeeDue>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SessionId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new SpecialRefundValidator());
        }
    }

    internal sealed class QueryValidator : AbstractValidator<Query>
    {
        public QueryValidator()
        {
            RuleFor(c => c.SessionId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new SpecialRefundValidator());
        }
    }

    internal sealed class Handler(CardPresence presence, SpecialRefunding refunding) : BookingHandler<Command, RefundView>
    {
        protected override async Task<Outcome<Booking<RefundView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await presence.Find(command.SessionId, ct);
            return found.Refusal is { } refusal
                ? refusal
                : await refunding.Book(await refunding.Draft(RefundFunctions.SpecialRefundWithCard, found.Value, command.Body, ct), ct);
        }
    }

    internal sealed class QueryHandler(CardPresence presence, SpecialRefunding refunding) : QueryHandler<Query, RefundPreview>
    {
        protected override async Task<Outcome<RefundPreview>> Read(Query query, CancellationToken ct)
        {
            var found = await presence.Find(query.SessionId, ct);
            return found.Refusal is { } refusal
                ? refusal
                : SpecialRefunding.Preview(await refunding.Draft(RefundFunctions.SpecialRefundWithCard, found.Value, query.Body, ct));
        }
    }
}
