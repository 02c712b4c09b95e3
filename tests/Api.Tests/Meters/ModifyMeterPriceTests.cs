using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Meters;

public sealed class ModifyMeterPriceTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-02.2")]
    public async Task An_unused_price_is_modified_and_deleted_and_a_used_one_only_adjusted(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var (unused, used) = (await counter.Price(account), await counter.Price(account));
        var body = new JsonObject { ["name"] = $"商业{MeterCounter.NewCode()}", ["tiers"] = MeterCounter.Tiers((null, 5_000)) };
        var modified = (await counter.Cashier.Put($"/v1/meter-prices/{unused}", body, "\"0\"")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(5_000, modified["versions"]![0]!["tiers"]![0]!["price"]!.GetValue<long>());
        await counter.Opened(account, used);
        (await counter.Cashier.Put($"/v1/meter-prices/{used}", body, "\"0\"")).IsRefused(HttpStatusCode.Conflict, "meter-price-in-use");
        (await counter.Delete($"/v1/meter-prices/{used}", "\"1\"")).IsRefused(HttpStatusCode.Conflict, "meter-price-in-use");
        Assert.Equal(HttpStatusCode.OK, (await counter.Delete($"/v1/meter-prices/{unused}", "\"1\"")).Status);
        var left = (await counter.Cashier.Get($"/v1/meter-accounts/{account}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(used, left["prices"]!.AsArray().Single()!["priceId"]!.GetValue<string>());
    }
}
