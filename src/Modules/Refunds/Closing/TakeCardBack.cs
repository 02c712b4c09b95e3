using FluentValidation;
using Issuance.CardSessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Refunds.Closing;

/// <summary>Takes a card of the customer back, proved by reading its chip (FC-25.7); over as many visits as it takes.</summary>
internal static class TakeCardBack
{
    internal sealed record Command(long ClosingId, TakeCardRequest Body) : IBookingCommand<ClosingView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/closings/{closingId:long}/cards",
                    (long closingId, TakeCardRequest body, Sender send, CancellationToken ct) => send.Book(new Command(closingId, body), ct)
                )
                .WithName(nameof(TakeCardBack))
                .WithOperation("TakeCardBack")
                .WithSummary("Take a card back")
                .WithDescription(
                    "Keeps a card of the customer, proved by a card session. Its chip must be empty. After closing, a lost card that came "
                        + "back counts for its deposit."
                )
                .RequireRight(RefundRights.CloseCustomer)
                .Books<ClosingView>(StatusCodes.Status200OK)
                .OfClosing()
                .ProducesRefusals<CardSessionNotFound, CardSessionExpired, CardOfOtherCustomer, CardTakenAlready>()
                .ProducesRefusals<PurseNotEmpty>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ClosingId).GreaterThan(0);
            RuleFor(c => c.Body.CardSessionId).NotNull().IdText();
        }
    }

    internal sealed class Handler(AppDb db, CardPresence presence, ClosingReader reader, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, ClosingView>
    {
        protected override async Task<Outcome<Booking<ClosingView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await reader.Find(command.ClosingId, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var closing = found.Value;
            if (closing.State == ClosingState.GivenUp)
            {
                return new ClosingStateForbids(closing.State);
            }

            var present = await presence.Find(command.Body.CardSessionId, ct);
            if (present.Refusal is { } absent)
            {
                return absent;
            }

            var card = present.Value.Card;
            if (card.CustomerId != closing.CustomerId)
            {
                return new CardOfOtherCustomer();
            }

            var facts = await reader.Read(closing, ct);
            var row = facts.Taken.GetValueOrDefault(card.Id);
            if (row?.TakenAt is not null)
            {
                return new CardTakenAlready();
            }

            var session = IdText.Parse(command.Body.CardSessionId);
            var onChip = await db.Set<CardSession>().Where(s => s.Id == session).Select(s => s.ChipBalance).SingleAsync(ct);
            var purse = facts.Of(card.Purse);
            // What the card account holds beyond the chip waits for consumption that stations have not sent yet.
            return (closing.State == ClosingState.Open && (onChip ?? purse) > 0)
                ? new PurseNotEmpty(onChip ?? purse)
                : await Book(facts, card, row, purse, ct);
        }

        private async Task<Booking<ClosingView>> Book(ClosingFacts facts, Card card, ClosingCard? row, long purse, CancellationToken ct)
        {
            var known = row is not null;
            row ??= new ClosingCard { ClosingId = facts.Closing.Id, CardId = card.Id };
            (row.TakenAt, row.TakenById, row.PurseWhenTaken) = (clock.GetUtcNow().UtcDateTime, request.Caller.OperatorId, purse);
            var after = facts with
            {
                Taken = new Dictionary<long, ClosingCard>(facts.Taken) { [card.Id] = row },
                Takers = new Dictionary<long, string>(facts.Takers) { [request.Caller.OperatorId] = request.Caller.Login },
            };
            var view = ClosingReader.View(after, facts.Closing.State == ClosingState.Open ? await reader.Obstacles(after, ct) : []);
            var booking = new Booking<ClosingView>(
                Ids.Next(),
                request.Actor,
                new AuditNote("take-card-back", $"card:{card.Id}", new { closing = facts.Closing.Id }),
                _ => Answer.Ok(view)
            );
            return known ? booking.Update(row) : booking.Insert(row);
        }
    }
}
