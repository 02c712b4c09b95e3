using FluentValidation;
using Issuance.Functions;
using Issuance.Replacing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Cards.Operations;

namespace Funding.Loads;

/// <summary>Moves money from a card's reserve account onto its chip.</summary>
/// <param name="Amount">Amount in fen, up to the card's purse limit; 0 loads the reserve points only. <example>20000</example></param>
public sealed record LoadCardRequest(long Amount);

/// <summary>A load is ready. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="CardNumber">The card that must be in the reader.</param>
/// <param name="Amount">The amount to load in fen.</param>
/// <param name="Points">The reserve points to load.</param>
public sealed record LoadStarted(CardOperationTicket Operation, string CardNumber, long Amount, long Points);

/// <summary>圈存 (FC-15): creates the card operation; money moves as the chip says so.</summary>
internal static class LoadCard
{
    internal sealed record Command(string CardNumber, LoadCardRequest Body) : IBookingCommand<LoadStarted>;

    /// <summary>No money was asked for, and there are no points.</summary>
    internal sealed record NothingToLoad()
        : Refusal("nothing-to-load", 409, "The card has no reserve points to load.", "该卡没有可圈存的备付积分。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/loads",
                    (string cardNumber, LoadCardRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(LoadCard))
                .WithOperation("LoadCard")
                .WithSummary("Load a card's purse from its reserve account")
                .ForCards(
                    FundingFunctions.LoadCard,
                    "Returns the ticket of a card operation. All reserve points are loaded with the money, except onto cards "
                        + "issued by another province."
                )
                .Books<LoadStarted>(StatusCodes.Status202Accepted)
                .Refuses(
                    typeof(ReserveTooSmall),
                    typeof(OverPurseLimit),
                    typeof(NothingToLoad),
                    typeof(ReplacementLoadWaits),
                    typeof(CardBusy)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body.Amount).InclusiveBetween(0, 100_000_000);
        }
    }

    internal sealed class Handler(
        AppDb db,
        PurseLimits limits,
        CardOperationEngine engine,
        LoadOrders orders,
        RequestContext request,
        TimeProvider clock
    ) : BookingHandler<Command, LoadStarted>
    {
        protected override async Task<Outcome<Booking<LoadStarted>>> Decide(Command command, CancellationToken ct)
        {
            var view = await db.CardView(command.CardNumber, ct);
            if (FundingFunctions.LoadCard.Check(view) is { } unusable)
            {
                return unusable;
            }

            var room = await limits.Of(view!.Card, request.Caller.BranchId, ct);
            var points = orders.PointsOf(view.Card, room.ReservePoints);
            return Refuse(command.Body.Amount, points, room) is { } refusal ? refusal
                : await db.LoadWaits(view.Card.Id, clock.GetUtcNow().UtcDateTime, ct) is { } waits ? waits
                : Booking(view.Card, command.Body.Amount, points);
        }

        private static Refusal? Refuse(long amount, long points, PurseRoom room) =>
            amount > room.Reserve ? new ReserveTooSmall(room.Reserve, amount)
            : amount == 0 && points == 0 ? new NothingToLoad()
            : room.Refuse(amount);

        private Booking<LoadStarted> Booking(Card card, long amount, long points)
        {
            CardOperationTicket? ticket = null;
            var booking = new Booking<LoadStarted>(
                Ids.Next(),
                request.Actor,
                new AuditNote(FundingFunctions.LoadCard.Action, $"card:{card.Id}", new { amount }),
                _ => Answer.Accepted($"/v1/card-operations/{ticket!.OperationId}", new LoadStarted(ticket, card.Number, amount, points))
            );
            ticket = engine.Create(booking, amount > 0 ? orders.Money(card, amount) : orders.PointsAlone(card, points));
            return booking.RefuseOn(date => date > card.ValidTo ? new CardNotUsable(Json.Name(CardState.Expired)) : null);
        }
    }
}

/// <summary>The reserve account holds less than the load (FC-15.6).</summary>
public sealed record ReserveTooSmall(long Balance, long Amount)
    : Refusal("reserve-too-small", 409, "The amount exceeds the card's reserve balance.", "备付金账余额不足。");

/// <summary>The rights of loading.</summary>
public static class LoadRights
{
    public static readonly Right LoadCard = new("funding.load-card", "funding", "Load a card", "圈存");
}
