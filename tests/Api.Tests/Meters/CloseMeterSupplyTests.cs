using System.Net;
using System.Text.Json.Nodes;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class CloseMeterSupplyTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-06.2")]
    public async Task A_closing_pays_what_is_left_at_the_prices_paid_newest_first_and_voids_the_card(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), limit: 0));
        var home = await counter.Opened(account, await counter.Price(account, MeterCounter.Zhejiang), 270_000);
        await counter.Prepare(home, account);
        home.Swipe();
        await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 15_000));
        home.Swipe();
        home.Device.Use(275_000);
        home.Swipe();
        var sold = await counter.Sold(account);
        var body = new JsonObject
        {
            ["readId"] = await counter.Read(home.Card),
            ["subMeter"] = 1,
            ["finalRemaining"] = 10_000,
        };
        var started = (await counter.Cashier.PostApproved("/v1/meter-sales/closings", body, counter.Counter.Second)).Is(
            HttpStatusCode.Accepted
        );
        Assert.Equal(-5_830, started.Number("difference"));
        await counter.Confirmed(home.Card, started);
        Assert.Equal(sold - 5_830, await counter.Sold(account));
        Assert.Equal("void", (await counter.Shown(home.Card))["kind"]!.GetValue<string>());
        Assert.Equal("closed", (await counter.Supply(home))["state"]!.GetValue<string>());
        (await counter.StartSale(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "meter-card-void");
        Assert.Equal(MeterResult.ForeignUser, home.Swipe());
        await counter.Counter.BooksAreSound();
        (await counter.Counter.CloseDay()).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-06.2"), Trait("Requirement", "PM-13.1")]
    public async Task Closing_one_account_of_a_card_leaves_the_others_on_it(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var code = MeterCounter.NewCode();
        var (first, second) = (
            await counter.Account(MeterCounter.AccountBody(code)),
            await counter.Account(MeterCounter.AccountBody(code, 2))
        );
        var home = await counter.Opened(first, await counter.Price(first), 1_000);
        var other = new MeterHome(home.UserId, home.Card, MeterCounter.NewMeter());
        await counter.Confirmed(home.Card, await counter.StartOpening(other, second, await counter.Price(second), 2_000));
        var body = new JsonObject
        {
            ["readId"] = await counter.Read(home.Card),
            ["subMeter"] = 1,
            ["finalRemaining"] = 0,
        };
        var started = await counter.Cashier.PostApproved("/v1/meter-sales/closings", body, counter.Counter.Second);
        Assert.Equal(-4_200, started.Is(HttpStatusCode.Accepted).Number("difference"));
        home.Card.TearAfter(30);
        Assert.Equal("unknown", (await counter.Run(home.Card, started))["state"]!.GetValue<string>());
        home.Card.TearAfter(null);
        Assert.Equal("confirmed", (await counter.Reread(home.Card, MeterCounter.Operation(started)))["state"]!.GetValue<string>());
        Assert.Equal(0, await counter.Sold(first));
        await counter.Prepare(home, first);
        Assert.Equal(MeterResult.WrongMac, home.Swipe());
        await counter.Prepare(other, second);
        Assert.Equal(MeterResult.Taken, other.Swipe());
        await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 100, subMeter: 2));
        var again = new MeterHome(home.UserId, home.Card, MeterCounter.NewMeter());
        await counter.Confirmed(home.Card, await counter.StartOpening(again, first, await counter.Price(first), 700));
        await counter.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-06.2")]
    public async Task What_was_pre_stored_or_bought_by_an_earlier_user_is_used_first_and_not_paid_out(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), preStored: 500));
        var home = await counter.Opened(account, await counter.Price(account), 1_000);
        await counter.Prepare(home, account);
        home.Swipe();
        var refused = await StartClosing(counter, home, 1_501);
        Assert.Equal(1_500, refused.IsRefused(HttpStatusCode.Conflict, "meter-give-back-too-large").Number("most"));
        Assert.Equal(-4_200, (await StartClosing(counter, home, 1_500)).Is(HttpStatusCode.Accepted).Number("difference"));

        var other = await counter.Opened(account, await counter.Price(account), 1_000);
        await counter.Prepare(other, account);
        other.Swipe();
        var card = (await counter.Supply(other))["cardNumber"]!.GetValue<string>();
        var taker = await counter.User("李四");
        (await counter.Cashier.Post($"/v1/meter-users/{other.UserId}/transfers", new { cardNumber = card, newUserId = taker })).Is(
            HttpStatusCode.Created
        );
        var next = new MeterHome(taker, other.Card, other.MeterNumber) { Device = other.Device };
        await counter.Confirmed(next.Card, await counter.StartSale(next, quantity: 200));
        next.Swipe();
        var started = (await StartClosing(counter, next, 1_700)).Is(HttpStatusCode.Accepted);
        Assert.Equal(-840, started.Number("difference"));
        await counter.Confirmed(next.Card, started);
        Assert.Equal("closed", (await counter.Supply(next))["state"]!.GetValue<string>());
        await counter.Counter.BooksAreSound();
    }

    private static async Task<Answered> StartClosing(MeterCounter counter, MeterHome home, long finalRemaining)
    {
        var body = new JsonObject
        {
            ["readId"] = await counter.Read(home.Card),
            ["subMeter"] = 1,
            ["finalRemaining"] = finalRemaining,
        };
        return await counter.Cashier.PostApproved("/v1/meter-sales/closings", body, counter.Counter.Second);
    }
}
