using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Collections;

/// <summary>客户主卡收款 (FC-12): collects at any branch of the issuer from the card that is present.</summary>
internal static class CollectWithCard
{
    internal sealed record Command(long SessionId, CollectPaymentRequest Body) : IBookingCommand<CollectPaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-sessions/{sessionId:long}/collections",
                    (long sessionId, CollectPaymentRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(sessionId, body), ct)
                )
                .WithName(nameof(CollectWithCard))
                .WithOperation("CollectWithCard")
                .WithSummary("Collect a payment, card present")
                .Collects(FundingFunctions.CollectWithCard);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SessionId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new CollectPaymentBodyValidator());
        }
    }

    internal sealed class Handler(CollectionDesk desk) : BookingHandler<Command, CollectPaymentResponse>
    {
        protected override Task<Outcome<Booking<CollectPaymentResponse>>> Decide(Command command, CancellationToken ct) =>
            desk.ByCard(FundingFunctions.CollectWithCard, command.SessionId, command.Body, ct);
    }
}
