namespace Api.Tests.Meters;

public sealed class ListMeterReadingsTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-11.1")]
    public async Task Keeps_what_the_meter_wrote_back_each_time_the_card_comes(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        await counter.Prepare(home, account);
        var supply = (await counter.Supply(home))["supplyId"]!.GetValue<string>();
        home.Swipe();
        for (var i = 1; i <= 3; i++)
        {
            home.Device.Use(1_000);
            home.Swipe();
            await counter.Read(home.Card);
            await counter.Read(home.Card);
        }

        var readings = await counter.Cashier.Walk($"/v1/meter-supplies/{supply}/readings", 2);
        Assert.Equal([4_000L, 3_000, 2_000], readings.Select(r => r["remaining"]!.GetValue<long>()));
        Assert.All(readings, r => Assert.Equal(0, r["difference"]!.GetValue<long>()));
    }
}
