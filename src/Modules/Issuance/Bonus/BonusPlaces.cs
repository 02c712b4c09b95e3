namespace Issuance.Bonus;

/// <summary>One transaction's changes of a customer's money, in fen.</summary>
/// <param name="Bonus">Given (above zero) or taken back (below).</param>
/// <param name="Quota">What the quota account gained or lost.</param>
/// <param name="Cards">What the reserve accounts, the purses and the money under way between them gained or lost together.</param>
public readonly record struct MoneyMovement(long Bonus, long Quota, long Cards);

/// <summary>
/// Where a customer's bonus is. Paid money goes first, out of the quota account and out of the cards alike; so bonus moves only when no paid money is
/// left where it is. What leaves the quota account for a card is not spent: it comes back as what it was, else a load and an unload would turn
/// bonus into refundable money. What stations take is spent.
/// </summary>
/// <param name="Quota">Fen in the quota account.</param>
/// <param name="Cards">Fen on and under way to the cards.</param>
/// <param name="InQuota">The part of <paramref name="Quota"/> that is bonus.</param>
/// <param name="OnCards">The part of <paramref name="Cards"/> that is bonus.</param>
public readonly record struct BonusPlaces(long Quota, long Cards, long InQuota, long OnCards)
{
    public BonusPlaces After(MoneyMovement moved)
    {
        var (inQuota, onCards) = Given(moved);
        var (quota, cards) = checked((Quota + moved.Quota, Cards + moved.Cards));
        // More bonus than money: paid money did not cover what went.
        var fromQuota = Math.Max(0, inQuota - quota);
        var fromCards = Math.Max(0, onCards - cards);
        inQuota -= fromQuota;
        onCards -= fromCards;
        if (moved.Quota < 0)
        {
            // Set aside for a card, or paid out in place of paid money that is on a card: then the two have changed places.
            onCards += fromQuota;
        }
        else if (moved.Quota > 0)
        {
            inQuota += fromCards;
        }

        return new BonusPlaces(quota, cards, Within(inQuota, quota), Within(onCards, cards));
    }

    /// <summary>Bonus comes with the money it was given on; it is taken back from the quota account first.</summary>
    private (long InQuota, long OnCards) Given(MoneyMovement moved)
    {
        if (moved.Bonus >= 0)
        {
            return moved.Quota > 0 ? checked((InQuota + moved.Bonus, OnCards)) : checked((InQuota, OnCards + moved.Bonus));
        }

        var fromQuota = Math.Min(InQuota, -moved.Bonus);
        return (InQuota - fromQuota, Math.Max(0, OnCards - (-moved.Bonus - fromQuota)));
    }

    private static long Within(long bonus, long money) => Math.Max(0, Math.Min(bonus, money));
}
