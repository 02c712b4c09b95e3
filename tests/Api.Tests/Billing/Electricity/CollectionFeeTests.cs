using Billing.Electricity.Fees;

namespace Api.Tests.Billing.Electricity;

public sealed class CollectionFeeTests
{
    private static readonly CollectionFeeTerms s_none = new(0, 0, 0, 0, 0, 0);

    [Theory]
    [InlineData(1_240, 37_200)]
    [InlineData(900, 30_000)]
    [Trait("Requirement", "EB-10.1")]
    public void A_fee_for_each_payment_has_a_least_amount_a_month(int payments, long fee)
    {
        var sum = new CollectionFee(s_none with { PerItem = 30, LeastPerPeriod = 30_000 });
        sum.Add(payments, payments * 100L);
        Assert.Equal(fee, sum.Total());
    }

    [Fact]
    [Trait("Requirement", "EB-10.1")]
    public void A_rate_is_on_the_sum_and_rounded_once()
    {
        var sum = new CollectionFee(s_none with { Rate = 20 });
        sum.Add(1, 48_621_055);
        Assert.Equal(97_242, sum.Total());
    }

    [Fact]
    [Trait("Requirement", "EB-10.1")]
    public void Limits_for_each_payment_and_for_the_period_hold()
    {
        var sum = new CollectionFee(s_none with { Rate = 100, LeastPerItem = 10, MostPerItem = 50, MostPerPeriod = 70 });
        sum.Add(100);
        Assert.Equal(10, sum.Total());
        sum.Add(10_000);
        Assert.Equal(60, sum.Total());
        sum.Add(2_500);
        Assert.Equal(70, sum.Total());
        Assert.Equal((3, 12_600), (sum.Count, sum.Amount));
    }
}
