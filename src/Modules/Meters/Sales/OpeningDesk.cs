using Counter.Payments;
using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;
using Meters.Supplies;
using Meters.Users;

namespace Meters.Sales;

/// <summary>An opening as it was decided.</summary>
internal sealed record DecidedOpening(SaleOrder Order, MeterCard Card, MeterCardTask Task, MeterQuote Quote);

/// <summary>Decides openings: also with the registration of the user.</summary>
internal sealed class OpeningDesk(AppDb db, SaleDesk desk, CardsOnCounter cards)
{
    public async Task<Outcome<DecidedOpening>> Decide(MeterUser user, OpenMeterUserRequest body, CancellationToken ct)
    {
        var accountId = IdText.Parse(body.AccountId);
        var account = await db.Set<MeterAccount>().SingleOrDefaultAsync(a => a.Id == accountId, ct);
        if (account is null)
        {
            return new MeterAccountNotFound();
        }

        if (account.Carrier != MeterCarrier.Card)
        {
            return new MeterAccountTakesTokens();
        }

        var read = await cards.OfRead(body.ReadId, ct);
        if (read.Refusal is { } notRead)
        {
            return notRead;
        }

        var card = read.Value;
        if ((Refuse(card, user, account) ?? await Refuse(user, account, body.MeterNumber, card, ct)) is { } refusal)
        {
            return refusal;
        }

        return await Price(user, account, card, body, ct);
    }

    public Booking<MeterSaleStarted> Answer(DecidedOpening opening, Actor actor) =>
        desk.Answer(opening.Order, opening.Card, null, opening.Task, opening.Quote, actor, "open-meter-user");

    public Platform.Cards.Operations.CardOperationTicket Begin(Booking booking, DecidedOpening opening) =>
        desk.Begin(booking, opening.Order, opening.Card, null, opening.Task);

    private static Refusal? Refuse(CardOnCounter card, MeterUser user, MeterAccount account)
    {
        if (card.Header is { Kind: MeterCardKind.New } && card.Card is { Kind: MeterCardKind.New } made)
        {
            return made.SecretRefused ? new MeterCardSecretRefused() : null;
        }

        return card.RefuseAsUserCard() is { } no ? no
            : card.Card!.UserId != user.Id ? new MeterCardOfOtherUser()
            : card.Header!.Domain != account.DomainNumber ? new MeterCardForeignArea()
            : !card.Image.Section(account.SubMeter, s_noKeys).IsEmpty ? new MeterCardSectionTaken()
            : null;
    }

    /// <summary>Whether a section is empty needs no key.</summary>
    private static readonly MeterCardKeys s_noKeys = new((_, key) => key.Clear());

    private async Task<Refusal?> Refuse(MeterUser user, MeterAccount account, string meterNumber, CardOnCounter card, CancellationToken ct)
    {
        var open = db.Set<MeterSupply>().Where(s => s.State != SupplyState.Closed);
        if (await open.AnyAsync(s => s.UserId == user.Id && s.AccountId == account.Id, ct))
        {
            return new MeterUserOpenedBefore();
        }

        if (await open.AnyAsync(s => s.AccountId == account.Id && s.MeterNumber == meterNumber, ct))
        {
            return new MeterNumberTaken();
        }

        var hasCard =
            card.Header!.Kind == MeterCardKind.New
            && await db.Set<MeterCard>()
                .AnyAsync(c => c.UserId == user.Id && c.Kind == MeterCardKind.User && c.Domain == account.Domain, ct);
        return hasCard ? new MeterUserHasCard() : null;
    }

    private async Task<Outcome<DecidedOpening>> Price(
        MeterUser user,
        MeterAccount account,
        CardOnCounter card,
        OpenMeterUserRequest body,
        CancellationToken ct
    )
    {
        var today = await desk.Today(ct);
        var price = await desk.Price(IdText.Parse(body.PriceId) ?? 0, today, ct);
        if (price.Refusal is { } noPrice)
        {
            return noPrice;
        }

        if (price.Value.Price.AccountId != account.Id)
        {
            return new MeterAccountWithoutPrice();
        }

        // What the setting card lends is taken off the first sale.
        var owed = account.PreStoredTerms == PreStoredTerms.Lent ? account.PreStored : 0;
        var room = PurchaseRoom.Of(account, account.PreStored, owed);
        var priced = SaleDesk.Price(body, price.Value.Tariff, 0, room);
        if (priced.Refusal is { } tooMuch)
        {
            return tooMuch;
        }

        var quote = SaleDesk.Quote(priced.Value, body, owed, room, waits: false);
        var order = new SaleOrder(
            MeterSaleKind.Opening,
            Ids.Next(),
            user.Id,
            account.Id,
            card.Card!.Id,
            price.Value.Price.Id,
            price.Value.Version.Id,
            body.MeterNumber,
            account.SubMeter,
            priced.Value.Quantity,
            priced.Value.Quantity,
            priced.Value.Amount,
            priced.Value.Parts,
            price.Value.Price.YearOf(today),
            0,
            quote.OwedTaken,
            owed - quote.OwedTaken,
            quote.OnCard,
            1,
            0,
            body.PaymentMethod.ToString(),
            Given: account.PreStored - owed
        );
        var isNew = card.Header!.Kind == MeterCardKind.New;
        var header = new MeterCardHeader(MeterCardKind.User, account.DomainNumber, (uint)card.Card.Serial, user.Number);
        var task = SaleDesk.Task(card.Card, order, PurchaseKind.Opening, today) with { Header = isNew ? header : null };
        return new DecidedOpening(order, card.Card, task, quote);
    }
}

internal static class OpeningRoutes
{
    public static RouteHandlerBuilder RefusesOpenings(this RouteHandlerBuilder route) =>
        route
            .RefusesCards()
            .Refuses(
                typeof(MeterUserNotFound),
                typeof(MeterAccountNotFound),
                typeof(MeterAccountTakesTokens),
                typeof(MeterAccountWithoutPrice),
                typeof(MeterUserOpenedBefore),
                typeof(MeterNumberTaken),
                typeof(MeterCardOfOtherUser),
                typeof(MeterUserHasCard),
                typeof(MeterCardSectionTaken),
                typeof(OverMeterPurchaseLimit),
                typeof(MeterSumTooSmall),
                typeof(MeterSumTooLarge)
            );
}
