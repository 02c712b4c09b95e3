using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Cards;

/// <summary>Expires a card by hand (FC-36.1); those past their last day expire by themselves.</summary>
internal static class ExpireCard
{
    internal sealed record Command(string CardNumber) : IBookingCommand<CardChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/expiries",
                    (string cardNumber, Sender send, CancellationToken ct) => send.Book(new Command(cardNumber), ct)
                )
                .WithName(nameof(ExpireCard))
                .WithOperation("ExpireCard")
                .WithSummary("Expire a card")
                .WithDescription("An expired card can be unloaded or replaced, nothing else.")
                .RequireRight(CardLifeRights.Expire)
                .Books<CardChanged>(StatusCodes.Status200OK)
                .ProducesRefusals<CardNotFound, CardNotUsable, CardIsActive, CardBeingReplaced>()
                .ProducesRefusals<CustomerOutOfReach>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.CardNumber).CardNumber();
    }

    internal sealed class Handler(CardChanges changes) : BookingHandler<Command, CardChanged>
    {
        protected override Task<Outcome<Booking<CardChanged>>> Decide(Command command, CancellationToken ct) =>
            changes.Decide(command.CardNumber, CardChange.Expire, ct);
    }
}
