using Counter.Payments;
using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;

namespace Meters.Sales;

/// <summary>销售 (PM-05.1): by quantity or by money, to a card that was read and whose last purchase was swiped.</summary>
internal static class SellMeter
{
    internal sealed record Command(SellMeterRequest Body) : IBookingCommand<MeterSaleStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-sales",
                    async (SellMeterRequest body, bool? dryRun, Sender send, CancellationToken ct) =>
                        dryRun == true ? await send.Query(new TrySellMeter.Query(body), ct) : await send.Book(new Command(body), ct)
                )
                .WithName(nameof(SellMeter))
                .WithOperation("SellMeter")
                .WithSummary("Sell to a meter card")
                .WithDescription(
                    "Returns the ticket of a card operation. The sale is booked when the card confirms the write. Refused while the meter has "
                        + "not taken the last purchase. With dryRun the answer is a quote and nothing is booked."
                )
                .RequireRight(MeterRights.Sell)
                .Books<MeterSaleStarted>(StatusCodes.Status202Accepted)
                .Produces<MeterQuote>()
                .RefusesSales();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.ReadId(c => c.Body.ReadId);
            RuleFor(c => c.Body.SubMeter).InclusiveBetween(1, MeterCardLayout.Sections);
            this.Sum(c => c.Body.Quantity, c => c.Body.Amount);
            this.PaidBy(c => c.Body.PaymentMethod);
        }
    }

    internal sealed class Handler(SaleDesk desk, RequestContext request) : BookingHandler<Command, MeterSaleStarted>
    {
        protected override async Task<Outcome<Booking<MeterSaleStarted>>> Decide(Command command, CancellationToken ct)
        {
            var found = await desk.Find(command.Body.ReadId, command.Body.SubMeter, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (card, on) = found.Value;
            if (on.Section.Waits)
            {
                return new CardNotSwiped();
            }

            var today = await desk.Today(ct);
            var price = await desk.Price(on.Supply.PriceId, today, ct);
            if (price.Refusal is { } noPrice)
            {
                return noPrice;
            }

            var year = price.Value.Price.YearOf(today);
            var (before, room) = (on.Supply.SoldIn(year), SaleDesk.Room(on));
            var priced = SaleDesk.Price(command.Body, price.Value.Tariff, before, room);
            if (priced.Refusal is { } tooMuch)
            {
                return tooMuch;
            }

            var quote = SaleDesk.Quote(priced.Value, command.Body, on.Supply.Owed, room, waits: false);
            var order = Order(card.Card!, on, price.Value, priced.Value, quote, year, before) with
            {
                PaymentMethod = command.Body.PaymentMethod.ToString(),
            };
            var task = SaleDesk.Task(card.Card!, order, PurchaseKind.Recharge, today);
            return desk.Answer(order, card.Card!, on.Supply, task, quote, request.Actor, "sell-meter");
        }

        private static SaleOrder Order(
            MeterCard card,
            SupplyOnCard on,
            PriceInForce price,
            Priced priced,
            MeterQuote quote,
            DateOnly year,
            long before
        ) =>
            new(
                MeterSaleKind.Sale,
                on.Supply.Id,
                on.Supply.UserId,
                on.Supply.AccountId,
                card.Id,
                price.Price.Id,
                price.Version.Id,
                on.Supply.MeterNumber,
                on.Account.SubMeter,
                priced.Quantity,
                priced.Quantity,
                priced.Amount,
                priced.Parts,
                year,
                before,
                quote.OwedTaken,
                on.Supply.Owed - quote.OwedTaken,
                quote.OnCard,
                on.Supply.Seq + 1,
                0,
                ""
            );
    }
}

/// <summary>Tries a sale without booking it (PM-05.6).</summary>
internal static class TrySellMeter
{
    internal sealed record Query(SellMeterRequest Body) : IQuery<MeterQuote>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            this.ReadId(c => c.Body.ReadId);
            RuleFor(c => c.Body.SubMeter).InclusiveBetween(1, MeterCardLayout.Sections);
            this.Sum(c => c.Body.Quantity, c => c.Body.Amount);
            this.PaidBy(c => c.Body.PaymentMethod);
        }
    }

    internal sealed class Handler(SaleDesk desk) : QueryHandler<Query, MeterQuote>
    {
        protected override async Task<Outcome<MeterQuote>> Read(Query query, CancellationToken ct)
        {
            var found = await desk.Find(query.Body.ReadId, query.Body.SubMeter, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var on = found.Value.On;
            var today = await desk.Today(ct);
            var price = await desk.Price(on.Supply.PriceId, today, ct);
            if (price.Refusal is { } noPrice)
            {
                return noPrice;
            }

            var room = SaleDesk.Room(on);
            // What waits for a swipe comes to the meter before the next purchase.
            room = on.Section.Waits && room is { } free ? Math.Max(0, free - on.Supply.OnCard) : room;
            var priced = SaleDesk.Price(query.Body, price.Value.Tariff, on.Supply.SoldIn(price.Value.Price.YearOf(today)), room);
            return priced.Refusal is { } tooMuch
                ? tooMuch
                : SaleDesk.Quote(priced.Value, query.Body, on.Supply.Owed, room, on.Section.Waits);
        }
    }
}

internal static class SaleRoutes
{
    public static RouteHandlerBuilder RefusesCards(this RouteHandlerBuilder route) =>
        route.Refuses(
            typeof(MeterCardReadNotFound),
            typeof(MeterCardReadTooOld),
            typeof(MeterCardUnknown),
            typeof(MeterCardVoided),
            typeof(MeterCardWrongKind),
            typeof(MeterCardSecretRefused),
            typeof(MeterCardOutOfStep),
            typeof(MeterCardForeignArea),
            typeof(Platform.Cards.Operations.CardBusy)
        );

    public static RouteHandlerBuilder RefusesSales(this RouteHandlerBuilder route) =>
        route
            .RefusesCards()
            .Refuses(
                typeof(MeterSupplyNotOnCard),
                typeof(CardNotSwiped),
                typeof(MeterAccountWithoutPrice),
                typeof(OverMeterPurchaseLimit),
                typeof(MeterSumTooSmall),
                typeof(MeterSumTooLarge)
            );
}
