using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Recharges;

/// <summary>客户持卡充值 (FC-10) with 圈存 in the same function (FC-09.8): for main cards too, since the card is present.</summary>
internal static class RechargeAndLoadWithCard
{
    internal sealed record Command(long SessionId, RechargeAndLoadRequest Body) : IBookingCommand<RechargeAndLoadStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-sessions/{sessionId:long}/recharges-with-load",
                    (long sessionId, RechargeAndLoadRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(sessionId, body), ct)
                )
                .WithName(nameof(RechargeAndLoadWithCard))
                .WithOperation("RechargeAndLoadWithCard")
                .WithSummary("Recharge a customer and load the card immediately, card present")
                .RechargesAndLoads(FundingFunctions.RechargeAndLoadWithCard);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SessionId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new RechargeAndLoadBodyValidator());
        }
    }

    internal sealed class Handler(RechargeAndLoadDesk desk) : BookingHandler<Command, RechargeAndLoadStarted>
    {
        protected override Task<Outcome<Booking<RechargeAndLoadStarted>>> Decide(Command command, CancellationToken ct) =>
            desk.ByCard(command.SessionId, command.Body, ct);
    }
}
