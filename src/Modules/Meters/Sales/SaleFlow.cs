using System.Text.Json;
using Counter.Payments;
using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Documents;
using Meters.Prices;
using Meters.Supplies;
using Meters.Users;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Meters.Sales;

/// <summary>
/// Books sales and what changes them when the card has confirmed the write (PM-05.1); before that nothing is booked. When the card was read, what is
/// on it decides whether it is written at all.
/// </summary>
internal sealed class SaleFlow(MeterSaleKind kind, AppDb db, CardsOnCounter cards, MeterSightings sightings, SaleBooks books)
    : CardOperationFlow
{
    public override string Kind => KindOf(kind);

    /// <summary>The stable name of a kind's card operations.</summary>
    public static string KindOf(MeterSaleKind kind) =>
        kind switch
        {
            MeterSaleKind.Opening => "meter-opening",
            MeterSaleKind.Sale => "meter-sale",
            MeterSaleKind.Correction => "meter-correction",
            MeterSaleKind.GiveBack => "meter-give-back",
            _ => "meter-closing",
        };

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<SaleOrder>(operation.Order, Json.Options)!;
        switch (point)
        {
            case MeterCardScript.Seen seen:
                return await WasSeen(order, await cards.Of(seen.Image, ct), booking, ct);
            case BookingPoint.Confirmed:
                await books.Confirm(order, operation, booking, ct);
                return null;
            case BookingPoint.Released when order.Kind == MeterSaleKind.Opening:
                await Forget(order, booking, ct);
                return null;
            case MeterCardScript.SecretRefused:
                await RefuseCard(order, booking, ct);
                return null;
            default:
                return null;
        }
    }

    private async Task<Refusal?> WasSeen(SaleOrder order, CardOnCounter card, Booking booking, CancellationToken ct)
    {
        if (card.Card?.Id != order.CardId)
        {
            return new MeterCardUnknown();
        }

        if (order.Kind == MeterSaleKind.Opening)
        {
            return await Reserve(order, card, booking, ct);
        }

        var found = card.Supply(order.SubMeter);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var section = found.Value.Section;
        if (order.Kind == MeterSaleKind.Sale && section.Waits)
        {
            return new CardNotSwiped();
        }

        if (order.Kind is MeterSaleKind.Correction or MeterSaleKind.GiveBack && !section.Waits)
        {
            return new MeterPurchaseSwiped();
        }

        if (order.Kind is MeterSaleKind.Correction or MeterSaleKind.GiveBack && section.IsReturnTorn)
        {
            return new MeterPurchaseMaybeSwiped();
        }

        if (section.Waits != order.Waits || (order.Waits && section.Purchase!.Revision != found.Value.Supply.Revision))
        {
            return new MeterCardOutOfStep();
        }

        foreach (var supply in sightings.Keep(booking, card))
        {
            booking.Update(supply);
        }

        return null;
    }

    /// <summary>The supply takes user, account and meter before the card is written: of two at once the index lets one in.</summary>
    private async Task<Refusal?> Reserve(SaleOrder order, CardOnCounter card, Booking booking, CancellationToken ct)
    {
        var isNew = card is { Header.Kind: MeterCardKind.New, Card.Kind: MeterCardKind.New };
        if (!isNew && card.RefuseAsUserCard() is { } refusal)
        {
            return refusal;
        }

        // Written under its version: a price that is deleted at this moment is not taken into use.
        if (await db.Set<MeterPrice>().SingleOrDefaultAsync(p => p.Id == order.PriceId, ct) is not { } price)
        {
            return new MeterAccountWithoutPrice();
        }

        var supply = new MeterSupply
        {
            Id = order.SupplyId,
            UserId = order.UserId,
            AccountId = order.AccountId,
            PriceId = order.PriceId,
            State = SupplyState.Opening,
            MeterNumber = order.MeterNumber,
            CardId = order.CardId,
            YearStart = order.YearStart,
            Baseline = order.Given,
            BranchId = booking.Actor.BranchId,
        };
        supply.SetOpen(true);
        booking
            .Insert(supply)
            .Update(price)
            .IfDuplicate(MeterSupply.OnceIndex, new MeterUserOpenedBefore())
            .IfDuplicate(MeterSupply.MeterIndex, new MeterNumberTaken());
        return null;
    }

    private async Task Forget(SaleOrder order, Booking booking, CancellationToken ct)
    {
        if (await db.Set<MeterSupply>().SingleOrDefaultAsync(s => s.Id == order.SupplyId, ct) is { } supply)
        {
            booking.Delete(supply);
        }
    }

    private async Task RefuseCard(SaleOrder order, Booking booking, CancellationToken ct)
    {
        var card = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.CardId, ct);
        card.SecretRefused = true;
        booking.Update(card);
        if (order.Kind == MeterSaleKind.Opening)
        {
            await Forget(order, booking, ct);
        }
    }
}

