using Counter.Payments;
using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;
using Meters.Supplies;
using Platform.Cards.Operations;

namespace Meters.Sales;

/// <summary>What the card operation of a sale remembers.</summary>
/// <param name="Sold">The purchase as it will stand; 0 when it is given back.</param>
/// <param name="Delta">What is added to what was sold: below zero when it becomes less.</param>
/// <param name="Amount">Fen added; below zero when some is given back.</param>
internal sealed record SaleOrder(
    MeterSaleKind Kind,
    long SupplyId,
    long UserId,
    long AccountId,
    long CardId,
    long PriceId,
    long PriceVersionId,
    string MeterNumber,
    int SubMeter,
    long Sold,
    long Delta,
    long Amount,
    IReadOnlyList<PricedPart> Parts,
    DateOnly YearStart,
    long SoldBefore,
    long OwedTaken,
    long OwedAfter,
    long OnCard,
    int Seq,
    int Revision,
    string PaymentMethod,
    long? CorrectsId = null,
    bool Waits = false,
    bool Voids = false,
    long TakenBack = 0,
    long? FinalReading = null,
    long Given = 0
);

/// <summary>What the slices that sell have in common: finding the purchase, pricing it, and making its card operation.</summary>
internal sealed class SaleDesk(AppDb db, CardsOnCounter cards, PriceBook prices, CardOperationEngine engine, RequestContext request)
{
    /// <summary>The open business date of the caller's branch.</summary>
    public Task<DateOnly> Today(CancellationToken ct) => db.OpenDate(request.Caller.BranchId, ct);

    /// <summary>The account on the card that was read, when nothing else is under way with it.</summary>
    public async Task<Outcome<(CardOnCounter Card, SupplyOnCard On)>> Find(string readId, int subMeter, CancellationToken ct)
    {
        var read = await cards.OfRead(readId, ct);
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }

        // Before what the card holds: while a torn write is not settled, it is out of step.
        var known = read.Value.Supplies.FirstOrDefault(s => s.Account.SubMeter == subMeter);
        if (known is not null && await cards.IsHeld(known.Supply, ct))
        {
            return new CardBusy();
        }

        var found = read.Value.Supply(subMeter);
        return found.Refusal is { } no ? no : (read.Value, found.Value);
    }

    /// <summary>The price of a supply as it holds today.</summary>
    public async Task<Outcome<PriceInForce>> Price(long priceId, DateOnly today, CancellationToken ct) =>
        await prices.At(priceId, today, ct) is { } price ? price : new MeterAccountWithoutPrice();

    /// <summary>Prices a quantity or a sum of money.</summary>
    /// <param name="sum">What is wanted.</param>
    /// <param name="tariff">What it costs.</param>
    /// <param name="soldBefore">Hundredths sold in the price year before it.</param>
    /// <param name="room">Hundredths that may be sold; null without a limit.</param>
    public static Outcome<Priced> Price(IMeterSum sum, Tariff tariff, long soldBefore, long? room)
    {
        var priced = sum.Quantity is { } quantity
            ? tariff.Cost(soldBefore, quantity)
            : tariff.Buy(soldBefore, sum.Amount!.Value, Limits.Quantity);
        return priced.Quantity == 0 ? new MeterSumTooSmall()
            : priced.Quantity > room ? new OverMeterPurchaseLimit(room.Value)
            : priced.Amount > Limits.Fen ? new MeterSumTooLarge()
            : priced;
    }

    /// <summary>What the counter shows of a priced sale.</summary>
    public static MeterQuote Quote(Priced priced, IMeterSum sum, long owed, long? room, bool waits)
    {
        var taken = Math.Min(owed, priced.Quantity);
        return new(
            priced.Quantity,
            priced.Amount,
            sum.Amount is { } given ? given - priced.Amount : 0,
            taken,
            priced.Quantity - taken,
            MeterQuote.Shown(priced.Parts),
            room,
            waits
        );
    }

    /// <summary>The largest quantity that may be sold to a supply; null without a limit.</summary>
    public static long? Room(SupplyOnCard on) =>
        PurchaseRoom.Of(on.Account, on.Section.Return?.Remaining ?? on.Supply.Remaining ?? 0, on.Supply.Owed);

    /// <summary>Adds the card operation to the booking, and takes the supply for it: of two at once, one decides again and finds it taken.</summary>
    public CardOperationTicket Begin(Booking booking, SaleOrder order, MeterCard card, MeterSupply? supply, MeterCardTask task)
    {
        var ticket = engine.Create(
            booking,
            new NewCardOperation(
                SaleFlow.KindOf(order.Kind),
                card.Id,
                null,
                card.Number,
                Math.Abs(order.Amount),
                order,
                MeterCardScript.Start(task)
            )
        );
        if (supply is not null)
        {
            supply.OperationId = IdText.Parse(ticket.OperationId);
            booking.Update(supply);
        }

        return ticket;
    }

    /// <summary>The write of a purchase into its section.</summary>
    public static MeterCardTask Task(MeterCard card, SaleOrder order, PurchaseKind kind, DateOnly date) =>
        new((uint)card.Serial)
        {
            Sections =
            [
                new(
                    order.SubMeter,
                    order.MeterNumber,
                    new MeterPurchase((ushort)order.Seq, (byte)order.Revision, kind, (uint)order.OnCard, date)
                ),
            ],
        };

    /// <summary>The answer to a sale that began.</summary>
    public Booking<MeterSaleStarted> Answer(
        SaleOrder order,
        MeterCard card,
        MeterSupply? supply,
        MeterCardTask task,
        MeterQuote quote,
        Actor actor,
        string action
    )
    {
        CardOperationTicket? ticket = null;
        var difference = order.Kind is MeterSaleKind.Opening or MeterSaleKind.Sale ? (long?)null : order.Amount;
        var booking = new Booking<MeterSaleStarted>(
            Ids.Next(),
            actor,
            new AuditNote(action, $"meter-supply:{order.SupplyId}", new { order.Sold, order.Amount }),
            _ =>
                Platform.Ledger.Answer.Accepted(
                    $"/v1/card-operations/{ticket!.OperationId}",
                    new MeterSaleStarted(ticket, quote, card.Number, difference)
                )
        );
        ticket = Begin(booking, order, card, supply, task);
        return booking;
    }
}
