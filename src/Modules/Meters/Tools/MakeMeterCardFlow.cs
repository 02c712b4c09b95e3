using System.Text.Json;
using Meters.Cards;
using Meters.Carriers.Cards;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Meters.Tools;

/// <summary>What the making of a card remembers.</summary>
internal sealed record CardMakingOrder(long CardId, MeterCardToMake Kind, long? AccountId, string? Domain);

/// <summary>Keeps what a card has become.</summary>
internal sealed class MakeMeterCardFlow(AppDb db, CardsOnCounter cards, TimeProvider clock) : CardOperationFlow
{
    public override string Kind => MakeMeterCard.OperationKind;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<CardMakingOrder>(operation.Order, Json.Options)!;
        switch (point)
        {
            case MeterCardScript.Seen seen:
                return WasSeen(order, await cards.Of(seen.Image, ct));
            case BookingPoint.Confirmed:
                await Confirm(order, booking, ct);
                return null;
            case MeterCardScript.SecretRefused when order.Kind != MeterCardToMake.New:
                var card = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.CardId, ct);
                card.SecretRefused = true;
                booking.Update(card);
                return null;
            default:
                return null;
        }
    }

    private static Refusal? WasSeen(CardMakingOrder order, CardOnCounter card) =>
        order.Kind == MeterCardToMake.New
            ? card.Image.Serial is null
                ? null
                : new MeterCardUsed(MeterCardFaults.KindOf(card))
            : order.Kind == MeterCardToMake.Recycled
                ? card.Supplies.Count > 0
                    ? new MeterCardInUse()
                    : null
                : card.Header is { Kind: MeterCardKind.New }
                    ? null
                    : new MeterCardUsed(MeterCardFaults.KindOf(card));

    private async Task Confirm(CardMakingOrder order, Booking booking, CancellationToken ct)
    {
        var card = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.CardId, ct);
        card.Kind = order.Kind switch
        {
            MeterCardToMake.Setting => MeterCardKind.Setting,
            MeterCardToMake.Clear => MeterCardKind.Clear,
            MeterCardToMake.Zero => MeterCardKind.Zero,
            _ => MeterCardKind.New,
        };
        (card.AccountId, card.Domain, card.UserId, card.UserNumber) = (order.AccountId, order.Domain, null, null);
        (card.MadeBy, card.MadeAt, card.BranchId) = (booking.Actor.OperatorId, clock.GetUtcNow().UtcDateTime, booking.Actor.BranchId);
        card.Recycled += order.Kind == MeterCardToMake.Recycled ? 1 : 0;
        booking.Update(card);
    }
}
