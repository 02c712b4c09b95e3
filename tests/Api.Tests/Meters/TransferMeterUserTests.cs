using System.Net;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class TransferMeterUserTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-06.2")]
    public async Task A_transfer_leaves_history_with_the_old_user_and_the_meter_goes_on(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account, (2_000, 10_000), (null, 20_000)), 2_000);
        await counter.Prepare(home, account);
        home.Swipe();
        var taker = await counter.User("李四");
        var card = (await counter.Supply(home))["cardNumber"]!.GetValue<string>();
        var moved = await counter.Cashier.Post($"/v1/meter-users/{home.UserId}/transfers", new { cardNumber = card, newUserId = taker });
        moved.Is(HttpStatusCode.Created);
        Assert.Equal("closed", (await counter.Supply(home))["state"]!.GetValue<string>());
        var next = new MeterHome(taker, home.Card, home.MeterNumber) { Device = home.Device };
        Assert.Equal(1_000, (await counter.StartSale(next, quantity: 1_000, dryRun: true)).Number("amount"));
        await counter.Confirmed(next.Card, await counter.StartSale(next, quantity: 1_000));
        Assert.Equal(MeterResult.Taken, next.Swipe());
        Assert.Equal(3_000, next.Device.State.Remaining);
        Assert.Single((await counter.Supply(home))["items"]!.AsArray());
        Assert.Single((await counter.Supply(next))["items"]!.AsArray());
    }
}