/// <summary>Writes what a confirmed sale comes to: the sale, the supply, the money.</summary>
internal sealed class SaleBooks(AppDb db, TakenBackSales takenBack, TimeProvider clock)
{
    public async Task Confirm(SaleOrder order, CardOperation operation, Booking booking, CancellationToken ct)
    {
        // Settled without its card after it was released: the supply of an opening is not there any more.
        var supply =
            await db.Set<MeterSupply>().SingleOrDefaultAsync(s => s.Id == order.SupplyId, ct)
            ?? throw new InvalidOperationException($"The meter supply {order.SupplyId} is gone.");
        var account = await db.Set<MeterAccount>().SingleAsync(a => a.Id == order.AccountId, ct);
        var sale = Sale(order, booking);
        if (order.CorrectsId is { } corrected)
        {
            var before = await db.Set<MeterSale>().SingleAsync(s => s.Id == corrected, ct);
            before.Stands = false;
            booking.Update(before);
        }

        if (order.Kind == MeterSaleKind.Closing)
        {
            await takenBack.Take(order, supply, booking, ct);
        }

        Change(supply, order, sale);
        booking.Insert(sale).Update(supply);
        Money(order, account, booking);
        booking.WithHead(await Head(order, operation, account, supply, booking, ct));
        await Cards(order, supply, account, booking, ct);
        booking.Raise(
            MeterEvents.Sold.Of(order.SupplyId, new MeterSold(IdText.Of(order.SupplyId), Json.Name(order.Kind), order.Delta, order.Amount))
        );
    }

    private static void Change(MeterSupply supply, SaleOrder order, MeterSale sale)
    {
        if (order.Kind != MeterSaleKind.Closing)
        {
            supply.Count(order.YearStart, order.Delta);
        }

        (supply.Owed, supply.OnCard, supply.Seq, supply.Revision) = (order.OwedAfter, order.OnCard, order.Seq, order.Revision);
        (supply.Swiped, supply.LastSaleId) = (false, sale.Id);
        if (order.Kind == MeterSaleKind.Opening)
        {
            supply.State = SupplyState.Opened;
        }

        if (order.Kind == MeterSaleKind.Closing)
        {
            supply.State = SupplyState.Closed;
            supply.SetOpen(false);
        }
    }

    private static MeterSale Sale(SaleOrder order, Booking booking) =>
        new()
        {
            Id = booking.Id,
            Kind = order.Kind,
            SupplyId = order.SupplyId,
            UserId = order.UserId,
            AccountId = order.AccountId,
            PriceId = order.PriceId,
            PriceVersionId = order.PriceVersionId,
            BranchId = booking.Actor.BranchId,
            OperatorId = booking.Actor.OperatorId,
            Quantity = order.Delta,
            Amount = order.Amount,
            Sold = order.Sold,
            Parts = MeterSale.StoreParts(order.Parts),
            Stands = order.Kind != MeterSaleKind.Closing,
            OwedTaken = order.OwedTaken,
            Seq = order.Seq,
            Revision = order.Revision,
            YearStart = order.YearStart,
            SoldBefore = order.SoldBefore,
            PaymentMethod = order.PaymentMethod,
            CorrectsId = order.CorrectsId,
        };

