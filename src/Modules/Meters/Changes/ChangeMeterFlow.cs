using System.Text.Json;
using Meters.Cards;
using Meters.Supplies;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Meters.Changes;

/// <summary>What a meter change remembers.</summary>
internal sealed record MeterChangeOrder(
    long SupplyId,
    long CardId,
    int SubMeter,
    ChangeMeterRequest Body,
    bool Waits,
    long Waiting,
    long PreStored,
    long OnCard,
    long Shortfall,
    long Worth
);

/// <summary>Books a meter change when the card has confirmed the write.</summary>
internal sealed class ChangeMeterFlow(AppDb db, CardsOnCounter cards, MeterSightings sightings) : CardOperationFlow
{
    public override string Kind => ChangeMeter.OperationKind;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<MeterChangeOrder>(operation.Order, Json.Options)!;
        switch (point)
        {
            case MeterCardScript.Seen seen:
                return WasSeen(order, await cards.Of(seen.Image, ct), booking);
            case BookingPoint.Confirmed:
                await Confirm(order, operation, booking, ct);
                return null;
            case MeterCardScript.SecretRefused:
                var card = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.CardId, ct);
                card.SecretRefused = true;
                booking.Update(card);
                return null;
            default:
                return null;
        }
    }

    private Refusal? WasSeen(MeterChangeOrder order, CardOnCounter card, Booking booking)
    {
        var found = card.Supply(order.SubMeter);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var (supply, _, section) = found.Value;
        // What waited when the change was decided is part of what goes to the new meter.
        if (supply.Id != order.SupplyId || order.Waits != section.Waits)
        {
            return new MeterCardOutOfStep();
        }

        foreach (var seen in sightings.Keep(booking, card))
        {
            booking.Update(seen);
        }

        return null;
    }

    private async Task Confirm(MeterChangeOrder order, CardOperation operation, Booking booking, CancellationToken ct)
    {
        var supply = await db.Set<MeterSupply>().SingleAsync(s => s.Id == order.SupplyId, ct);
        var change = new MeterChange
        {
            Id = booking.Id,
            SupplyId = supply.Id,
            UserId = supply.UserId,
            OldMeter = supply.MeterNumber,
            NewMeter = order.Body.NewMeterNumber,
            OldRemaining = order.Body.OldRemaining,
            OldTotal = order.Body.OldTotal,
            Waiting = order.Waiting,
            PreStored = order.PreStored,
            OnCard = order.OnCard,
            Shortfall = order.Shortfall,
            Worth = order.Worth,
            Reason = order.Body.Reason,
            ReadBy = order.Body.ReadBy,
        };
        var old = supply.MeterNumber;
        supply.MeterNumber = order.Body.NewMeterNumber;
        supply.SetOpen(true);
        (supply.Seq, supply.Revision, supply.OnCard, supply.LastSaleId) = (supply.Seq + 1, 0, order.OnCard, null);
        (supply.Swiped, supply.Owed) = (false, checked(supply.Owed + order.Shortfall));
        (supply.Remaining, supply.TotalUse, supply.MeterTime) = (null, null, null);
        // The new meter's total begins anew; what the old one used stays in the sum.
        supply.TotalUseBefore = checked(supply.TotalUseBefore + order.Body.OldTotal);
        booking.Insert(change).Update(supply);
        booking.WithHead(
            new Transaction(booking.Id, MeterTransactions.MeterChange, booking.Actor)
            {
                Amount = order.Worth,
                Details = operation.CardNumber,
            }
        );
        booking.Raise(MeterEvents.MeterChanged.Of(supply.Id, new MeterReplaced(IdText.Of(supply.Id), old, change.NewMeter)));
    }
}
