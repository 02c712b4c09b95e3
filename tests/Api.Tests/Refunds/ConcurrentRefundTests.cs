using System.Net;
using Counter.Payments;

namespace Api.Tests.Refunds;

/// <summary>Refunds at once with each other, and with whatever else moves the customer's money.</summary>
public sealed class ConcurrentRefundTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.5"), Trait("Requirement", "FC-26.4")]
    public async Task Sixteen_refunds_at_once_over_two_processes_never_exceed_what_is_left_and_as_many_succeed_as_fit(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);
        var there = await counter.CashierAt(second);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 10_000);
        var path = $"/v1/cards/{card.Number}/special-refunds";
        var body = RefundDesk.By("cash", 3_000);
        var tokens = await counter.Cashier.Approvals(path, body, counter.Second, 16);

        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) => Retries.Again(() => (i % 2 == 0 ? counter.Cashier : there).Post(path, body, key, tokens[i]))
        );

        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => Assert.Equal(1_000, a.IsRefused(HttpStatusCode.Conflict, "refund-exceeds-way").Number("carries"))
        );
        Assert.Equal(1_000, await counter.Quota(card));
        Assert.Equal(-1_000, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.5"), Trait("Requirement", "FC-17.2")]
    public async Task A_recharge_is_refunded_or_voided_and_never_both(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 20_000);
        var recharge = await counter.Collected(card, 5_000);
        var (refund, undo) = ($"/v1/cards/{card.Number}/special-refunds", $"/v1/transactions/{recharge}/void");
        var body = RefundDesk.By("cash", 5_000);
        var tokens = await counter.Cashier.Approvals(refund, body, counter.Second, 1);
        var voids = await counter.Cashier.Approvals(undo, TestCounter.Correction(card, 5_000), counter.Second, 1);

        var answers = await Task.WhenAll(
            Task.Run(() => Retries.Again(() => counter.Cashier.Post(refund, body, approval: tokens[0]))),
            Task.Run(() => Retries.Again(() => counter.Cashier.Post(undo, TestCounter.Correction(card, 5_000), approval: voids[0])))
        );

        // The refund takes the newest recharge that stands: the voided one, or the one before it.
        Assert.Equal(HttpStatusCode.Created, answers[0].Status);
        var took = Assert.Single(answers[0].Body["lines"]!.AsArray())!["rechargeSerialNumber"]!.GetValue<string>();
        Assert.Equal(answers[1].Status == HttpStatusCode.Created, took != recharge);
        Assert.Equal(answers[1].Status == HttpStatusCode.Created ? 15_000 : 20_000, await counter.Quota(card));
        Assert.Equal(await counter.Quota(card), -await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-26.7"), Trait("Requirement", "FC-27.4"), Trait("Requirement", "PL-03.1")]
    public async Task Refunds_returns_payments_and_allocations_at_once_leave_what_was_acknowledged(Database database)
    {
        const int each = 6;
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 20_000);
        var path = $"/v1/cards/{card.Number}/special-refunds";
        var sent = new List<string>();
        for (var i = 0; i < each; i++)
        {
            sent.Add((await counter.Special(card, "bankCard", 500)).Is(HttpStatusCode.Created).SerialNumber);
        }

        var body = RefundDesk.By("cash", 700);
        var tokens = await counter.Cashier.Approvals(path, body, counter.Second, each);
        var quota = await counter.Quota(card);
        var refunding = AtOnce(each, i => counter.Cashier.Post(path, body, approval: tokens[i]));
        var returning = AtOnce(each, i => counter.Return(sent[i]));
        var collecting = AtOnce(each, _ => counter.Collect(card, 90));
        var allocating = AtOnce(each, _ => counter.Allocate(card, 1_000));

        var (refunded, returned) = (700 * Count(await refunding), 500 * Count(await returning));
        var (collected, allocated) = (90 * Count(await collecting), 1_000 * Count(await allocating));
        Assert.Equal(quota - refunded + returned + collected - allocated, await counter.Quota(card));
        var shown = await counter.Refundable(card.CustomerCode);
        Assert.Equal(await counter.Quota(card), shown["refundable"]!.GetValue<long>());
        Assert.Equal(await counter.Quota(card), RefundDesk.Lines(shown).Sum(l => l.Left));
        Assert.Equal(allocated, await counter.Reserve(card));
        await counter.BooksAreSound();
    }

    private static Task<Answered[]> AtOnce(int each, Func<int, Task<Answered>> book) =>
        Task.WhenAll(Enumerable.Range(0, each).Select(i => Task.Run(() => Again(() => book(i)))));

    private static Task<Answered> Again(Func<Task<Answered>> send) =>
        Eventually.Holds(send, a => (int)a.Status < 300 || !a.Body["retryable"]!.GetValue<bool>());

    private static int Count(Answered[] answers) => answers.Count(a => a.Status is HttpStatusCode.Created or HttpStatusCode.OK);
}
