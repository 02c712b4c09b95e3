using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Cards;

/// <summary>Lets a blocked card go on (FC-36.1).</summary>
internal static class UnblockCard
{
    internal sealed record Command(string CardNumber) : IBookingCommand<CardChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/unblocks",
                    (string cardNumber, Sender send, CancellationToken ct) => send.Book(new Command(cardNumber), ct)
                )
                .WithName(nameof(UnblockCard))
                .WithOperation("UnblockCard")
                .WithSummary("Unblock a card")
                .WithDescription("Removes the card from the blacklist.")
                .RequireRight(CardLifeRights.Block)
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
            changes.Decide(command.CardNumber, CardChange.Unblock, ct);
    }
}
