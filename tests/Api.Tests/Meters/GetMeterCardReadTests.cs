using System.Net;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class GetMeterCardReadTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-09.1")]
    public async Task The_reading_says_what_is_wrong_with_a_card(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 1_000);
        var bytes = home.Card.Bytes();
        home.Card.Damage(MeterCardLayout.PurchaseA(1) + 5, (byte)(bytes[MeterCardLayout.PurchaseA(1) + 5] ^ 0x10));
        Assert.Equal("sub-meter-1-purchase-torn", (await counter.Shown(home.Card))["faults"]!.AsArray().Single()!.GetValue<string>());
        home.Card.Damage(MeterCardLayout.PurchaseB(1) + 5, 0x77);
        Assert.Equal("sub-meter-1-purchase-forged", (await counter.Shown(home.Card))["faults"]!.AsArray().Single()!.GetValue<string>());
        (await counter.StartSale(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "meter-card-out-of-step");
        home.Card.Damage(0, 0x00);
        Assert.Equal("foreign", (await counter.Shown(home.Card))["kind"]!.GetValue<string>());
    }
}
