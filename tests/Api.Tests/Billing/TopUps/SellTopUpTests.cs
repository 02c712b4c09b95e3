// Slices: SellTopUp, GetTopUp, CancelTopUp, RefundTopUp, LookUpTopUps.
using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Billing.TopUps;

public sealed class SellTopUpTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.1"), Trait("Requirement", "MT-04.1")]
    public async Task A_top_up_is_sold_told_and_booked_to_the_carriers_credit(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var phone = TopUpDesk.Phone();

        var sold = await desk.Sold(TopUpDesk.Sale(phone));

        Assert.Equal((TopUpDesk.Mobile, TopUpDesk.Mobile), (sold["carrierCode"], sold["creditedByCode"]));
        Assert.StartsWith("YD", sold["carrierSerial"], StringComparison.Ordinal);
        Assert.Equal((1, 5_000), await desk.Carrier.Credited(phone));
        Assert.Equal((5_000L, 0L, 5_000L), await desk.Money());
        var papers = (await desk.Till.Get($"/v1/transactions/{sold.SerialNumber}/documents")).Is(HttpStatusCode.OK);
        Assert.Contains("移动充值小票", papers.Text, StringComparison.Ordinal);
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.2"), Trait("Requirement", "PL-03.6")]
    public async Task The_same_key_and_the_same_receipt_top_up_once(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var phone = TopUpDesk.Phone();
        var body = TopUpDesk.Sale(phone);

        var first = (await desk.Sell(body, "k1")).Is(HttpStatusCode.Created);
        var again = (await desk.Sell(body, "k1")).Is(HttpStatusCode.Created);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.SerialNumber, (await desk.Sell(body, "k2")).IsRefused(HttpStatusCode.Conflict, "receipt-taken").SerialNumber);
        var other = (JsonObject)body.DeepClone();
        other["amount"] = 3_000;
        (await desk.Sell(other, "k1")).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");

        Assert.Equal((1, 5_000), await desk.Carrier.Credited(phone));
        Assert.Equal((5_000L, 0L, 5_000L), await desk.Money());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.2"), Trait("Requirement", "MT-01.9")]
    public async Task Sixteen_requests_of_one_receipt_top_up_once_and_sixteen_receipts_sixteen_times(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var phone = TopUpDesk.Phone();
        var body = TopUpDesk.Sale(phone);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => Retries.Again(() => desk.Sell(body, i < 8 ? "same" : $"own-{i}"))))
        );
        Assert.Single(answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a.SerialNumber).Distinct());
        // Who looked for the receipt just before it was sold finds its number and amount repeated.
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => Assert.Contains(a.Code, (string[])["receipt-taken", "top-up-repeated"])
        );
        Assert.Equal((1, 5_000), await desk.Carrier.Credited(phone));

        var sold = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Retries.Again(() => desk.Sell(TopUpDesk.Sale()))))
        );
        Assert.All(sold, s => s.Is(HttpStatusCode.Created));
        Assert.Equal((85_000L, 0L, 85_000L), await desk.Money());
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase("after", "before")]
    [Trait("Requirement", "MT-01.2"), Trait("Requirement", "MT-01.10")]
    public async Task Without_an_answer_it_is_applying_until_the_carrier_says(Database database, string fault)
    {
        // The validity runs out within the test, so that a top-up that never arrived can be given up.
        await using var desk = await TopUpDesk.Open(database, validity: "00:00:03");
        var phone = TopUpDesk.Phone();
        await desk.Carrier.Fault("top-up", fault);
        await desk.Carrier.Fault("ask", "before", times: 2);

        var sold = await desk.Sold(TopUpDesk.Sale(phone), "applying");
        Assert.Equal((5_000L, 0L, 0L), await desk.Money());
        (await desk.Refund(sold.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "top-up-state-forbids");

        await desk.Becomes(sold.SerialNumber, fault == "after" ? "succeeded" : "failed");
        Assert.Equal(fault == "after" ? (1, 5_000) : (0, 0), await desk.Carrier.Credited(phone));
        Assert.Equal(fault == "after" ? (5_000L, 0L, 5_000L) : (5_000L, 5_000L, 0L), await desk.Money());
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.2")]
    public async Task A_late_request_is_credited_once_and_found_by_asking(Database database)
    {
        await using var desk = await TopUpDesk.Open(database, change: s => s["TopUps:AttemptTimeout"] = "00:00:01");
        var phone = TopUpDesk.Phone();
        await desk.Carrier.Fault("top-up", "late", milliseconds: 2_500);

        var sold = await desk.Sold(TopUpDesk.Sale(phone), "applying");

        await desk.Becomes(sold.SerialNumber, "succeeded");
        Assert.Equal((1, 5_000), await desk.Carrier.Credited(phone));
        Assert.Equal((5_000L, 0L, 5_000L), await desk.Money());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.3")]
    public async Task A_failed_one_is_found_by_its_receipt_and_refunded_once_with_a_return_slip(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var (good, receipt) = (TopUpDesk.Sale(), TopUpDesk.Receipt());
        var succeeded = await desk.Sold(good);
        await desk.Carrier.Fault("top-up", "refused");
        var failed = await desk.Sold(TopUpDesk.Sale(receipt: receipt), "failed");
        Assert.Equal("number-unknown", failed["failure"]);

        var found = (await LookUp(desk, receipt)).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        Assert.Equal(failed.SerialNumber, found.Single()!["serialNumber"]!.GetValue<string>());
        // The default is failed; 所有 finds the other, too.
        Assert.Empty((await LookUp(desk, good["receiptNumber"]!.GetValue<string>())).Body["items"]!.AsArray());
        Assert.Single((await LookUp(desk, good["receiptNumber"]!.GetValue<string>(), "all")).Body["items"]!.AsArray());

        (await desk.Refund(succeeded.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "top-up-state-forbids");
        var refunds = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Retries.Again(() => desk.Refund(failed.SerialNumber))))
        );
        var refund = Assert.Single(refunds, r => r.Status == HttpStatusCode.Created);
        Assert.All(refunds.Where(r => r != refund), r => r.IsRefused(HttpStatusCode.Conflict, "top-up-refunded"));
        Assert.Contains("移动充值退货单", (await desk.Till.Get(refund["documents"])).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        // Till 10,000 = succeeded + failed; after the return it is what succeeded.
        Assert.Equal((5_000L, 0L, 5_000L), await desk.Money());
        await using var other = await TestCounter.Open(desk.Host);
        (await other.Cashier.Post($"/v1/top-ups/{failed.SerialNumber}/refund", new { })).IsRefused(
            HttpStatusCode.Forbidden,
            "top-up-of-other-branch"
        );
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.6")]
    public async Task An_overdue_one_is_listed_and_asked_for_when_the_desk_looks_it_up(Database database)
    {
        // Nothing is asked for in the background: the desk alone asks.
        await using var desk = await TopUpDesk.Open(database, works: false);
        var receipt = TopUpDesk.Receipt();
        await desk.Carrier.Fault("top-up", "after");
        var sold = await desk.Sold(TopUpDesk.Sale(receipt: receipt), "applying");

        Assert.Empty(await desk.Till.Walk("/v1/top-ups?overdue=true"));
        Assert.Equal(0, (await LookUp(desk, receipt, "all")).Is(HttpStatusCode.OK).Number("askedNow"));
        await SetOverdue(desk, 0);
        Assert.Single(await desk.Till.Walk("/v1/top-ups?overdue=true"));
        var found = (await LookUp(desk, receipt, "succeeded")).Is(HttpStatusCode.OK);

        Assert.Equal((1L, sold.SerialNumber), (found.Number("askedNow"), found.Body["items"]![0]!["serialNumber"]!.GetValue<string>()));
        Assert.Empty(await desk.Till.Walk("/v1/top-ups?overdue=true"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.4")]
    public async Task Small_change_goes_to_a_number_through_the_same_states(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var phone = TopUpDesk.Phone();

        await desk.Sold(TopUpDesk.Sale(phone, 137, "change"));
        await desk.Carrier.Fault("top-up", "refused");
        var failed = await desk.Sold(TopUpDesk.Sale(phone, 3, "change"), "failed");
        (await desk.Refund(failed.SerialNumber)).Is(HttpStatusCode.Created);
        (await desk.Sell(TopUpDesk.Sale(phone, 1_000, "change"))).IsRefused(HttpStatusCode.BadRequest, "validation-failed");

        Assert.Equal((1, 137), await desk.Carrier.Credited(phone));
        Assert.Equal((137L, 0L, 137L), await desk.Money());
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.1"), Trait("Requirement", "MT-01.6")]
    public async Task What_is_held_back_is_certainly_not_sent_and_tried_or_cancelled(Database database)
    {
        await using var desk = await TopUpDesk.Open(database, works: false, change: s => s["TopUps:AwayPause"] = "01:00:00");
        await desk.Carrier.Fault("top-up", "before", times: 3);
        for (var i = 0; i < 3; i++)
        {
            await desk.Sold(TopUpDesk.Sale(), "applying");
        }

        var (phone, body) = (TopUpDesk.Phone(), TopUpDesk.Sale());
        body["phone"] = phone;
        var held = await desk.Sold(body, "unfinished");
        Assert.Equal("carrierAway", held["hold"]);
        Assert.Equal((0, 0), await desk.Carrier.Credited(phone));
        (await desk.Refund(held.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "top-up-state-forbids");
        var cancelled = (await desk.Till.Post($"/v1/top-ups/{held.SerialNumber}/cancellation", new { })).Is(HttpStatusCode.Created);
        Assert.Equal(("failed", "cancelled"), (cancelled["state"], cancelled["failure"]));
        (await desk.Till.Post($"/v1/top-ups/{held.SerialNumber}/cancellation", new { })).IsRefused(
            HttpStatusCode.Conflict,
            "top-up-state-forbids"
        );
        (await desk.Refund(held.SerialNumber)).Is(HttpStatusCode.Created);

        Assert.Equal((15_000L, 0L, 0L), await desk.Money());
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.6")]
    public async Task What_was_held_back_is_handed_over_when_the_carrier_answers_again_or_fails_with_its_validity(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        await desk.Carrier.Fault("top-up", "before", times: 3);
        for (var i = 0; i < 3; i++)
        {
            await desk.Sell(TopUpDesk.Sale());
        }

        var phone = TopUpDesk.Phone();
        var held = (await desk.Sell(TopUpDesk.Sale(phone))).Is(HttpStatusCode.Created);
        await desk.Becomes(held.SerialNumber, "succeeded");
        Assert.Equal((1, 5_000), await desk.Carrier.Credited(phone));
    }

    private static Task<Answered> LookUp(TopUpDesk desk, string receiptNumber, string? topUpState = null)
    {
        var body = new JsonObject
        {
            ["receiptNumber"] = receiptNumber,
            ["from"] = $"{TopUpDesk.Today:yyyy-MM-dd}",
            ["to"] = $"{TopUpDesk.Today:yyyy-MM-dd}",
        };
        if (topUpState is not null)
        {
            body["topUpState"] = topUpState;
        }

        return desk.Till.Search("/v1/top-ups/look-ups", body);
    }

    private static async Task SetOverdue(TopUpDesk desk, long minutes)
    {
        const string Path = "/v1/parameters/top-up-overdue-minutes";
        (await desk.Till.PutApproved(Path, new { branchCode = desk.Store.BranchCode, value = minutes }, "\"0\"", desk.Store.Second)).Is(
            HttpStatusCode.OK
        );
    }
}
