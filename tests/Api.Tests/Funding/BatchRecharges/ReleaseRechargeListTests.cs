// Slices: VoidRechargeList, ReleaseRechargeList.
using System.Net;
using Access.Operators;
using Microsoft.EntityFrameworkCore;
using Platform.Parameters;
using Platform.Problems;

namespace Api.Tests.Funding.BatchRecharges;

public sealed class ReleaseRechargeListTests
{
    private const int AtOnce = 16;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-22.1")]
    public async Task Another_operator_of_the_branch_or_above_releases_a_list_and_the_submitter_does_not(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 100_000);
        var serial = await desk.Submitted(desk.File());
        (await desk.Release(serial, desk.Counter.Cashier)).IsRefused(HttpStatusCode.Forbidden, "own-recharge-list");
        var beside = await TestCounter.Open(desk.Counter.Host);
        (await desk.Release(serial, beside.Cashier)).IsRefused(HttpStatusCode.NotFound, "recharge-list-not-found");
        var above = await TestCounter.Open(desk.Counter.Host, headquarters: true);
        var key = Clerk.NewKey();
        var released = (await desk.Release(serial, above.Cashier, key)).Is(HttpStatusCode.Created);
        Assert.Equal(("released", above.Cashier.Login), (released["state"], released["releasedBy"]));
        var again = (await desk.Release(serial, above.Cashier, key)).Is(HttpStatusCode.Created);
        Assert.Equal((released.Text, false, true), (again.Text, released.Replayed, again.Replayed));
        (await desk.Release(serial)).IsRefused(HttpStatusCode.Conflict, "recharge-list-state-forbids");
        (await desk.Void(serial)).IsRefused(HttpStatusCode.Conflict, "recharge-list-state-forbids");

