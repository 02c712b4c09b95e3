using Meters.Accounts;
using Meters.Carriers.Cards;
using Meters.Supplies;
using Platform.Cards.Operations;

namespace Meters.Cards;

/// <summary>A supply with what its section of a card holds.</summary>
internal sealed record SupplyOnCard(MeterSupply Supply, MeterAccount Account, MeterSection Section)
{
    /// <summary>
    /// What waits on the card and no meter took. Of a card that took another's place only the meter knows whether it took the purchase off the old
    /// one: then the operator says so, and null where he does not.
    /// </summary>
    public long? Waiting(bool? taken) =>
        !Section.Waits ? 0
        : Section.Purchase!.Kind != PurchaseKind.Replacement && !Section.IsReturnTorn ? Supply.OnCard
        : taken is null ? null
        : taken.Value ? 0
        : Supply.OnCard;
}

/// <summary>A card as it was read, with what is known of it.</summary>
/// <param name="Card">Null where it is not in the stock.</param>
/// <param name="Supplies">The open supplies whose card it is.</param>
internal sealed record CardOnCounter(MeterCardImage Image, MeterCard? Card, IReadOnlyList<SupplyOnCard> Supplies)
{
    public MeterCardHeader? Header => Image.Header;

    /// <summary>Why this is no usable user's card; null when it is.</summary>
    public Refusal? RefuseAsUserCard() =>
        Header is not { } header || Card is null ? new MeterCardUnknown()
        : header.Kind == MeterCardKind.Void || Card.Kind == MeterCardKind.Void ? new MeterCardVoided()
        : header.Kind != MeterCardKind.User || Card.Kind != MeterCardKind.User ? new MeterCardWrongKind(Json.Name(header.Kind))
        : Card.SecretRefused ? new MeterCardSecretRefused()
        : header.UserNumber != Card.UserNumber ? new MeterCardOutOfStep()
        : null;

    /// <summary>The supply of a sub-meter, of its own maintenance area.</summary>
    public Outcome<SupplyOnCard> Supply(int subMeter)
    {
        if (RefuseAsUserCard() is { } refusal)
        {
            return refusal;
        }

        return Supplies.FirstOrDefault(s => s.Account.SubMeter == subMeter) is not { } found ? new MeterSupplyNotOnCard()
            : found.Account.DomainNumber != Header!.Domain ? new MeterCardForeignArea()
            : found.Section.Purchase is not { } purchase
            || found.Section.MeterNumber != found.Supply.MeterNumber
            || purchase.Seq != found.Supply.Seq
                ? new MeterCardOutOfStep()
            : found;
    }
}

/// <summary>Finds what is known of a card in the reader.</summary>
internal sealed class CardsOnCounter(AppDb db, MeterVault vault, RequestContext request, TimeProvider clock)
{
    /// <summary>The card of a reading that this operator made a moment ago.</summary>
    public async Task<Outcome<CardOnCounter>> OfRead(string readId, CancellationToken ct)
    {
        var (id, operatorId) = (IdText.Parse(readId) ?? 0, request.Caller.OperatorId);
        var read = await db.Set<MeterCardRead>().SingleOrDefaultAsync(r => r.Id == id && r.OperatorId == operatorId, ct);
        return read is null ? new MeterCardReadNotFound()
            : clock.GetUtcNow().UtcDateTime - read.At > Limits.ReadGoodFor ? new MeterCardReadTooOld()
            : await Of(new MeterCardImage(Convert.FromHexString(read.Image)), ct);
    }

    /// <summary>The card with these bytes.</summary>
    public async Task<CardOnCounter> Of(MeterCardImage image, CancellationToken ct)
    {
        var serial = (long?)image.Serial;
        var card = serial is null ? null : await db.Set<MeterCard>().SingleOrDefaultAsync(c => c.Serial == serial, ct);
        var supplies = card is null ? [] : await SuppliesOf(image, s => s.CardId == card.Id, ct);
        return new CardOnCounter(image, card, supplies);
    }

    private async Task<IReadOnlyList<SupplyOnCard>> SuppliesOf(
        MeterCardImage image,
        System.Linq.Expressions.Expression<Func<MeterSupply, bool>> which,
        CancellationToken ct
    )
    {
        var rows = await db.Set<MeterSupply>()
            .Where(which)
            .Where(s => s.State == SupplyState.Opened)
            .Join(db.Set<MeterAccount>(), s => s.AccountId, a => a.Id, (supply, account) => new { supply, account })
            .Take(MeterCardLayout.Sections)
            .ToListAsync(ct);
        return [.. rows.Select(r => new SupplyOnCard(r.supply, r.account, image.Section(r.account.SubMeter, vault.CardKeys)))];
    }

    /// <summary>Another card operation of this supply is not settled.</summary>
    public async Task<bool> IsHeld(MeterSupply supply, CancellationToken ct)
    {
        var id = supply.OperationId;
        return id is not null
            && await db.Set<CardOperation>()
                .AnyAsync(
                    o =>
                        o.Id == id
                        && o.State != CardOperationState.Confirmed
                        && o.State != CardOperationState.Rejected
                        && o.State != CardOperationState.NotDone,
                    ct
                );
    }
}

/// <summary>Keeps what meters wrote back, each time a card comes to a counter (PM-11.1).</summary>
internal sealed class MeterSightings(TimeProvider clock)
{
    /// <summary>
    /// Adds readings to the booking and brings the supplies up to date. The caller updates the supplies' rows. A return that is older than the one
    /// known is that of a copy, or of a card that was put aside: it is left alone.
    /// </summary>
    public IReadOnlyList<MeterSupply> Keep(Booking booking, CardOnCounter card)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var seen = new List<MeterSupply>();
        foreach (var (supply, _, section) in card.Supplies)
        {
            if (section.Return is not { } back || section.MeterNumber != supply.MeterNumber)
            {
                continue;
            }

            // China has one time zone, and meters keep its time.
            var time = DateTime.SpecifyKind(back.Time.AddHours(-8), DateTimeKind.Utc);
            if (time < supply.MeterTime || back.LastSeq > supply.Seq)
            {
                continue;
            }

            var isNew = time != supply.MeterTime || back.Remaining != supply.Remaining || back.Total != supply.TotalUse;
            supply.Swiped |= section.Purchase?.Seq == supply.Seq && back.LastSeq == supply.Seq;
            (supply.Remaining, supply.TotalUse, supply.Flags) = (back.Remaining, back.Total, (int)back.Flags);
            (supply.MeterTime, supply.SeenAt) = (time, now);
            if (isNew)
            {
                booking.Insert(Reading(supply, back, time, now));
            }

            seen.Add(supply);
        }

        return seen;
    }

    private static MeterReading Reading(MeterSupply supply, MeterReturn back, DateTime time, DateTime now) =>
        new()
        {
            Id = Ids.Next(),
            SupplyId = supply.Id,
            MeterNumber = supply.MeterNumber,
            LastSeq = back.LastSeq,
            Remaining = back.Remaining,
            TotalUse = back.Total,
            Result = (int)back.Result,
            Flags = (int)back.Flags,
            Difference = supply.Difference ?? 0,
            MeterTime = time,
            SeenAt = now,
        };
}
