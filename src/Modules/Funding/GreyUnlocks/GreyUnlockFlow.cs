using System.Text.Json;
using Funding.Consumption;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.GreyUnlocks;

/// <summary>What a grey unlock remembers.</summary>
internal sealed record GreyCardOrder(long CardId, long CustomerId, string CardNumber);

/// <summary>A station's record of this fill arrived, or was taken back, while the card was being read.</summary>
public sealed record GreyRecordChanged()
    : Refusal("grey-record-changed", 409, "The station's record has changed. Start again.", "加油站记录已变化，请重新办理。");

/// <summary>
/// Books an online unlock as the chip says so: the fill's record is held before MAC2 leaves, and booked from the card account when the chip
/// has paid it, so that the amount is booked once, whatever else the station sends.
/// </summary>
internal sealed class GreyUnlockFlow(AppDb db, TimeProvider clock) : CardOperationFlow
{
    public const string Name = "grey-unlock";

    public override string Kind => Name;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<GreyCardOrder>(operation.Order, Json.Options)!;
        switch (point)
        {
            case GreyUnlockScript.Unlocking unlocking:
                return await Hold(order, operation, unlocking, booking, ct);
            case BookingPoint.Confirmed:
                await Confirm(order, await Held(operation, ct), booking, ct);
                return null;
            case BookingPoint.Released:
                Release(await Held(operation, ct), booking);
                return null;
            default:
                return null;
        }
    }

    private Task<ConsumptionRecord> Held(CardOperation operation, CancellationToken ct) =>
        db.Set<ConsumptionRecord>().SingleAsync(r => r.CardId == operation.CardId && r.OperationId == operation.Id, ct);

    private async Task<Refusal?> Hold(
        GreyCardOrder order,
        CardOperation operation,
        GreyUnlockScript.Unlocking unlocking,
        Booking booking,
        CancellationToken ct
    )
    {
        var fill = unlocking.Fill;
        var key = ConsumptionRecord.KeyOf(order.CardNumber, CardApplication.Money, fill.Counter);
        var known = await db.Set<ConsumptionRecord>().SingleOrDefaultAsync(r => r.Key == key, ct);
        if (!unlocking.HasRecord)
        {
            if (known is not null)
            {
                return new GreyRecordChanged();
            }

            booking.Insert(Empty(order, operation, fill, key)).IfDuplicate(ConsumptionRecord.KeyIndex, new GreyRecordChanged());
            return null;
        }

        if (known is not { State: ConsumptionState.AwaitingUnlock } || known.Amount != fill.Amount || known.GreyTac != fill.GreyTac)
        {
            return new GreyRecordChanged();
        }

        var balance = await db.Balance(new AccountRef(IssuanceAccounts.Card, order.CardId), ct);
        if (balance < fill.Amount)
        {
            return new InsufficientBalance(IssuanceAccounts.Card.Name, balance);
        }

        (known.State, known.OperationId) = (ConsumptionState.Unlocking, operation.Id);
        booking.Update(known);
        return null;
    }

    private ConsumptionRecord Empty(GreyCardOrder order, CardOperation operation, GreyFill fill, string key) =>
        new()
        {
            Id = Ids.Next(),
            Key = key,
            CardId = order.CardId,
            Application = CardApplication.Money,
            Counter = fill.Counter,
            Amount = 0,
            StationCode = "",
            Terminal = fill.Terminal,
            ConsumedAt = clock.GetUtcNow().UtcDateTime,
            OilType = "",
            GreyTac = fill.GreyTac,
            State = ConsumptionState.Unlocking,
            OperationId = operation.Id,
            ReceivedAt = clock.GetUtcNow().UtcDateTime,
        };

    private async Task Confirm(GreyCardOrder order, ConsumptionRecord row, Booking booking, CancellationToken ct)
    {
        row.State = row.StationCode.Length == 0 ? ConsumptionState.UnlockedEmpty : ConsumptionState.Booked;
        booking.Update(row);
        if (row.Amount == 0)
        {
            return;
        }

        var card = await db.Set<Card>().SingleAsync(c => c.Id == order.CardId, ct);
        row.TransactionId = booking.Id;
        booking
            .WithHead(
                new Transaction(booking.Id, FundingTransactions.Consumption, booking.Actor)
                {
                    CustomerId = order.CustomerId,
                    CardId = order.CardId,
                    Amount = row.Amount,
                }
            )
            .Move(card.Purse, ConsumptionBooks.Station(row.StationCode), row.Amount);
    }

    private static void Release(ConsumptionRecord row, Booking booking)
    {
        if (row.StationCode.Length == 0)
        {
            booking.Delete(row);
            return;
        }

        (row.State, row.OperationId) = (ConsumptionState.AwaitingUnlock, null);
        booking.Update(row);
    }
}
