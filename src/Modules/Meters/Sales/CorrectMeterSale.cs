using Counter.Payments;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;

namespace Meters.Sales;

/// <summary>A purchase has at most 255 revisions.</summary>
public sealed record MeterTooManyCorrections()
    : Refusal(
        "meter-too-many-corrections",
        409,
        "The purchase was corrected too often. Let the user swipe it.",
        "该次充值修改次数过多，请先刷表。"
    );

/// <summary>There is no sale to correct: the card carries what another meter had left.</summary>
public sealed record MeterNothingToCorrect()
    : Refusal("meter-nothing-to-correct", 409, "The last purchase on the card is not a sale.", "卡内不是充值记录，不能修改或退购。");

/// <summary>A replacement card that was not swiped since, or a torn return: only the meter knows whether it took the purchase.</summary>
public sealed record MeterPurchaseMaybeSwiped()
    : Refusal(
        "meter-purchase-maybe-swiped",
        409,
        "Only the meter knows whether it took the last purchase. Swipe the card, or state whether it had taken it.",
        "无法确定上次充值是否已刷表，请先刷表，或说明是否已刷表。"
    );

/// <summary>充值修改 (PM-06.1): the last sale, as long as the meter has not taken it.</summary>
internal static class CorrectMeterSale
{
    internal sealed record Command(CorrectMeterSaleRequest Body) : IBookingCommand<MeterSaleStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-sales/corrections",
                    (CorrectMeterSaleRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(CorrectMeterSale))
                .WithOperation("CorrectMeterSale")
                .WithSummary("Correct the last sale before it was swiped")
                .WithDescription(
                    "Replaces quantity and money of the last sale on the card, at the price of that sale. The difference is collected or given "
                        + "back by the same payment method. Refused after the meter has taken the purchase."
                )
                .RequireRight(MeterRights.Sell)
                .Books<MeterSaleStarted>(StatusCodes.Status202Accepted)
                .RefusesSales()
                .ProducesRefusals<MeterPurchaseSwiped, MeterTooManyCorrections, MeterNothingToCorrect, MeterPurchaseMaybeSwiped>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.ReadId(c => c.Body.ReadId);
            RuleFor(c => c.Body.SubMeter).InclusiveBetween(1, MeterCardLayout.Sections);
            this.Sum(c => c.Body.Quantity, c => c.Body.Amount);
        }
    }

    internal sealed class Handler(SaleDesk desk, LastSales sales, RequestContext request) : BookingHandler<Command, MeterSaleStarted>
    {
        protected override async Task<Outcome<Booking<MeterSaleStarted>>> Decide(Command command, CancellationToken ct)
        {
            var found = await sales.Unswiped(command.Body.ReadId, command.Body.SubMeter, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var last = found.Value;
            var owed = last.On.Supply.Owed + last.Sale.OwedTaken;
            var room = last.Room(owed);
            var priced = SaleDesk.Price(command.Body, last.Price.Tariff, last.Sale.SoldBefore, room);
            if (priced.Refusal is { } tooMuch)
            {
                return tooMuch;
            }

            var quote = SaleDesk.Quote(priced.Value, command.Body, owed, room, waits: true);
            var order = last.Order(MeterSaleKind.Correction, priced.Value, quote.OwedTaken, owed);
            var task = SaleDesk.Task(last.Card.Card!, order, last.On.Section.Purchase!.Kind, last.On.Section.Purchase.Date);
            return desk.Answer(order, last.Card.Card!, last.On.Supply, task, quote, request.Actor, "correct-meter-sale");
        }
    }
}

/// <summary>The last sale on a card, which waits for its swipe.</summary>
internal sealed record UnswipedSale(CardOnCounter Card, SupplyOnCard On, MeterSale Sale, PriceInForce Price)
{
    /// <summary>How much may be sold in its place.</summary>
    public long? Room(long owed) => PurchaseRoom.Of(On.Account, On.Supply.Remaining ?? OpeningRemaining, owed);

    /// <summary>A meter that never wrote back holds what the setting card put into it.</summary>
    private long OpeningRemaining => On.Supply.Seq == 1 ? On.Account.PreStored : 0;

    public SaleOrder Order(MeterSaleKind kind, Priced priced, long owedTaken, long owed) =>
        new(
            kind,
            On.Supply.Id,
            On.Supply.UserId,
            On.Supply.AccountId,
            Card.Card!.Id,
            Sale.PriceId,
            Sale.PriceVersionId,
            On.Supply.MeterNumber,
            On.Account.SubMeter,
            priced.Quantity,
            priced.Quantity - Sale.Sold,
            priced.Amount - Tariff.Amount(Sale.PricedParts),
            priced.Parts,
            Sale.YearStart,
            Sale.SoldBefore,
            owedTaken,
            owed - owedTaken,
            priced.Quantity - owedTaken,
            On.Supply.Seq,
            On.Supply.Revision + 1,
            Sale.PaymentMethod,
            Sale.Id,
            Waits: true
        );
}

/// <summary>Finds last sales that wait for their swipe.</summary>
internal sealed class LastSales(AppDb db, SaleDesk desk, PriceBook prices)
{
    public async Task<Outcome<UnswipedSale>> Unswiped(string readId, int subMeter, CancellationToken ct)
    {
        var found = await desk.Find(readId, subMeter, ct);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var (card, on) = found.Value;
        if (!on.Section.Waits)
        {
            return new MeterPurchaseSwiped();
        }

        if (on.Section.Purchase!.Kind == PurchaseKind.Replacement || on.Section.IsReturnTorn)
        {
            return new MeterPurchaseMaybeSwiped();
        }

        if (on.Section.Purchase.Revision != on.Supply.Revision)
        {
            return new MeterCardOutOfStep();
        }

        if (on.Supply.LastSaleId is not { } id)
        {
            return new MeterNothingToCorrect();
        }

        if (on.Supply.Revision == byte.MaxValue)
        {
            return new MeterTooManyCorrections();
        }

        var sale = await db.Set<MeterSale>().SingleAsync(s => s.Id == id, ct);
        return new UnswipedSale(card, on, sale, await prices.Of(sale.PriceId, sale.PriceVersionId, ct));
    }
}
