using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;

namespace Funding.Consumption;

/// <summary>One consumption of a card, as a settlement looks at it. Fen, or points.</summary>
/// <param name="Counter">The chip's offline counter after it.</param>
/// <param name="BalanceAfter">What the chip showed after it, as the station says; null where it says nothing.</param>
public sealed record SeenConsumption(int Counter, long Amount, long? BalanceAfter, DateTime ConsumedAt);

/// <summary>What a card consumed after an instant, in the order of its counters.</summary>
public sealed record LaterConsumption(IReadOnlyList<SeenConsumption> Records)
{
    /// <summary>
    /// Did the card operation take place that would have changed the chip's balance by <paramref name="change"/> (a load above zero, an
    /// unload below)? True or false where only one of the two leaves no balance below zero, or a station's word of the balance fits only
    /// one; null where the records do not tell.
    /// </summary>
    /// <param name="balanceBefore">What the chip held when the operation began, under its MAC.</param>
    public bool? Shows(long balanceBefore, long change)
    {
        var (done, notDone) = (checked(balanceBefore + change), balanceBefore);
        int? last = null;
        foreach (var record in Records)
        {
            (done, notDone) = (done - record.Amount, notDone - record.Amount);
            if (done < 0 != notDone < 0)
            {
                return notDone < 0;
            }

            // A gap in the counters is consumption still to come, and says nothing about balances.
            var follows = last is null || record.Counter == last + 1;
            if (!follows || done < 0)
            {
                return null;
            }

            if (record.BalanceAfter is { } said && (said == done || said == notDone))
            {
                return said == done;
            }

            last = record.Counter;
        }

        return null;
    }
}

/// <summary>What the pending card operations ask about consumption (FC-35.3).</summary>
public sealed class CardConsumption(AppDb db)
{
    private const int MaxRecords = 1_000;

    /// <summary>What the card paid after an instant (UTC, by the stations' clocks), booked or not; at most 1,000 records.</summary>
    public async Task<LaterConsumption> Since(long cardId, CardApplication application, DateTime instant, CancellationToken ct) =>
        new(
            await db.Set<ConsumptionRecord>()
                .Where(r => r.CardId == cardId && r.Application == application && r.ConsumedAt > instant && r.Tac != null)
                .OrderBy(r => r.Counter)
                .Take(MaxRecords)
                .Select(r => new SeenConsumption(r.Counter, r.Amount, r.BalanceAfter, r.ConsumedAt))
                .ToListAsync(ct)
        );
}
