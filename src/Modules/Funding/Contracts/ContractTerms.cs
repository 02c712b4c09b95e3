namespace Funding.Contracts;

/// <summary>What a payment earns: bonus in fen, and points.</summary>
public readonly record struct Gift(long Bonus, long Points);

/// <summary>One tier of a contract.</summary>
/// <param name="FromAmount" example="10000">The lowest payment of this tier in fen, 1 to 100,000,000.</param>
/// <param name="BonusBasisPoints" example="100">Bonus in hundredths of a percent of the payment, 0 to 10,000.</param>
/// <param name="PointsPerYuan" example="1">Points per yuan, 0 to 1,000. Points are proportional to the payment in fen and rounded down. A
/// payment of 0.99 yuan at 1,000 points gives 990.</param>
public sealed record ContractTier(long FromAmount, int BonusBasisPoints, int PointsPerYuan);

/// <summary>The terms of a discount contract.</summary>
/// <param name="CustomerIds">The customers of the contract. Empty means all.</param>
/// <param name="CardTypes">The card types of the contract. Empty means all.</param>
/// <param name="Tiers">By amount, rising.</param>
/// <param name="BonusCap">The maximum bonus of one payment in fen; null means no maximum.</param>
public sealed record ContractTerms(
    IReadOnlyList<long> CustomerIds,
    IReadOnlyList<CardType> CardTypes,
    IReadOnlyList<ContractTier> Tiers,
    long? BonusCap
)
{
    public const int MaxCustomers = 100;
    public const int MaxTiers = 20;
    public const int MaxBasisPoints = 10_000;
    public const int MaxPointsPerYuan = 1_000;

    /// <summary>
    /// The highest tier that the amount reaches decides; bonus is rounded down to the fen and points to the point, then the cap holds. Below the
    /// first tier nothing is earned.
    /// </summary>
    public Gift GiftFor(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ContractTier? reached = null;
        foreach (var tier in Tiers)
        {
            if (tier.FromAmount <= amount && (reached is null || tier.FromAmount > reached.FromAmount))
            {
                reached = tier;
            }
        }

        if (reached is null)
        {
            return default;
        }

        var bonus = checked(amount * reached.BonusBasisPoints) / 10_000;
        var points = checked(amount * reached.PointsPerYuan) / 100;
        return new Gift(Math.Min(bonus, BonusCap ?? bonus), points);
    }
}
