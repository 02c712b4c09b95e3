using System.Net;

namespace Api.Tests.Meters;

public sealed class ListMeterAccountsTests
{
    [Theory, EachDatabase]
    public async Task Lists_accounts_with_their_prices_page_by_page(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var price = await counter.Price(account);
        var listed = (await counter.Cashier.Walk("/v1/meter-accounts", 50)).Single(a => a["accountId"]!.GetValue<string>() == account);
        Assert.Equal(price, listed["prices"]!.AsArray().Single()!["priceId"]!.GetValue<string>());
        (await counter.Cashier.Get("/v1/meter-accounts?limit=0")).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
    }
}
