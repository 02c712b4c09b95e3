using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Cards;

/// <summary>解挂 (FC-36.1, FC-36.4): a lost card is there again, and may be used again.</summary>
internal static class FindCardAgain
{
    internal sealed record Command(string CardNumber, CardProofRequest Body) : IBookingCommand<CardChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/findings",
                    (string cardNumber, CardProofRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(FindCardAgain))
                .WithOperation("FindCardAgain")
                .WithSummary("Reactivate a lost card")
                .WithDescription("A replaced card stays closed. " + CardProofRoutes.Description)
                .RequireRight(CardLifeRights.FindAgain)
                .Books<CardChanged>(StatusCodes.Status200OK)
                .AsksForProof()
                .ProducesRefusals<CardNotFound, CardNotUsable, CardIsActive, CardBeingReplaced>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new CardProofValidator());
        }
    }

    internal sealed class Handler(CardChanges changes) : BookingHandler<Command, CardChanged>
    {
        protected override Task<Outcome<Booking<CardChanged>>> Decide(Command command, CancellationToken ct) =>
            changes.Decide(command.CardNumber, CardChange.FindAgain, command.Body, ct);
    }
}
