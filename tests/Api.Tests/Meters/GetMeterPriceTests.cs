using System.Net;

namespace Api.Tests.Meters;

public sealed class GetMeterPriceTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-02.1")]
    public async Task Shows_a_price_with_its_tiers(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var price = await counter.Price(account, MeterCounter.Zhejiang);
        var shown = (await counter.Cashier.Get($"/v1/meter-prices/{price}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(5_880, shown["versions"]![0]!["tiers"]![1]!["price"]!.GetValue<long>());
        Assert.Equal(0, shown["users"]!.GetValue<int>());
        (await counter.Cashier.Get("/v1/meter-prices/1")).IsRefused(HttpStatusCode.NotFound, "meter-price-not-found");
    }
}
