using System.Net;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class CorrectMeterSaleTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-06.1")]
    public async Task The_last_sale_is_corrected_before_the_swipe_and_the_difference_is_booked(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        var less = (await counter.StartCorrection(home, quantity: 3_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal(-8_400, less.Number("difference"));
        await counter.Confirmed(home.Card, less);
        Assert.Equal(12_600, await counter.Sold(account));
        var more = (await counter.StartCorrection(home, amount: 16_800)).Is(HttpStatusCode.Accepted);
        Assert.Equal(4_200, more.Number("difference"));
        await counter.Confirmed(home.Card, more);
        Assert.Equal(16_800, await counter.Sold(account));
        await counter.Prepare(home, account);
        Assert.Equal(MeterResult.Taken, home.Swipe());
        Assert.Equal(4_000, home.Device.State.Remaining);
        (await counter.StartCorrection(home, quantity: 1)).IsRefused(HttpStatusCode.Conflict, "meter-purchase-swiped");
        Assert.Equal(4_000, (await counter.Supply(home))["totalSold"]!.GetValue<long>());
        await counter.Counter.BooksAreSound();
        (await counter.Counter.CloseDay()).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-06.1")]
    public async Task A_correction_that_the_meter_overtakes_is_refused_at_the_card(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        await counter.Prepare(home, account);
        var started = (await counter.StartCorrection(home, quantity: 3_000)).Is(HttpStatusCode.Accepted);
        home.Swipe();
        var outcome = await counter.Run(home.Card, started);
        Assert.Equal("meter-purchase-swiped", outcome["code"]!.GetValue<string>());
        Assert.Equal(21_000, await counter.Sold(account));
        await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 100));
    }
}
