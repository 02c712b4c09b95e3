using System.Net;

namespace Api.Tests.Meters;

public sealed class GetMeterAccountTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-01.2")]
    public async Task Shows_an_account_and_whether_it_wants_a_price(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        Assert.True(
            (await counter.Cashier.Get($"/v1/meter-accounts/{account}")).Is(HttpStatusCode.OK).Body["wantsPrice"]!.GetValue<bool>()
        );
        await counter.Price(account);
        Assert.False(
            (await counter.Cashier.Get($"/v1/meter-accounts/{account}")).Is(HttpStatusCode.OK).Body["wantsPrice"]!.GetValue<bool>()
        );
        (await counter.Cashier.Get("/v1/meter-accounts/1")).IsRefused(HttpStatusCode.NotFound, "meter-account-not-found");
    }
}
