using Meters.Sales;
using Meters.Users;

namespace Api.Tests.Meters;

public sealed class GetMeterUserTests
{
    private static readonly DateOnly s_today = new(2026, 7, 1);

    [Fact]
    [Trait("Requirement", "PM-03.2")]
    public void Habits_count_purchases_and_corrections_take_their_quantity_off()
    {
        Bought[] bought =
        [
            new(MeterSaleKind.Opening, 5_000, s_today.AddDays(-70)),
            new(MeterSaleKind.Sale, 6_000, s_today.AddDays(-40)),
            new(MeterSaleKind.Sale, 4_000, s_today.AddDays(-20)),
            new(MeterSaleKind.Correction, -1_000, s_today.AddDays(-20)),
        ];
        var habit = PurchaseHabits.Of(bought, s_today);
        Assert.Equal(new PurchaseHabit(3, 20, 20, s_today.AddDays(-20), 14_000 / 4, 14_000 / 3), habit);
        Assert.Equal(new PurchaseHabit(0, null, null, null, 0, 0), PurchaseHabits.Of([], s_today));
    }
}
