using System.Net;

namespace Api.Tests.Meters;

public sealed class GetLastMeterTokenTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-14.1")]
    public async Task A_supply_without_tokens_has_no_last_one(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account));
        var supply = (await counter.Supply(home))["supplyId"]!.GetValue<string>();
        (await counter.Cashier.Get($"/v1/meter-supplies/{supply}/tokens/last")).IsRefused(
            HttpStatusCode.NotFound,
            "meter-supply-not-found"
        );
    }
}
