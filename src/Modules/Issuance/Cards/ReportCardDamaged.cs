using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Cards;

/// <summary>Reports a card whose chip does not answer (FC-36.1, FC-36.4); it can then be replaced.</summary>
internal static class ReportCardDamaged
{
    internal sealed record Command(string CardNumber, CardProofRequest Body) : IBookingCommand<CardChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/damage-reports",
                    (string cardNumber, CardProofRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(ReportCardDamaged))
                .WithOperation("ReportCardDamaged")
                .WithSummary("Report a card damaged")
                .WithDescription(
                    "If the chip is still readable, unload it first. The purse of a damaged card moves to its new card only after the "
                        + "waiting time. "
                        + CardProofRoutes.Description
                )
                .RequireRight(CardLifeRights.ReportDamaged)
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
            changes.Decide(command.CardNumber, CardChange.ReportDamaged, command.Body, ct);
    }
}
