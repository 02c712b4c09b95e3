using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Cards;

/// <summary>Stops a card on the issuer's side (FC-36.1).</summary>
internal static class BlockCard
{
    internal sealed record Command(string CardNumber) : IBookingCommand<CardChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/blocks",
                    (string cardNumber, Sender send, CancellationToken ct) => send.Book(new Command(cardNumber), ct)
                )
                .WithName(nameof(BlockCard))
                .WithOperation("BlockCard")
                .WithSummary("Block a card")
                .WithDescription("Adds the card to the blacklist that stations download.")
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
            changes.Decide(command.CardNumber, CardChange.Block, ct);
    }
}
