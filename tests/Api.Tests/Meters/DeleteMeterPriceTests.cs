using System.Net;

namespace Api.Tests.Meters;

public sealed class DeleteMeterPriceTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-02.2")]
    public async Task A_price_of_another_version_is_not_deleted(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var price = await counter.Price(account);
        (await counter.Delete($"/v1/meter-prices/{price}", "\"7\"")).Is(HttpStatusCode.PreconditionFailed);
        (await counter.Delete($"/v1/meter-prices/{price}", "\"0\"")).Is(HttpStatusCode.OK);
        (await counter.Delete($"/v1/meter-prices/{price}", "\"0\"")).IsRefused(HttpStatusCode.NotFound, "meter-price-not-found");
    }
}
