using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>The card in the reader, from the agent's <c>GET /v1/card</c>. Give both numbers if both are known.</summary>
/// <param name="CardNumber">16 digits; null for a blank card. <example>0000019000000000</example></param>
/// <param name="ChipSerial">The chip's own serial number, 16 hex digits. <example>00112233445566AA</example></param>
public sealed record RereadPendingCardRequest(string? CardNumber = null, string? ChipSerial = null);

/// <summary>A re-read of the card is ready. Hand the ticket to the agent.</summary>
/// <param name="Operation">The unsettled operation and its ticket.</param>
/// <param name="Kind">issue, load, points-load, unload, restrict, …</param>
/// <param name="CardNumber">The card of the operation.</param>
/// <param name="Amount">Fen, or points.</param>
public sealed record RereadStarted(CardOperationTicket Operation, string Kind, string? CardNumber, long Amount);

/// <summary>
/// 重新读卡 of whatever waits on the card in the reader: one call for the front end (FC-35.2). Any branch may, since the customer may come to any;
/// what is booked stays with the branch that began. One that was settled while its card was away is looked at again when the card is back.
/// </summary>
internal static class RereadPendingCard
{
    internal sealed record Command(RereadPendingCardRequest Body) : IBookingCommand<RereadStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-re-reads",
                    (RereadPendingCardRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(RereadPendingCard))
                .WithOperation("RereadPendingCard")
                .WithSummary("Read the card again to settle its pending operation")
                .WithDescription(
                    "Returns the ticket of a card operation, or 404 card-nothing-pending if the card has no unsettled operation."
                )
                .AllowSignedIn()
                .Books<RereadStarted>(StatusCodes.Status202Accepted)
                .ProducesRefusals<CardNothingPending, CardOperationRunning, CardOperationNotUnknown, CardBusy>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.CardNumber)
                .NotNull()
                .When(c => c.Body.ChipSerial is null)
                .WithMessage("Give a card number or a chip serial.", "请提供卡号或芯片序列号。");
            RuleFor(c => c.Body.CardNumber!).CardNumber().When(c => c.Body.CardNumber is not null);
            RuleFor(c => c.Body.ChipSerial).Matches("^[0-9A-Fa-f]{16}$");
        }
    }

    internal sealed class Handler(AppDb db, CardOperationEngine engine, RequestContext request) : BookingHandler<Command, RereadStarted>
    {
        protected override async Task<Outcome<Booking<RereadStarted>>> Decide(Command command, CancellationToken ct)
        {
            var waiting = await Waiting(command.Body, ct);
            if (waiting is null)
            {
                return new CardNothingPending();
            }

            var found = await engine.Reread(waiting.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (operation, ticket) = found.Value;
            var answer = new RereadStarted(ticket, operation.Kind, operation.CardNumber, operation.Amount);
            var note = new AuditNote("re-read-card", $"card-operation:{operation.Id}");
            return new Booking<RereadStarted>(
                Ids.Next(),
                request.Actor,
                note,
                _ => Answer.Accepted($"/v1/card-operations/{operation.Id}", answer)
            )
                .Update(operation)
                .IfDuplicate(CardOperation.OpenCardIndex, new CardBusy());
        }

        private async Task<CardOperation?> Waiting(RereadPendingCardRequest card, CancellationToken ct)
        {
            var (number, chip) = (card.CardNumber, card.ChipSerial?.ToUpperInvariant());
            var ofCard = db.Set<CardOperation>()
                .Where(o => (number != null && o.CardNumber == number) || (chip != null && o.ChipSerial == chip));
            return await ofCard.Where(o => o.OpenCard != null).OrderBy(o => o.Id).FirstOrDefaultAsync(ct)
                ?? await ofCard
                    .Where(o => o.SettledAs != null && o.OutcomeCode == CardOperationEngine.SettledWithoutCard)
                    .OrderByDescending(o => o.Id)
                    .FirstOrDefaultAsync(ct);
        }
    }
}