        await desk.Until(serial, s => s == "finished");
        Assert.Equal(300, (await desk.Balances()).Sum());
        Assert.Equal(100_000 - 300, await desk.Counter.Quota(desk.Unit));
        Assert.Equal(0, await desk.Held(serial));
        await desk.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-22.1")]
    public async Task The_unit_must_cover_the_list_when_it_is_released(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 299);
        var serial = await desk.Submitted(desk.File());
        var refused = (await desk.Release(serial)).IsRefused(HttpStatusCode.Conflict, "quota-does-not-cover-list");
        Assert.Equal((300, 299, 0), (refused.Number("needed"), refused.Number("quotaBalance"), refused.Number("bonus")));
        await desk.Counter.Collected(desk.Unit, 1, method: "transfer");
        (await desk.Release(serial)).Is(HttpStatusCode.Created);
        await desk.Until(serial, s => s == "finished");
        Assert.Equal(0, await desk.Counter.Quota(desk.Unit));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-22.1")]
    public async Task Bonus_is_not_passed_on_to_other_customers(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 0);
        await desk.Counter.Give(desk.Unit, paid: 299, bonus: 100);
        var serial = await desk.Submitted(desk.File());
        var refused = (await desk.Release(serial)).IsRefused(HttpStatusCode.Conflict, "quota-does-not-cover-list");
        Assert.Equal((399, 100), (refused.Number("quotaBalance"), refused.Number("bonus")));
        await desk.Counter.Collected(desk.Unit, 1, method: "transfer");
        (await desk.Release(serial)).Is(HttpStatusCode.Created);
        await desk.Until(serial, s => s == "finished");
        Assert.Equal(100, await desk.Counter.Quota(desk.Unit));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-21.1")]
    public async Task A_list_is_voided_by_the_submitting_branch_only_and_never_posts(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 1_000);
        var serial = await desk.Submitted(desk.File());
        var above = await TestCounter.Open(desk.Counter.Host, headquarters: true);
        (await desk.Void(serial, above.Cashier)).IsRefused(HttpStatusCode.Forbidden, "recharge-list-of-other-branch");
        var key = Clerk.NewKey();
        var voided = (await desk.Void(serial, desk.Counter.Second, key)).Is(HttpStatusCode.Created);
        var again = (await desk.Void(serial, desk.Counter.Second, key)).Is(HttpStatusCode.Created);
        Assert.Equal((voided.Text, false, true), (again.Text, voided.Replayed, again.Replayed));
        Assert.Equal("voided", voided["state"]);
        (await desk.Release(serial)).IsRefused(HttpStatusCode.Conflict, "recharge-list-state-forbids");
        Assert.Equal(0, (await desk.Balances()).Sum());
        Assert.Equal(1_000, await desk.Counter.Quota(desk.Unit));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-21.1"), Trait("Requirement", "FC-22.1"), Trait("Requirement", "PL-03.3")]
    public async Task Of_reviews_and_voidings_at_once_one_is_done(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 1_000);
        var serial = await desk.Submitted(desk.File());
        var answers = await Task.WhenAll(
            Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => i % 2 == 0 ? desk.Void(serial) : desk.Release(serial)))
        );
        var done = Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => Assert.True(a.Code is "recharge-list-state-forbids" or "concurrent-change", a.Text)
        );
        if (done["state"] == "released")
        {
            await desk.Until(serial, s => s == "finished");
        }

        var posted = done["state"] == "released" ? 300 : 0;
        Assert.Equal(posted, (await desk.Balances()).Sum());
        Assert.Equal(1_000 - posted, await desk.Counter.Quota(desk.Unit));
        await desk.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-22.1"), Trait("Requirement", "PL-03.3")]
    public async Task Lists_released_at_once_never_take_more_than_the_unit_has(Database database)
    {
        // Eight lists of three yuan, money for five of them, while the unit spends some of it elsewhere.
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 1_500);
        var serials = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            serials.Add(await desk.Submitted(desk.File(), repeat: true));
        }

        var answers = await Task.WhenAll(
            serials.Select(s => Task.Run(() => desk.Release(s))).Append(Task.Run(() => desk.Counter.Allocate(desk.Unit, 200)))
        );
        var released = serials.Where((_, i) => answers[i].Status == HttpStatusCode.Created).ToList();
        foreach (var serial in released)
        {
            await desk.Until(serial, s => s == "finished");
            Assert.Equal(0, await desk.Held(serial));
        }

        var allocated = answers[^1].Status == HttpStatusCode.Created ? 200 : 0;
        Assert.Equal((1_500 - allocated) / 300, released.Count);
        Assert.All(
            answers[..^1].Where(a => a.Status != HttpStatusCode.Created),
            a => Assert.True(a.Code is "quota-does-not-cover-list" or "concurrent-change", a.Text)
        );
        Assert.Equal(1_500 - allocated - (300 * released.Count), await desk.Counter.Quota(desk.Unit));
        Assert.Equal(300 * released.Count, (await desk.Balances()).Sum());
        await desk.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-22.1"), Trait("Requirement", "PL-01.8")]
    public async Task Each_step_asks_for_its_own_right(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 1, unitFen: 1_000);
        var serial = await desk.Submitted(desk.File());
        await using (var db = await desk.Counter.Host.OpenDatabase())
        {
            await db.Set<OperatorRole>().Where(r => r.OperatorId == desk.Counter.Second.Id).ExecuteDeleteAsync();
        }

        await desk.Counter.Second.SignIn();
        foreach (
            var (step, right) in ((string, string)[])
                [("release", "release-recharge-list"), ("void", "void-recharge-list"), ("retrieval", "retrieve-recharge-list")]
        )
        {
            var answer = await desk.Counter.Second.Post($"/v1/recharge-lists/{serial}/{step}", new { });
            answer.IsRefused(HttpStatusCode.Forbidden, "right-missing");
            Assert.Equal($"funding.{right}", answer["right"]);
        }

        (await desk.Submit(desk.File(), by: desk.Counter.Second)).IsRefused(HttpStatusCode.Forbidden, "right-missing");
        (await desk.Counter.Second.Get("/v1/recharge-lists")).IsRefused(HttpStatusCode.Forbidden, "right-missing");
    }
}
