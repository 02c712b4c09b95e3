using System.Globalization;
using Meters.Prices;
using TestRuns;

namespace Api.Tests.Meters.Prices;

public sealed class TariffTests
{
    private static readonly Tariff s_zhejiang = Tariff.Of([new(276_000, 5_380), new(480_000, 5_880), new(null, 8_380)])!;
    private static readonly Tariff s_shandong = Tariff.Of([new(252_000, 5_469), new(480_000, 5_969), new(null, 8_469)])!;

    public static TheoryData<string, string, string, string, string> Quantities =>
        new()
        {
            { "zhejiang", "0", "200", "107.60", "200*0.538" },
            { "zhejiang", "2700", "150", "85.20", "60*0.538 90*0.588" },
            { "zhejiang", "2700", "2300", "1399.40", "60*0.538 2040*0.588 200*0.838" },
            { "zhejiang", "4700", "250.55", "184.96", "100*0.588 150.55*0.838" },
            { "shandong", "2500", "150", "88.54", "20*0.5469 130*0.5969" },
            { "shandong", "2700", "2300", "1422.87", "2100*0.5969 200*0.8469" },
        };

    public static TheoryData<string, string, string, string, string, string> Sums =>
        new()
        {
            { "zhejiang", "2700", "100.00", "175.17", "100.00", "0.00" },
            { "zhejiang", "4790", "50.00", "62.64", "49.99", "0.01" },
            { "shandong", "2500", "100.00", "169.20", "100.00", "0.00" },
            { "4.20", "0", "100.00", "23.80", "99.96", "0.04" },
            { "9.80", "0", "10.05", "1.02", "10.00", "0.05" },
        };

    [Theory, MemberData(nameof(Quantities))]
    [Trait("Requirement", "PM-02.3"), Trait("Requirement", "PM-04.2")]
    public void A_quantity_costs_what_its_tiers_say(string tariff, string sold, string quantity, string money, string parts)
    {
        var priced = Named(tariff).Cost(Hundredths(sold), Hundredths(quantity));
        Assert.Equal(Hundredths(money), priced.Amount);
        Assert.Equal(parts, string.Join(' ', priced.Parts.Select(p => $"{Plain(p.Quantity, 100)}*{Plain(p.Price, 10_000)}")));
    }

    [Theory, MemberData(nameof(Sums))]
    [Trait("Requirement", "PM-04.2"), Trait("Requirement", "PM-04.3")]
    public void A_sum_buys_what_it_pays_for_and_the_rest_is_given_back(
        string tariff,
        string sold,
        string sum,
        string quantity,
        string charged,
        string back
    )
    {
        var priced = Named(tariff).Buy(Hundredths(sold), Hundredths(sum));
        Assert.Equal((Hundredths(quantity), Hundredths(charged)), (priced.Quantity, priced.Amount));
        Assert.Equal(Hundredths(back), Hundredths(sum) - priced.Amount);
    }

    [Fact]
    [Trait("Requirement", "PM-06.2")]
    public void What_comes_back_is_valued_newest_first_at_the_prices_paid()
    {
        var sold = s_zhejiang.Cost(270_000, 15_000);
        Assert.Equal(8_520, sold.Amount);
        var back = PaidPrices.TakeBack(sold.Parts, 10_000)!;
        Assert.Equal(5_830, back.Amount);
        Assert.Equal([new(9_000, 5_880), new(1_000, 5_380)], back.Parts);
        Assert.Null(PaidPrices.TakeBack(sold.Parts, 15_001));
    }

    [Fact]
    [Trait("Requirement", "PM-08.1")]
    public void A_remaining_quantity_is_worth_what_the_tier_of_now_costs()
    {
        Assert.Equal(13_650, Tariff.Flat(42_000).Cost(0, 3_250).Amount);
        Assert.Equal(5_380, s_zhejiang.PriceAfter(275_999));
        Assert.Equal(5_880, s_zhejiang.PriceAfter(276_000));
        Assert.Equal(8_380, s_zhejiang.PriceAfter(900_000));
    }

