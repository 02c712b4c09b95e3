using System.Net;
using System.Text.Json.Nodes;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class SellMeterTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.3")]
    public async Task Without_a_card_nothing_is_sold(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account));
        var body = new JsonObject
        {
            ["readId"] = home.UserId,
            ["subMeter"] = 1,
            ["quantity"] = 100,
        };
        (await counter.Cashier.Post("/v1/meter-sales", body)).IsRefused(HttpStatusCode.NotFound, "meter-card-read-not-found");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-04.1"), Trait("Requirement", "PM-05.1")]
    public async Task Opens_sells_and_the_meter_takes_each_purchase_once(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), preStored: 500));
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        Assert.Equal(21_000, await counter.Sold(account));
        await counter.Prepare(home, account);
        Assert.Equal(MeterResult.Taken, home.Swipe());
        Assert.Equal(5_500, home.Device.State.Remaining);
        home.Device.Use(5_000);
        home.Swipe();

        var started = (await counter.StartSale(home, amount: 10_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal((2_380, 9_996, 4), Quoted(started));
        Assert.Equal(21_000, await counter.Sold(account));
        await counter.Confirmed(home.Card, started);
        Assert.Equal(30_996, await counter.Sold(account));
        Assert.Equal(MeterResult.Taken, home.Swipe());
        Assert.Equal(MeterResult.WrittenBack, home.Swipe());
        Assert.Equal(2_880, home.Device.State.Remaining);
        await counter.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.2")]
    public async Task A_card_that_was_not_swiped_gets_no_sale_also_right_after_opening(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account));
        (await counter.StartSale(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "card-not-swiped");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/meter-sales");
        request.Content = System.Net.Http.Json.JsonContent.Create(
            new JsonObject
            {
                ["readId"] = await counter.Read(home.Card),
                ["subMeter"] = 1,
                ["quantity"] = 100,
            }
        );
        request.Headers.Authorization = new("Bearer", counter.Cashier.Token);
        request.Headers.Add("Idempotency-Key", Clerk.NewKey());
        request.Headers.AcceptLanguage.ParseAdd("zh-CN");
        using var response = await counter.Counter.Host.Client.SendAsync(request);
        Assert.Contains("该卡没有刷表，请刷表后再进行操作", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await counter.Prepare(home, account);
        home.Swipe();
        await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 100));
        (await counter.StartSale(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "card-not-swiped");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.4"), Trait("Requirement", "PM-05.6")]
    public async Task The_limit_counts_what_was_last_written_back_and_a_trial_books_nothing(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), limit: 10_000, overdraft: 400));
        var home = await counter.Opened(account, await counter.Price(account, MeterCounter.Zhejiang), 3_000);
        var waits = (await counter.StartSale(home, quantity: 100, dryRun: true)).Is(HttpStatusCode.OK);
        Assert.True(waits.Body["waitsForSwipe"]!.GetValue<bool>());
        Assert.Equal(7_000, waits.Number("mostToSell"));
        await counter.Prepare(home, account);
        home.Swipe();
        Assert.Equal(3_400, home.Device.Use(9_000));
        home.Swipe();
        var quote = (await counter.StartSale(home, quantity: 10_400, dryRun: true)).Is(HttpStatusCode.OK);
        Assert.Equal((10_400, 10_400), (quote.Number("mostToSell"), quote.Number("onCard")));
        Assert.Equal(5_595, quote.Number("amount"));
        var over = await counter.StartSale(home, quantity: 10_401);
        Assert.Equal(10_400, over.IsRefused(HttpStatusCode.Conflict, "meter-purchase-limit").Number("mostToSell"));
        Assert.Equal(1, (await counter.Supply(home))["seq"]!.GetValue<int>());
        await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 10_400));
        Assert.Equal(MeterResult.Taken, home.Swipe());
        Assert.Equal(10_000, home.Device.State.Remaining);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-02.3"), Trait("Requirement", "PM-04.3")]
    public async Task A_sale_across_tiers_is_split_and_printed_part_by_part(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), limit: 0));
        var home = await counter.Opened(account, await counter.Price(account, MeterCounter.Zhejiang), 270_000);
        await counter.Prepare(home, account);
        home.Swipe();
        var outcome = await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 15_000));
        Assert.Equal(145_260 + 8_520, await counter.Sold(account));
        var slip = (await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}/documents/meter-receipt"))
            .Is(HttpStatusCode.OK)
            .Text;
        Assert.Contains("60.00", slip, StringComparison.Ordinal);
        Assert.Contains("0.5880", slip, StringComparison.Ordinal);
        Assert.Contains("52.92", slip, StringComparison.Ordinal);
        Assert.Contains("85.20", slip, StringComparison.Ordinal);
        Assert.Equal(285_000, (await counter.Supply(home))["soldThisYear"]!.GetValue<long>());
        home.Swipe();
        var byMoney = (await counter.StartSale(home, amount: 10_000, dryRun: true)).Is(HttpStatusCode.OK);
        Assert.Equal(17_006, byMoney.Number("quantity"));
        Assert.InRange(byMoney.Number("amount"), 9_995, 10_000);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.5")]
    public async Task Of_sixteen_sales_at_once_one_begins_and_one_key_sells_once(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 1_000);
        await counter.Prepare(home, account);
        home.Swipe();
        var body = new JsonObject
        {
            ["readId"] = await counter.Read(home.Card),
            ["subMeter"] = 1,
            ["quantity"] = 500,
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => counter.Cashier.Post("/v1/meter-sales", body.DeepClone())));
        var begun = answers.Single(a => a.Status == HttpStatusCode.Accepted);
        Assert.All(answers.Where(a => a != begun), a => Assert.True(a.Code is "card-operation-pending" or "concurrent-change", a.Text));
        await counter.Confirmed(home.Card, begun);
        Assert.Equal(6_300, await counter.Sold(account));
        home.Swipe();

        body["readId"] = await counter.Read(home.Card);
        var key = Clerk.NewKey();
        var same = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => counter.Cashier.Post("/v1/meter-sales", body.DeepClone(), key)));
        var first = await counter.Cashier.Post("/v1/meter-sales", body.DeepClone(), key);
        Assert.All(same.Where(a => a.Status == HttpStatusCode.Accepted), a => Assert.Equal(first.Text, a.Text));
        await counter.Confirmed(home.Card, first);
        Assert.Equal(8_400, await counter.Sold(account));
        await counter.Counter.BooksAreSound();
    }

    private static (long Quantity, long Amount, long Back) Quoted(Answered started)
    {
        var quote = started.Body["quote"]!;
        return (quote["quantity"]!.GetValue<long>(), quote["amount"]!.GetValue<long>(), quote["back"]!.GetValue<long>());
    }
}
