using Meters.Accounts;
using Meters.Carriers.Cards;
using Meters.Prices;
using Meters.Supplies;
using Meters.Users;
using Platform.Cards.Operations;
using Platform.Languages;

namespace Meters.Cards;

/// <summary>Says what card was read, whose it is, and what is wrong with it (PM-05.1, PM-09.1).</summary>
internal static class GetMeterCardRead
{
    internal sealed record Query(long ReadId) : IQuery<MeterCardReadView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-card-reads/{readId:long}",
                    (long readId, Sender send, CancellationToken ct) => send.Query(new Query(readId), ct)
                )
                .WithName(nameof(GetMeterCardRead))
                .WithSummary("Get what was read from a meter card")
                .WithDescription(
                    "Available after the agent has ended the reading, to the operator who began it. Shows the kind of the card, its faults, "
                        + "its user, and each account with its last purchase and what the meter wrote back."
                )
                .RequireRight(MeterRights.See)
                .Reads<MeterCardReadView>()
                .ProducesRefusals<MeterCardReadNotFound, MeterCardReadTooOld>();
    }

    internal sealed class Handler(AppDb db, CardsOnCounter cards, MeterVault vault, RequestContext request)
        : QueryHandler<Query, MeterCardReadView>
    {
        protected override async Task<Outcome<MeterCardReadView>> Read(Query query, CancellationToken ct)
        {
            var found = await cards.OfRead(IdText.Of(query.ReadId), ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var card = found.Value;
            var user = card.Card?.UserId is { } id ? await db.Set<MeterUser>().SingleOrDefaultAsync(u => u.Id == id, ct) : null;
            var kind = MeterCardFaults.KindOf(card);
            return new MeterCardReadView(
                IdText.Of(query.ReadId),
                kind,
                MeterCardFaults.Title(kind),
                card.Card?.Number,
                MeterCardFaults.Of(card, vault.CardKeys),
                user is null ? null : IdText.Of(user.Id),
                user?.Number,
                user is null ? null
                    : request.Caller.Has(AccessRights.SeePersonalData) ? user.Name
                    : Mask.Name(user.Name),
                await Supplies(card, ct),
                card.Header?.Kind == MeterCardKind.Setting && card.Image.Settings(vault.CardKeys) is { } s
                    ? new(s.Limit, s.PreStored, s.Alarm, s.Overdraft, s.SubMeter)
                    : null,
                await Pending(card, ct)
            );
        }

        private async Task<IReadOnlyList<MeterSupplyOnCard>> Supplies(CardOnCounter card, CancellationToken ct)
        {
            var ids = card.Supplies.Select(s => s.Supply.PriceId).ToList();
            var names = await db.Set<MeterPrice>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
            return [.. card.Supplies.OrderBy(s => s.Account.SubMeter).Select(s => Shown(s, names[s.Supply.PriceId]))];
        }

        private static MeterSupplyOnCard Shown(SupplyOnCard on, string priceName)
        {
            var (supply, account, section) = on;
            return new(
                IdText.Of(supply.Id),
                account.SubMeter,
                IdText.Of(account.Id),
                account.Name,
                priceName,
                supply.MeterNumber,
                section.Waits,
                supply.Seq,
                supply.OnCard,
                section.Purchase?.Date,
                supply.Owed,
                section.Return is { } back ? PurchaseRoom.Of(account, back.Remaining, supply.Owed) : null,
                section.Return is { } r
                    ? new(r.Remaining, r.Total, r.Result, MeterFlagNames.Of(r.Flags), r.Time.AddHours(-8).AtUtc())
                    : null
            );
        }

        private async Task<string?> Pending(CardOnCounter card, CancellationToken ct)
        {
            if (card.Card?.Id is not { } id)
            {
                return null;
            }

            var open = await db.Set<CardOperation>().Where(o => o.OpenCard == id).Select(o => (long?)o.Id).FirstOrDefaultAsync(ct);
            return open is null ? null : IdText.Of(open.Value);
        }
    }
}
