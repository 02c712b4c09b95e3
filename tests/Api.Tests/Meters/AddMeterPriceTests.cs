using System.Net;

namespace Api.Tests.Meters;

public sealed class AddMeterPriceTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-01.2"), Trait("Requirement", "PM-02.1")]
    public async Task An_account_has_several_prices_and_without_one_it_cannot_sell(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = new MeterHome(await counter.User(), await counter.NewCard(), MeterCounter.NewMeter());
        (await counter.StartOpening(home, account, "1")).IsRefused(HttpStatusCode.Conflict, "meter-account-without-price");
        var residential = await counter.Price(account, MeterCounter.Zhejiang);
        await counter.Price(account, (null, 9_800));
        var shown = (await counter.Cashier.Get($"/v1/meter-accounts/{account}")).Is(HttpStatusCode.OK).Body;
        Assert.False(shown["wantsPrice"]!.GetValue<bool>());
        Assert.Equal(2, shown["prices"]!.AsArray().Count);
        Assert.Equal(3, shown["prices"]![0]!["versions"]![0]!["tiers"]!.AsArray().Count);
        await counter.Confirmed(home.Card, await counter.StartOpening(home, account, residential, 20_000));
        Assert.Equal(10_760, await counter.Sold(account));
    }
}
