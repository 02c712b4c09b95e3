using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform;

namespace Issuance;

/// <summary>解挂 (FC-36.1): a lost card is there again, and may be used again.</summary>
internal static class FindCardAgain
{
    internal sealed record Command(string CardNumber) : IBookingCommand<CardChanged>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/findings",
                    (string cardNumber, Sender send, CancellationToken ct) => send.Book(new Command(cardNumber), ct)
                )
                .WithName(nameof(FindCardAgain))
                .WithSummary("Report a lost card found again")
                .WithDescription("A card that was replaced stays closed.")
                .RequireRight(CardLifeRights.FindAgain)
                .Books<CardChanged>(StatusCodes.Status200OK)
                .ProducesRefusals<CardNotFound, CardNotUsable, CardIsActive, CardBeingReplaced>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.CardNumber).CardNumber();
    }

    internal sealed class Handler(CardChanges changes) : BookingHandler<Command, CardChanged>
    {
        protected override Task<Outcome<Booking>> Decide(Command command, CancellationToken ct) =>
            changes.Decide(command.CardNumber, CardChange.FindAgain, ct);
    }
}
