using System.Net;
using System.Text.Json.Nodes;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class GiveMeterPurchaseBackTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-06.2")]
    public async Task An_unswiped_purchase_is_given_back_with_approval_and_the_card_is_swiped_before_the_next(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        var body = new JsonObject { ["readId"] = await counter.Read(home.Card), ["subMeter"] = 1 };
        (await counter.Cashier.Post("/v1/meter-sales/give-backs", body)).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        var started = (await counter.Cashier.PostApproved("/v1/meter-sales/give-backs", body, counter.Counter.Second)).Is(
            HttpStatusCode.Accepted
        );
        await counter.Confirmed(home.Card, started);
        Assert.Equal(0, await counter.Sold(account));
        await counter.Prepare(home, account);
        Assert.Equal(MeterResult.Taken, home.Swipe());
        Assert.Equal(0, home.Device.State.Remaining);
        await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 1_000));
        Assert.Equal(1_000, (await counter.Supply(home))["totalSold"]!.GetValue<long>());
        await counter.Counter.BooksAreSound();
    }
}
