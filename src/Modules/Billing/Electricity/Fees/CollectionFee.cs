namespace Billing.Electricity.Fees;

/// <summary>The collection fee of an agreement. Amounts are in fen, the rate in ten-thousandths of the amount; 0 is none.</summary>
internal sealed record CollectionFeeTerms(
    long PerItem,
    int Rate,
    long LeastPerItem,
    long MostPerItem,
    long LeastPerPeriod,
    long MostPerPeriod
);

/// <summary>Adds up the fee of a period from its counted payments.</summary>
internal sealed class CollectionFee(CollectionFeeTerms terms)
{
    private const long Whole = 10_000;

    private long _count;
    private long _amount;
    private long _byItem;

    private bool LimitsItems => terms.LeastPerItem > 0 || terms.MostPerItem > 0;

    public long Count => _count;

    public long Amount => _amount;

    public void Add(long amount)
    {
        _count++;
        _amount = checked(_amount + amount);
        if (LimitsItems)
        {
            _byItem = checked(_byItem + Within(terms.PerItem + Share(amount), terms.LeastPerItem, terms.MostPerItem));
        }
    }

    /// <summary>Adds payments of which only count and sum are known: enough unless each is held within limits.</summary>
    public void Add(long count, long amount)
    {
        if (LimitsItems)
        {
            throw new InvalidOperationException("The agreement limits the fee of each payment: they must be added one by one.");
        }

        _count = checked(_count + count);
        _amount = checked(_amount + amount);
    }

    /// <summary>The fee in fen. Without limits per payment the rate is on the sum, rounded half up once.</summary>
    public long Total()
    {
        var fee = LimitsItems ? _byItem : checked((_count * terms.PerItem) + Share(_amount));
        return Within(fee, terms.LeastPerPeriod, terms.MostPerPeriod);
    }

    private long Share(long amount) => (long)((((Int128)amount * terms.Rate) + (Whole / 2)) / Whole);

    private static long Within(long fee, long least, long most) => most > 0 ? Math.Min(Math.Max(fee, least), most) : Math.Max(fee, least);
}