    [Fact]
    public void Tiers_out_of_order_are_no_price()
    {
        Assert.Null(Tariff.Of([]));
        Assert.Null(Tariff.Of([new(100, 1)]));
        Assert.Null(Tariff.Of([new(null, 1), new(null, 1)]));
        Assert.Null(Tariff.Of([new(100, 1), new(100, 2), new(null, 3)]));
        Assert.Null(Tariff.Of([new(null, 0)]));
        Assert.Null(Tariff.Of([new(null, Tariff.HighestPrice + 1)]));
    }

    /// <summary>Held against exact decimals, which know nothing of hundredths and ten-thousandths.</summary>
    [Fact]
    [Trait("Requirement", "PM-02.3"), Trait("Requirement", "PM-04.2"), Trait("Requirement", "PM-04.3")]
    public void Any_tariff_sum_and_place_in_the_year_agrees_with_exact_decimals()
    {
        var random = new Random(2026);
        for (var i = 0; i < RandomRuns.Times(100_000); i++)
        {
            var tariff = AnyTariff(random);
            var (sold, given) = (random.NextInt64(1_000_000), random.NextInt64(random.Next(2) == 0 ? 1_000 : 10_000_000));
            var bought = tariff.Buy(sold, given);
            Assert.InRange(bought.Amount, 0, given);
            Assert.Equal(Exact(tariff, sold, bought.Quantity), bought.Amount);
            Assert.Equal(bought.Quantity, bought.Parts.Sum(p => p.Quantity));
            Assert.Equal(bought.Amount, Tariff.Amount(bought.Parts));
            // No hundredth more may be had for the sum, by exact decimals.
            Assert.True(bought.Quantity == Tariff.LargestQuantity || ExactSum(tariff, sold, bought.Quantity + 1) > given / 100m);
            var quantity = random.NextInt64(10_000_000);
            var cost = tariff.Cost(sold, quantity);
            Assert.Equal(Exact(tariff, sold, quantity), cost.Amount);
            var again = tariff.Buy(sold, cost.Amount + 1);
            Assert.True(again.Quantity >= quantity);
        }
    }

    private static Tariff AnyTariff(Random random)
    {
        var tiers = new List<PriceTier>();
        var end = 0L;
        for (var i = random.Next(4); i > 0; i--)
        {
            end += 1 + random.NextInt64(400_000);
            tiers.Add(new(end, 1 + random.NextInt64(200_000)));
        }

        tiers.Add(new(null, 1 + random.NextInt64(200_000)));
        return Tariff.Of(tiers)!;
    }

    private static long Exact(Tariff tariff, long sold, long quantity) =>
        (long)(decimal.Round(ExactSum(tariff, sold, quantity), 2, MidpointRounding.AwayFromZero) * 100);

    private static decimal ExactSum(Tariff tariff, long sold, long quantity)
    {
        var (from, to, low, sum) = (sold / 100m, (sold + quantity) / 100m, 0m, 0m);
        foreach (var tier in tariff.Tiers)
        {
            var high = tier.UpTo is { } end ? end / 100m : decimal.MaxValue;
            sum += Math.Max(0, Math.Min(to, high) - Math.Max(from, low)) * (tier.Price / 10_000m);
            low = high;
        }

        return sum;
    }

    private static Tariff Named(string name) =>
        name switch
        {
            "zhejiang" => s_zhejiang,
            "shandong" => s_shandong,
            _ => Tariff.Flat((long)(decimal.Parse(name, CultureInfo.InvariantCulture) * 10_000)),
        };

    private static long Hundredths(string text) => (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * 100);

    private static string Plain(long value, int parts) => ((decimal)value / parts).ToString("0.####", CultureInfo.InvariantCulture);
}
