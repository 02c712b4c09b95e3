using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Collections;

/// <summary>客户持卡充值 (FC-10) into the quota account: the card is present, no number is taken.</summary>
internal static class RechargeWithCard
{
    internal sealed record Command(long SessionId, CollectPaymentRequest Body) : IBookingCommand<CollectPaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-sessions/{sessionId:long}/recharges",
                    (long sessionId, CollectPaymentRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(sessionId, body), ct)
                )
                .WithName(nameof(RechargeWithCard))
                .WithOperation("RechargeWithCard")
                .WithSummary("Recharge a customer, card present")
                .Collects(FundingFunctions.RechargeWithCard);
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
            desk.ByCard(FundingFunctions.RechargeWithCard, command.SessionId, command.Body, ct);
    }
}
