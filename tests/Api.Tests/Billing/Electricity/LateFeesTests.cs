using System.Globalization;
using Standins.PowerCompany;

namespace Api.Tests.Billing.Electricity;

public sealed class LateFeesTests
{
    [Theory]
    [InlineData("Household", 12_835, "2009-06-20", "2009-06-20", 0)]
    [InlineData("Household", 12_835, "2009-06-20", "2009-07-05", 193)]
    [InlineData("Household", 4_000, "2009-06-20", "2009-06-25", 100)]
    [InlineData("Household", 20_000, "2009-12-25", "2010-01-04", 200)]
    [InlineData("Other", 368_040, "2009-05-25", "2009-06-09", 11_041)]
    [InlineData("Other", 1_250_000, "2009-12-20", "2010-01-10", 65_000)]
    [Trait("Requirement", "EB-02.4")]
    public void A_late_fee_runs_from_the_day_after_the_due_date_to_the_day_of_payment(
        string kind,
        long principal,
        string due,
        string paid,
        long fee
    ) =>
        Assert.Equal(
            fee,
            LateFees.Of(
                Enum.Parse<CustomerKind>(kind),
                principal,
                DateOnly.Parse(due, CultureInfo.InvariantCulture),
                DateOnly.Parse(paid, CultureInfo.InvariantCulture),
                new LateFeeTerms()
            )
        );

    [Fact]
    public void Without_the_least_fee_the_days_alone_count() =>
        Assert.Equal(
            20,
            LateFees.Of(CustomerKind.Household, 4_000, new DateOnly(2009, 6, 20), new DateOnly(2009, 6, 25), new LateFeeTerms(LeastFen: 0))
        );

    [Fact]
    public void A_cap_holds_the_fee_within_a_share_of_the_principal() =>
        Assert.Equal(
            12_835,
            LateFees.Of(
                CustomerKind.Household,
                12_835,
                new DateOnly(2000, 1, 1),
                new DateOnly(2010, 1, 1),
                new LateFeeTerms(MostPercent: 100)
            )
        );
}
