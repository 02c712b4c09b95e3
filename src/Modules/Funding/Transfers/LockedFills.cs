using Funding.Consumption;
using Microsoft.EntityFrameworkCore;

namespace Funding.Transfers;

/// <summary>Fills whose end never reached a card, when the card will not come back to be unlocked.</summary>
public static class LockedFills
{
    /// <summary>Adds to a booking those that the card account covers, in the order of the chip's counter.</summary>
    /// <param name="balance">Fen in the card account.</param>
    /// <returns>Fen that are left of it.</returns>
    public static async Task<long> Book(AppDb db, Booking booking, Card card, long balance, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(booking);
        ArgumentNullException.ThrowIfNull(card);
        var fills = await db.Set<ConsumptionRecord>()
            .Where(r => r.CardId == card.Id && r.State == ConsumptionState.AwaitingUnlock)
            .OrderBy(r => r.Counter)
            .ToListAsync(ct);
        foreach (var fill in fills.Where(f => f.Amount <= balance))
        {
            balance -= fill.Amount;
            (fill.State, fill.TransactionId) = (ConsumptionState.Booked, booking.Id);
            booking.Update(fill).Move(card.Purse, ConsumptionBooks.Station(fill.StationCode), fill.Amount);
        }

        return balance;
    }
}
