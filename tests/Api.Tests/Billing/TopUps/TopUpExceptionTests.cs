// Slices: TakeCallBack, ListTopUpExceptions, SettleTopUpException.
using System.Net;

namespace Api.Tests.Billing.TopUps;

public sealed class TopUpExceptionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.10")]
    public async Task Call_backs_are_signed_and_taken_once_in_any_order(Database database)
    {
        // Nothing is asked for in the background: the call-backs alone bring the ends.
        await using var desk = await TopUpDesk.Open(database, works: false);
        await desk.Carrier.Fault("top-up", "later");
        await desk.Carrier.Fault("top-up", "laterFails");
        await desk.Carrier.Fault("top-up", "twice");
        var good = await desk.Sold(TopUpDesk.Sale(), "applying");
        var bad = await desk.Sold(TopUpDesk.Sale(), "applying");
        await desk.Sold(TopUpDesk.Sale());
        await Eventually.Holds(() => desk.Carrier.Http.GetStringAsync("admin/call-backs"), s => s.Split("cb-").Length > 4);

        var forged = await desk.Carrier.Deliver(desk.Host.Client, change: b => b.Replace("failed", "succeeded", StringComparison.Ordinal));
        Assert.Contains(HttpStatusCode.Unauthorized, forged);
        var unsigned = await desk.Carrier.Deliver(desk.Host.Client, sign: _ => "v1,AAAA");
        Assert.All(unsigned, s => Assert.Equal(HttpStatusCode.Unauthorized, s));
        Assert.Equal("applying", (await desk.Get(bad.SerialNumber))["state"]);
        for (var i = 0; i < 2; i++)
        {
            Assert.All(await desk.Carrier.Deliver(desk.Host.Client), s => Assert.Equal(HttpStatusCode.OK, s));
        }

        Assert.Equal("succeeded", (await desk.Get(good.SerialNumber))["state"]);
        Assert.Equal("failed", (await desk.Get(bad.SerialNumber))["state"]);
        Assert.Equal((15_000L, 5_000L, 10_000L), await desk.Money());
        Assert.Empty(await desk.Exceptions());
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.7")]
    public async Task A_reversal_after_success_changes_nothing_until_a_person_accepts_it(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        await desk.Carrier.Fault("top-up", "takenBack");
        var sold = await desk.Sold(TopUpDesk.Sale());
        await CalledBack(desk);

        var found = Assert.Single(await desk.Exceptions());
        Assert.Equal("failureAfterSuccess", found["kind"]!.GetValue<string>());
        Assert.Equal("succeeded", Text(found, "ourState"));
        Assert.StartsWith("failed", Text(found, "theirAnswer"), StringComparison.Ordinal);
        Assert.Equal("succeeded", (await desk.Get(sold.SerialNumber))["state"]);
        Assert.Equal((5_000L, 0L, 5_000L), await desk.Money());

        var settled = (await Settle(desk, Text(found, "exceptionId"), accept: true)).Is(HttpStatusCode.Created);
        Assert.Equal("accepted", settled["state"]);
        (await Settle(desk, Text(found, "exceptionId"), accept: true)).IsRefused(HttpStatusCode.Conflict, "top-up-exception-state-forbids");
        Assert.Equal("failed", (await desk.Get(sold.SerialNumber))["state"]);
        (await desk.Refund(sold.SerialNumber)).Is(HttpStatusCode.Created);
        Assert.Equal((0L, 0L, 0L), await desk.Money());
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase(false, true)]
    [Trait("Requirement", "MT-01.7")]
    public async Task A_success_after_failure_is_accepted_or_a_loss_where_the_money_was_refunded(Database database, bool refunded)
    {
        await using var desk = await TopUpDesk.Open(database);
        await desk.Carrier.Fault("top-up", "doneAfterAll");
        var sold = await desk.Sold(TopUpDesk.Sale(), "failed");
        if (refunded)
        {
            (await desk.Refund(sold.SerialNumber)).Is(HttpStatusCode.Created);
        }

        await CalledBack(desk);
        var found = Assert.Single(await desk.Exceptions());
        Assert.Equal(("successAfterFailure", refunded), (Text(found, "kind"), found["refunded"]!.GetValue<bool>()));
        var before = await desk.Money();
        Assert.Equal(refunded ? (0L, 0L, 0L) : (5_000L, 5_000L, 0L), before);

        var settled = (await Settle(desk, Text(found, "exceptionId"), accept: true)).Is(HttpStatusCode.Created);

        Assert.Equal(refunded ? "loss" : "accepted", settled["state"]);
        Assert.Equal(refunded ? "failed" : "succeeded", (await desk.Get(sold.SerialNumber))["state"]);
        Assert.Equal(refunded ? (0L, 0L, 5_000L) : (5_000L, 0L, 5_000L), await desk.Money());
        Assert.Equal(refunded ? -5_000 : 0, await desk.Store.Balance(global::Billing.TopUps.TopUpAccounts.CarrierLoss, desk.MobileId));
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.7"), Trait("Requirement", "MT-01.2")]
    public async Task What_has_no_end_after_the_schedule_of_a_day_is_listed_and_still_asked_for(Database database)
    {
        // A day of the schedule is 17,280 first pauses.
        await using var desk = await TopUpDesk.Open(database, change: s => s["TopUps:AskEvery"] = "00:00:00.0001");
        await desk.Carrier.Fault("top-up", "after");
        await desk.Carrier.Fault("ask", "before", times: 1_000_000);
        var sold = await desk.Sold(TopUpDesk.Sale(), "applying");

        var found = Assert.Single(await Eventually.Holds(desk.Exceptions, e => e.Count > 0));
        Assert.Equal("withoutEnd", Text(found, "kind"));
        (await Settle(desk, Text(found, "exceptionId"), accept: false)).IsRefused(
            HttpStatusCode.Conflict,
            "top-up-exception-state-forbids"
        );
        await desk.Carrier.NoFaults();
        await desk.Becomes(sold.SerialNumber, "succeeded");
        Assert.Equal("kept", (await Settle(desk, Text(found, "exceptionId"), accept: false)).Is(HttpStatusCode.Created)["state"]);
    }

    private static string Text(System.Text.Json.Nodes.JsonNode node, string member) => node[member]!.GetValue<string>();

    private static async Task CalledBack(TopUpDesk desk)
    {
        await Eventually.Holds(
            () => desk.Carrier.Http.GetStringAsync("admin/call-backs"),
            s => s.Contains("cb-", StringComparison.Ordinal)
        );
        Assert.All(await desk.Carrier.Deliver(desk.Host.Client), s => Assert.Equal(HttpStatusCode.OK, s));
    }

    private static Task<Answered> Settle(TopUpDesk desk, string id, bool accept) =>
        desk.Till.PostApproved($"/v1/top-up-exceptions/{id}/settlement", new { accept, evidence = "运营商账单核对" }, desk.Store.Second);
}
