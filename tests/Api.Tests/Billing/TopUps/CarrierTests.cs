// Slices: SetTopUpCarrier, ListTopUpCarriers, SetTopUpPrefix, ProposeCarrier, PayCarrierCredit, GetCarrierCredit.
using System.Net;

namespace Api.Tests.Billing.TopUps;

public sealed class CarrierTests
{
    [Theory]
    [InlineData("13400000000", "CM", true)]
    [InlineData("13490000000", null, false)]
    [InlineData("17030000000", "CM", true)]
    [InlineData("17040000000", "CU", true)]
    [InlineData("17000000000", "CT", true)]
    [InlineData("17400500000", "CT", true)]
    [InlineData("17406000000", null, false)]
    [InlineData("17490000000", null, false)]
    [InlineData("19200000000", "CB", true)]
    [InlineData("17900000000", null, true)]
    [Trait("Requirement", "MT-01.8")]
    public async Task The_longest_prefix_proposes_the_carrier(string phone, string? code, bool served)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);

        var proposal = (await counter.Cashier.Search("/v1/top-up-carriers/proposals", new { phone })).Is(HttpStatusCode.OK);

        Assert.Equal((code, served), (proposal.Body["carrierCode"]?.GetValue<string>(), proposal.Body["served"]!.GetValue<bool>()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.8")]
    public async Task A_prefix_that_was_set_holds_the_till_may_choose_and_the_carriers_answer_counts(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        (await desk.Till.Put("/v1/top-up-prefixes/1389", new { carrierCode = "CU" }, "\"0\"")).Is(HttpStatusCode.OK);
        (await desk.Till.Put("/v1/top-up-prefixes/1389", new { carrierCode = "CU" }, "\"0\"")).IsRefused(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        var moved = $"1389{TopUpDesk.Phone()[4..]}";

        Assert.Equal(TopUpDesk.Unicom, (await desk.Sold(TopUpDesk.Sale(moved)))["carrierCode"]);
        var chosen = TopUpDesk.Sale($"1389{TopUpDesk.Phone()[4..]}");
        chosen["carrierCode"] = TopUpDesk.Mobile;
        Assert.Equal(TopUpDesk.Mobile, (await desk.Sold(chosen))["carrierCode"]);
        await desk.Carrier.Fault("top-up", "moved");
        var answered = await desk.Sold(TopUpDesk.Sale());

        Assert.Equal((TopUpDesk.Mobile, TopUpDesk.Unicom), (answered["carrierCode"], answered["creditedByCode"]));
        // Two of three took the credit of the carrier that has the number.
        Assert.Equal((15_000L, 0L, 5_000L), await desk.Money());
        var never = TopUpDesk.Sale("13490000001");
        (await desk.Sell(never)).IsRefused(HttpStatusCode.UnprocessableEntity, "phone-not-served");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.9")]
    public async Task Amounts_limits_and_hours_are_refused_before_money_is_taken(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        (await desk.Sell(TopUpDesk.Sale(amount: 1_500))).IsRefused(HttpStatusCode.UnprocessableEntity, "amount-not-offered");
        var unknown = TopUpDesk.Sale();
        unknown["carrierCode"] = "XX";
        (await desk.Sell(unknown)).IsRefused(HttpStatusCode.NotFound, "carrier-unknown");
        var tomorrow = TopUpDesk.Sale();
        tomorrow["receiptDate"] = $"{TopUpDesk.Today.AddDays(2):yyyy-MM-dd}";
        (await desk.Sell(tomorrow)).IsRefused(HttpStatusCode.UnprocessableEntity, "receipt-date-wrong");

        var few = TopUpDesk.Body();
        (few["dailyCount"], few["dailyAmount"]) = (2, 12_000);
        (await desk.SetCarrier(few, "\"1\"")).Is(HttpStatusCode.OK);
        var phone = TopUpDesk.Phone();
        await desk.Sold(TopUpDesk.Sale(phone));
        (await desk.Sell(TopUpDesk.Sale(phone, 10_000))).IsRefused(HttpStatusCode.Conflict, "phone-limit");
        // What failed gives the number its limit back.
        await desk.Carrier.Fault("top-up", "refused");
        await desk.Sold(TopUpDesk.Sale(phone, 3_000), "failed");
        await desk.Sold(TopUpDesk.Sale(phone, 2_000));
        (await desk.Sell(TopUpDesk.Sale(phone, 1_000))).IsRefused(HttpStatusCode.Conflict, "phone-limit");

        var never = TopUpDesk.Body();
        (never["opens"], never["closes"]) = ("00:00", "00:00");
        (await desk.SetCarrier(never, "\"2\"")).Is(HttpStatusCode.OK);
        (await desk.Sell(TopUpDesk.Sale())).IsRefused(HttpStatusCode.Conflict, "carrier-out-of-hours");
        var closed = TopUpDesk.Body();
        closed["open"] = false;
        (await desk.SetCarrier(closed, "\"3\"")).Is(HttpStatusCode.OK);
        (await desk.Sell(TopUpDesk.Sale())).IsRefused(HttpStatusCode.Conflict, "carrier-closed");

        Assert.Equal((10_000L, 3_000L, 7_000L), await desk.Money());
        Assert.Equal(2, (await desk.Till.Walk("/v1/top-up-carriers")).Count);
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.9")]
    public async Task Sixteen_sales_to_one_number_keep_its_limit(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var few = TopUpDesk.Body();
        few["dailyCount"] = 3;
        (await desk.SetCarrier(few, "\"1\"")).Is(HttpStatusCode.OK);
        var phone = TopUpDesk.Phone();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        var body = TopUpDesk.Sale(phone);
                        body["confirmed"] = true;
                        return Retries.Again(() => desk.Sell(body));
                    })
                )
        );

        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "phone-limit"));
        Assert.Equal((3, 15_000), await desk.Carrier.Credited(phone));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.9")]
    public async Task The_same_number_and_amount_needs_a_second_confirmation(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var phone = TopUpDesk.Phone();
        await desk.Sold(TopUpDesk.Sale(phone));

        (await desk.Sell(TopUpDesk.Sale(phone))).IsRefused(HttpStatusCode.Conflict, "top-up-repeated");
        await desk.Sold(TopUpDesk.Sale(phone, 3_000));
        var confirmed = TopUpDesk.Sale(phone);
        confirmed["confirmed"] = true;
        await desk.Sold(confirmed);

        Assert.Equal((3, 13_000), await desk.Carrier.Credited(phone));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.11")]
    public async Task The_credit_left_is_shown_warns_and_refuses_when_it_is_used_up(Database database)
    {
        await using var desk = await TopUpDesk.Open(database, credit: 0);
        (await desk.Sell(TopUpDesk.Sale())).IsRefused(HttpStatusCode.Conflict, "carrier-credit-used-up");
        (await desk.PayCredit(12_000)).Is(HttpStatusCode.Created);

        await desk.Sold(TopUpDesk.Sale());
        await desk.Sold(TopUpDesk.Sale());
        var refused = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => desk.Sell(TopUpDesk.Sale()))));
        Assert.All(refused, r => r.IsRefused(HttpStatusCode.Conflict, "carrier-credit-used-up"));
        await desk.Sold(TopUpDesk.Sale(amount: 2_000));

        var credit = (await desk.Till.Get("/v1/top-up-carriers/CM/credit")).Is(HttpStatusCode.OK);
        Assert.Equal((0L, true), (credit.Number("left"), credit.Body["isLow"]!.GetValue<bool>()));
        Assert.Equal((12_000L, 0L, 12_000L), await desk.Money(12_000));
        await desk.Store.BooksAreSound();
    }
}
