namespace Meters.Prices;

/// <summary>A tier of a price.</summary>
/// <param name="UpTo">
/// The tier ends here, in hundredths of a unit sold since the start of the price year; the boundary belongs to this tier. Null: it has no end.
/// </param>
/// <param name="Price">Ten-thousandths of a yuan for one unit, 1 to 100,000,000.</param>
public sealed record PriceTier(long? UpTo, long Price);

/// <summary>A part of a sale: a quantity at one price.</summary>
/// <param name="Quantity">Hundredths of a unit.</param>
/// <param name="Price">Ten-thousandths of a yuan for one unit.</param>
public readonly record struct PricedPart(long Quantity, long Price);

/// <summary>What a quantity costs.</summary>
/// <param name="Quantity">Hundredths of a unit.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Parts">The parts of the sale, by tier.</param>
public sealed record Priced(long Quantity, long Amount, IReadOnlyList<PricedPart> Parts);

/// <summary>
/// A flat or tiered price. Quantities are hundredths of a unit and prices ten-thousandths of a yuan, so that a product is a whole number of
/// ten-thousandths of a fen: nothing is rounded but the sum, once, half up to the fen (PM-04.2).
/// </summary>
public sealed class Tariff
{
    /// <summary>Most tiers of a price.</summary>
    public const int MostTiers = 10;

    /// <summary>The highest price of a unit: 10,000 yuan.</summary>
    public const long HighestPrice = 100_000_000;

    /// <summary>The largest quantity that a price reaches to: 20,000,000 units.</summary>
    public const long LargestQuantity = 2_000_000_000;

    /// <summary>Hundredths of a unit times ten-thousandths of a yuan, for one fen.</summary>
    private const long PerFen = 10_000;

    private readonly PriceTier[] _tiers;

    private Tariff(PriceTier[] tiers) => _tiers = tiers;

    /// <summary>The tiers in order; the last has no end.</summary>
    public IReadOnlyList<PriceTier> Tiers => _tiers;

    /// <summary>One price for all.</summary>
    public static Tariff Flat(long price) => Of([new(null, price)])!;

    /// <summary>A price from its tiers; null where they are out of order, out of range, or the last one ends.</summary>
    public static Tariff? Of(IReadOnlyList<PriceTier> tiers)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        var (fits, from) = (tiers.Count is >= 1 and <= MostTiers && tiers[^1].UpTo is null, 0L);
        for (var i = 0; fits && i < tiers.Count; i++)
        {
            fits = tiers[i].Price is >= 1 and <= HighestPrice && (i == tiers.Count - 1 || tiers[i].UpTo > from);
            from = tiers[i].UpTo ?? LargestQuantity;
            fits &= from <= LargestQuantity;
        }

        return fits ? new([.. tiers]) : null;
    }

    /// <summary>The price of the tier that the next hundredth is in, after so much was sold.</summary>
    public long PriceAfter(long sold) => _tiers.First(t => t.UpTo is null || sold < t.UpTo).Price;

    /// <summary>What a quantity costs after so much was sold in the price year.</summary>
    public Priced Cost(long sold, long quantity)
    {
        Check(sold, quantity);
        var parts = new List<PricedPart>(_tiers.Length);
        var (at, left, sum) = (sold, quantity, Int128.Zero);
        foreach (var tier in _tiers)
        {
            var room = tier.UpTo is { } end ? Math.Max(0, end - at) : left;
            var part = Math.Min(left, room);
            if (part > 0)
            {
                parts.Add(new(part, tier.Price));
                sum += (Int128)part * tier.Price;
                (at, left) = (at + part, left - part);
            }
        }

        return new(quantity, Fen(sum), parts);
    }

    /// <summary>
    /// The largest quantity that an amount of money buys: the tiers are walked until it is used up, and the quantity is rounded down. What it costs
    /// is never more than the amount.
    /// </summary>
    /// <param name="sold">Hundredths sold in the price year before.</param>
    /// <param name="amount">Fen, 0 or more.</param>
    /// <param name="most">Hundredths that may be sold at most.</param>
    public Priced Buy(long sold, long amount, long most = LargestQuantity)
    {
        Check(sold, most);
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var (at, left, quantity) = (sold, (Int128)amount * PerFen, 0L);
        foreach (var tier in _tiers)
        {
            var room = Math.Min(tier.UpTo is { } end ? Math.Max(0, end - at) : LargestQuantity, most - quantity);
            var affordable = left / tier.Price;
            var part = affordable < room ? (long)affordable : room;
            (at, left, quantity) = (at + part, left - ((Int128)part * tier.Price), quantity + part);
            if (part < room || quantity == most)
            {
                break;
            }
        }

        return Cost(sold, quantity);
    }

    /// <summary>Half up to the fen: the only rounding there is.</summary>
    public static long Fen(Int128 hundredthsTimesPrice) => (long)((hundredthsTimesPrice + (PerFen / 2)) / PerFen);

    /// <summary>What parts cost together.</summary>
    public static long Amount(IEnumerable<PricedPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Fen(parts.Aggregate(Int128.Zero, (sum, part) => sum + ((Int128)part.Quantity * part.Price)));
    }

    private static void Check(long sold, long quantity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sold);
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, LargestQuantity);
    }
}

/// <summary>What was sold at the prices that were paid, valued when some of it comes back.</summary>
public static class PaidPrices
{
    /// <summary>
    /// Takes a quantity off the parts that were sold, newest first (PM-06.2): the last part of the last sale first. Null where less was sold.
    /// </summary>
    /// <param name="oldestFirst">What was sold and not given back yet, oldest first.</param>
    /// <param name="quantity">Hundredths that come back.</param>
    public static Priced? TakeBack(IReadOnlyList<PricedPart> oldestFirst, long quantity)
    {
        ArgumentNullException.ThrowIfNull(oldestFirst);
        var (parts, left) = (new List<PricedPart>(), quantity);
        for (var i = oldestFirst.Count - 1; i >= 0 && left > 0; i--)
        {
            var part = Math.Min(left, oldestFirst[i].Quantity);
            if (part > 0)
            {
                parts.Add(new(part, oldestFirst[i].Price));
                left -= part;
            }
        }

        return left > 0 ? null : new(quantity, Tariff.Amount(parts), parts);
    }
}
