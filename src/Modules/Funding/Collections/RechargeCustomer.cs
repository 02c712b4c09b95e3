using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Collections;

/// <summary>客户充值 (FC-09), by number: a payment into the quota account. The purse needs the card present.</summary>
internal static class RechargeCustomer
{
    internal sealed record Command(string CardNumber, CollectPaymentRequest Body) : IBookingCommand<CollectPaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/recharges",
                    (string cardNumber, CollectPaymentRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(RechargeCustomer))
                .WithOperation("RechargeCustomer")
                .WithSummary("Recharge a customer by card number")
                .Collects(FundingFunctions.RechargeCustomer);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new CollectPaymentBodyValidator());
        }
    }

    internal sealed class Handler(CollectionDesk desk) : BookingHandler<Command, CollectPaymentResponse>
    {
        protected override Task<Outcome<Booking<CollectPaymentResponse>>> Decide(Command command, CancellationToken ct) =>
            desk.ByNumber(FundingFunctions.RechargeCustomer, command.CardNumber, command.Body, ct);
    }
}