    /// <summary>Cash and the like against the supplier's sales; either way.</summary>
    private static void Money(SaleOrder order, MeterAccount account, Booking booking)
    {
        var money = PaymentMethods.Named(order.PaymentMethod)!.Value.AccountAt(booking.Actor)!.Value;
        if (order.Amount >= 0)
        {
            booking.Move(money, account.Sales, order.Amount);
        }
        else
        {
            booking.Move(account.Sales, money, -order.Amount);
        }
    }

    private static TransactionType Type(SaleOrder order) =>
        order.Kind switch
        {
            MeterSaleKind.Opening => MeterTransactions.Opening,
            MeterSaleKind.Sale => MeterTransactions.Sale,
            MeterSaleKind.Correction when order.Amount >= 0 => MeterTransactions.Correction,
            MeterSaleKind.Correction => MeterTransactions.CorrectionBack,
            MeterSaleKind.GiveBack => MeterTransactions.GiveBack,
            _ => MeterTransactions.Closing,
        };

    private async Task<Transaction> Head(
        SaleOrder order,
        CardOperation operation,
        MeterAccount account,
        MeterSupply supply,
        Booking booking,
        CancellationToken ct
    )
    {
        var user = await db.Set<MeterUser>().SingleAsync(u => u.Id == order.UserId, ct);
        var price = await db.Set<MeterPrice>().SingleAsync(p => p.Id == order.PriceId, ct);
        var slip = new MeterSlipDetails(
            user.Id,
            user.Number,
            account.Name,
            price.Name,
            order.MeterNumber,
            operation.CardNumber,
            order.Kind == MeterSaleKind.Closing ? -order.Delta : order.Sold,
            order.Parts,
            order.OwedTaken,
            supply.Owed
        );
        return new Transaction(booking.Id, Type(order), booking.Actor)
        {
            Amount = Math.Abs(order.Amount),
            PaymentMethod = order.PaymentMethod,
            CorrectsId = order.CorrectsId,
            Details = JsonSerializer.Serialize(slip, Json.Options),
        };
    }

    /// <summary>An opening makes the card the user's; the closing of its last account voids it.</summary>
    private async Task Cards(SaleOrder order, MeterSupply supply, MeterAccount account, Booking booking, CancellationToken ct)
    {
        if (order.Kind == MeterSaleKind.Opening)
        {
            supply.OpenedOn = ChinaCalendar.Today(clock);
            var user = await db.Set<MeterUser>().SingleAsync(u => u.Id == order.UserId, ct);
            var card = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.CardId, ct);
            (card.Kind, card.UserId, card.UserNumber, card.Domain) = (
                MeterCardKind.User,
                user.Id,
                card.UserNumber ?? user.Number,
                account.Domain
            );
            user.State = MeterUserState.Opened;
            booking.Update(card).Update(user);
        }

        if (order.Kind == MeterSaleKind.Closing)
        {
            supply.ClosedOn = ChinaCalendar.Today(clock);
            if (order.Voids)
            {
                var card = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.CardId, ct);
                card.Kind = MeterCardKind.Void;
                booking.Update(card);
            }

            var others = await db.Set<MeterSupply>()
                .AnyAsync(s => s.UserId == order.UserId && s.Id != order.SupplyId && s.State != SupplyState.Closed, ct);
            if (!others)
            {
                var user = await db.Set<MeterUser>().SingleAsync(u => u.Id == order.UserId, ct);
                user.State = MeterUserState.Closed;
                booking.Update(user);
            }
        }
    }
}
