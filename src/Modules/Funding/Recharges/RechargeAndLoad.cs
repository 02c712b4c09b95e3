using FluentValidation;
using Funding.Allocations;
using Funding.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Recharges;

/// <summary>客户充值 with 圈存 in the same function (FC-09.8), by number: the chip proves itself in the card operation.</summary>
internal static class RechargeAndLoad
{
    internal sealed record Command(string CardNumber, RechargeAndLoadRequest Body) : IBookingCommand<RechargeAndLoadStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/recharges-with-load",
                    (string cardNumber, RechargeAndLoadRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(RechargeAndLoad))
                .WithOperation("RechargeAndLoad")
                .WithSummary("Recharge a customer and load the card immediately")
                .RechargesAndLoads(FundingFunctions.RechargeAndLoad)
                .Refuses(typeof(SubCardTakesNoPayment), typeof(MainCardMustBePresent));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new RechargeAndLoadBodyValidator());
        }
    }

    internal sealed class Handler(RechargeAndLoadDesk desk) : BookingHandler<Command, RechargeAndLoadStarted>
    {
        protected override Task<Outcome<Booking<RechargeAndLoadStarted>>> Decide(Command command, CancellationToken ct) =>
            desk.ByNumber(command.CardNumber, command.Body, ct);
    }
}
