using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;
using Meters.Sales;
using Meters.Supplies;
using Platform.Cards.Operations;

namespace Meters.Changes;

/// <summary>A meter that takes another's place. Quantities are hundredths of a unit.</summary>
/// <param name="ReadId" example="126437891174400003">The reading of the user's card, at most ten minutes old.</param>
/// <param name="SubMeter" example="1">Which account of the card, 1 to 4.</param>
/// <param name="NewMeterNumber" example="202600000002">The new meter's number, 12 digits.</param>
/// <param name="OldRemaining" example="3750">The remaining quantity read off the old meter; below zero in overdraft.</param>
/// <param name="OldTotal" example="283750">The total use read off the old meter.</param>
/// <param name="Reason" example="表损坏">Why, 1 to 200 characters.</param>
/// <param name="ReadBy" example="抄表员">Who read the old meter, 1 to 60 characters.</param>
/// <param name="LastPurchaseTaken">For a replacement card that was not swiped: whether the meter had taken the last purchase.</param>
public sealed record ChangeMeterRequest(
    string ReadId,
    int SubMeter,
    string NewMeterNumber,
    long OldRemaining,
    long OldTotal,
    string Reason,
    string ReadBy,
    bool? LastPurchaseTaken = null
);

/// <summary>A meter change is ready. Hand the ticket to the agent. Quantities are hundredths of a unit.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="OnCard" example="3250">What goes to the new meter: the remaining quantity less the pre-stored one, not below zero.</param>
/// <param name="Worth" example="13650">What it is worth in fen, at the price of the tier that the user is in.</param>
/// <param name="Shortfall" example="0">Owed at the next sale.</param>
public sealed record MeterChangeStarted(CardOperationTicket Operation, long OnCard, long Worth, long Shortfall);

/// <summary>换表卡调整 (PM-08.1, PM-08.2).</summary>
internal static class ChangeMeter
{
    public const string OperationKind = "meter-change";

    /// <summary>What goes to the new meter, and what is owed.</summary>
    /// <param name="remaining">Of the old meter, and what waits on the card.</param>
    /// <param name="preStored">Of the new meter.</param>
    public static (long OnCard, long Shortfall) Decide(long remaining, long preStored)
    {
        var left = remaining - preStored;
        return (Math.Max(0, left), Math.Max(0, -left));
    }

    internal sealed record Command(ChangeMeterRequest Body) : IBookingCommand<MeterChangeStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/meter-changes", (ChangeMeterRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct))
                .WithName(nameof(ChangeMeter))
                .WithOperation("ChangeMeter")
                .WithSummary("Replace a meter")
                .WithDescription(
                    "Writes what is left in the old meter to the card, less the new meter's pre-stored quantity. A shortfall is taken off the next "
                        + "sale. Empty the new meter with a zero card and set it with a setting card; then swipe the user's card."
                )
                .RequireRight(MeterRights.ChangeMeter)
                .Books<MeterChangeStarted>(StatusCodes.Status202Accepted)
                .RefusesCards()
                .Refuses(
                    typeof(MeterSupplyNotOnCard),
                    typeof(MeterNumberTaken),
                    typeof(MeterAccountWithoutPrice),
                    typeof(MeterPurchaseMaybeSwiped)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.ReadId(c => c.Body.ReadId);
            RuleFor(c => c.Body.SubMeter).InclusiveBetween(1, MeterCardLayout.Sections);
            RuleFor(c => c.Body.NewMeterNumber).NotNull().Matches("^[0-9]{12}$");
            RuleFor(c => c.Body.OldRemaining).InclusiveBetween(-Limits.Quantity, Limits.Quantity);
            RuleFor(c => c.Body.OldTotal).InclusiveBetween(0, 10 * Limits.Quantity);
            RuleFor(c => c.Body.Reason).NotNull().PlainText(Limits.Reason);
            RuleFor(c => c.Body.ReadBy).NotNull().PlainText(Limits.Name);
        }
    }

    internal sealed class Handler(AppDb db, SaleDesk desk, CardOperationEngine engine, RequestContext request)
        : BookingHandler<Command, MeterChangeStarted>
    {
        protected override async Task<Outcome<Booking<MeterChangeStarted>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var found = await desk.Find(body.ReadId, body.SubMeter, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (card, on) = found.Value;
            var (accountId, supplyId) = (on.Account.Id, on.Supply.Id);
            var taken = await db.Set<MeterSupply>()
                .AnyAsync(
                    s =>
                        s.AccountId == accountId
                        && s.MeterNumber == body.NewMeterNumber
                        && s.State != SupplyState.Closed
                        && s.Id != supplyId,
                    ct
                );
            if (taken || body.NewMeterNumber == on.Supply.MeterNumber)
            {
                return new MeterNumberTaken();
            }

            if (on.Waiting(body.LastPurchaseTaken) is not { } waiting)
            {
                return new MeterPurchaseMaybeSwiped();
            }

            var today = await desk.Today(ct);
            var price = await desk.Price(on.Supply.PriceId, today, ct);
            return price.Refusal is { } noPrice ? noPrice : Booking(body, card.Card!, on, price.Value, (waiting, today));
        }

        private Booking<MeterChangeStarted> Booking(
            ChangeMeterRequest body,
            MeterCard card,
            SupplyOnCard on,
            PriceInForce price,
            (long Waiting, DateOnly Today) now
        )
        {
            var (waiting, today) = now;
            var (onCard, shortfall) = ChangeMeter.Decide(body.OldRemaining + waiting, on.Account.PreStored);
            var unit = price.Tariff.PriceAfter(on.Supply.SoldIn(price.Price.YearOf(today)));
            var worth = Tariff.Fen((Int128)onCard * unit);
            var order = new MeterChangeOrder(
                on.Supply.Id,
                card.Id,
                on.Account.SubMeter,
                body,
                on.Section.Waits,
                waiting,
                on.Account.PreStored,
                onCard,
                shortfall,
                worth
            );
            var purchase = new MeterPurchase((ushort)(on.Supply.Seq + 1), 0, PurchaseKind.MeterChange, (uint)onCard, today);
            CardOperationTicket? ticket = null;
            var booking = new Booking<MeterChangeStarted>(
                Ids.Next(),
                request.Actor,
                new AuditNote(
                    "change-meter",
                    $"meter-supply:{on.Supply.Id}",
                    new
                    {
                        on.Supply.MeterNumber,
                        body.NewMeterNumber,
                        onCard,
                        shortfall,
                    }
                ),
                _ => Answer.Accepted($"/v1/card-operations/{ticket!.OperationId}", new MeterChangeStarted(ticket, onCard, worth, shortfall))
            );
            var task = new MeterCardTask((uint)card.Serial) { Sections = [new(on.Account.SubMeter, body.NewMeterNumber, purchase)] };
            ticket = engine.Create(
                booking,
                new NewCardOperation(OperationKind, card.Id, null, card.Number, worth, order, MeterCardScript.Start(task))
            );
            on.Supply.OperationId = IdText.Parse(ticket.OperationId);
            return booking.Update(on.Supply);
        }
    }
}
