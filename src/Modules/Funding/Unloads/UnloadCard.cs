using Customers;
using FluentValidation;
using Funding.Loads;
using Issuance;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.Unloads;

/// <summary>Moves money from a card's chip to its customer's quota account.</summary>
/// <param name="Amount">Amount in fen, 1 to the purse balance. <example>20000</example></param>
public sealed record UnloadCardRequest(long Amount);

/// <summary>An unload is ready. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="CardNumber">The card that must be in the reader.</param>
/// <param name="CustomerCode">The customer whose quota account receives the money.</param>
/// <param name="Amount">The amount to unload in fen.</param>
public sealed record UnloadStarted(CardOperationTicket Operation, string CardNumber, string CustomerCode, long Amount);

/// <summary>圈提 (FC-19): creates the card operation; the quota account is credited when the chip has proved it.</summary>
internal static class UnloadCard
{
    internal sealed record Command(string CardNumber, UnloadCardRequest Body) : IBookingCommand<UnloadStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/unloads",
                    (string cardNumber, UnloadCardRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(UnloadCard))
                .WithOperation("UnloadCard")
                .WithSummary("Unload a card's purse to the quota account")
                .ForCards(FundingFunctions.UnloadCard, "Returns the ticket of a card operation. An expired card can also be unloaded.")
                .Books<UnloadStarted>(StatusCodes.Status202Accepted)
                .Refuses(typeof(PurseTooSmall), typeof(CardBusy));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, Limits.CollectionFen);
        }
    }

    internal sealed class Handler(AppDb db, CardOperationEngine engine, CardKeyRing keys, TimeProvider clock, RequestContext request)
        : BookingHandler<Command, UnloadStarted>
    {
        protected override async Task<Outcome<Booking<UnloadStarted>>> Decide(Command command, CancellationToken ct)
        {
            var view = await db.CardView(command.CardNumber, ct);
            if (FundingFunctions.UnloadCard.Check(view) is { } unusable)
            {
                return unusable;
            }

            var (card, amount) = (view!.Card, command.Body.Amount);
            var purse = await db.Balance(new AccountRef(IssuanceAccounts.Card, card.Id), ct);
            return amount > purse ? new PurseTooSmall(purse, amount) : Booking(view, amount);
        }

        private Booking<UnloadStarted> Booking(CardView view, long amount)
        {
            var card = view.Card;
            CardOperationTicket? ticket = null;
            var booking = new Booking<UnloadStarted>(
                Ids.Next(),
                request.Actor,
                new AuditNote(FundingFunctions.UnloadCard.Action, $"card:{card.Id}", new { amount }),
                _ =>
                    Answer.Accepted(
                        $"/v1/card-operations/{ticket!.OperationId}",
                        new UnloadStarted(ticket, card.Number, view.Customer.Code, amount)
                    )
            );
            var serial = PublicFile.SerialOf(keys.Profile, card.Number);
            var purse = new PurseOrder(PurseDirection.Unload, CardApplication.Money, serial, amount, LoadOrders.Terminal);
            var start = (ScriptStep.Send)PurseScript.Start(purse, keys.Context(clock));
            var order = new UnloadOrder(card.Id, card.CustomerId, card.Number, amount);
            ticket = engine.Create(
                booking,
                new NewCardOperation(UnloadFlow.Name, card.Id, card.CustomerId, card.Number, amount, order, start)
            );
            return booking;
        }
    }
}
