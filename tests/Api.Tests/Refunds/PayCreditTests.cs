// Slices: PayCredit.
using System.Net;
using Counter.Payments;
using Issuance.Cards;

namespace Api.Tests.Refunds;

public sealed class PayCreditTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.8"), Trait("Requirement", "FC-26.6")]
    public async Task What_was_paid_of_a_credit_is_not_owed_any_more_and_goes_back_by_transfer(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(CardType.OrganisationSingle);
        await counter.Collected(card, 100_000, "credit");
        (await counter.Special(card, "transfer")).IsRefused(HttpStatusCode.Conflict, "refund-way-not-allowed");

        var paid = (await Pay(counter, card, 60_000)).Is(HttpStatusCode.Created);

        Assert.Equal((60_000, 40_000), ((int)paid.Number("amount"), (int)paid.Number("creditOwed")));
        var shown = await counter.Refundable(card.CustomerCode);
        Assert.Equal(40_000, shown["creditOwed"]!.GetValue<long>());
        Assert.Equal(new Dictionary<string, long> { ["transfer"] = 60_000, ["credit"] = 40_000 }, RefundDesk.Ways(shown));
        Assert.Equal((-40_000, 0), (await Receivable(counter), await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id)));
        (await Pay(counter, card, 40_001)).IsRefused(HttpStatusCode.Conflict, "credit-debt-smaller");
        await counter.Closed(card);
        (await counter.RefundClosed(card, "transfer")).IsRefused(HttpStatusCode.Conflict, "refund-debt-first");
        (await counter.RefundClosed(card, "credit")).Is(HttpStatusCode.Created);
        var transfer = (await counter.RefundClosed(card, "transfer")).Is(HttpStatusCode.Created);
        Assert.Equal((60_000, 0, 0), ((int)transfer.Number("amount"), await counter.Quota(card), await Receivable(counter)));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.8")]
    public async Task The_debt_that_is_left_after_the_closing_can_be_paid(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(CardType.OrganisationSingle);
        await counter.Collected(card, 100_000, "credit");
        (await counter.Allocate(card, 40_000)).Is(HttpStatusCode.Created);
        await ClosingTests.OntoCard(counter, card, 40_000);
        Assert.Equal(
            (1, 0, 0, 0),
            StationUploads.Counts((await counter.Upload([StationUploads.Made(card.Number, 1, 40_000)])).Is(HttpStatusCode.OK))
        );
        await counter.Closed(card);

        Assert.Equal(60_000, (await counter.RefundClosed(card, "credit")).Is(HttpStatusCode.Created).Number("amount"));
        Assert.Equal(-40_000, await Receivable(counter));
        Assert.Equal(0, (await Pay(counter, card, 40_000, "cash")).Is(HttpStatusCode.Created).Number("creditOwed"));

        Assert.Equal((0, -40_000), (await Receivable(counter), await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id)));
        Assert.Contains("credit-payment", (await counter.CloseDay()).Is(HttpStatusCode.Created).Text, StringComparison.Ordinal);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.8"), Trait("Requirement", "FC-17.8")]
    public async Task A_collection_on_credit_that_was_paid_is_not_voided(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var first = await counter.Collected(card, 5_000, "credit");
        var second = await counter.Collected(card, 3_000, "credit");
        (await Pay(counter, card, 1_000, "cash")).Is(HttpStatusCode.Created);

        var check = (await counter.Cashier.Get($"/v1/transactions/{first}/correction")).Is(HttpStatusCode.OK);
        Assert.Empty(check.Body["obstacles"]!.AsArray());
        (await Void(counter, card, first, 5_000)).Is(HttpStatusCode.Created);
        var refused = (await Void(counter, card, second, 3_000)).IsRefused(HttpStatusCode.Conflict, "recharge-credit-paid");

        Assert.Equal(2_000, refused.Number("owed"));
        Assert.Equal((3_000, -2_000), (await counter.Quota(card), await Receivable(counter)));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.8"), Trait("Requirement", "PL-03.6")]
    public async Task Payments_set_offs_and_a_void_at_once_over_two_processes_never_exceed_the_debt(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestHost.Start(database, counter.Host.ConnectionString);
        var there = await counter.CashierAt(other);
        var card = await counter.IssuedCard();
        var last = await counter.Collected(card, 10_000, "credit");
        var (pay, body) = ($"/v1/customers/{card.CustomerCode}/credit-payments", new { amount = 3_000, paymentMethod = "cash" });
        var (refund, setOff) = ($"/v1/cards/{card.Number}/special-refunds", RefundDesk.By("credit", 3_000));
        var tokens = await counter.Cashier.Approvals(refund, setOff, counter.Second, 7);
        var undo = (Path: $"/v1/transactions/{last}/void", Body: TestCounter.Correction(card, 10_000, "credit"));
        var voiding = (await counter.Cashier.Approvals(undo.Path, undo.Body, counter.Second, 1))[0];

        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) =>
            {
                var clerk = i % 4 < 2 ? counter.Cashier : there;
                return Retries.Again(() =>
                    i == 15 ? clerk.Post(undo.Path, undo.Body, key, voiding)
                    : i % 2 == 0 ? clerk.Post(pay, body, key)
                    : clerk.Post(refund, setOff, key, tokens[i / 2])
                );
            }
        );

        var voided = answers[15].Status == HttpStatusCode.Created;
        var others = answers[..15].Count(a => a.Status == HttpStatusCode.Created);
        Assert.Equal(voided ? 0 : 3, others);
        Assert.Equal(voided ? 0 : -1_000, await Receivable(counter));
        Assert.Equal(voided ? 0 : 1_000, (await counter.Refundable(card.CustomerCode))["creditOwed"]!.GetValue<long>());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.8"), Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-06.31")]
    public async Task A_retry_gives_the_first_answer_and_another_branch_may_not_take_the_payment(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 10_000, "credit");
        var (path, body) = ($"/v1/customers/{card.CustomerCode}/credit-payments", new { amount = 4_000, paymentMethod = "transfer" });

        await Retries.GiveTheFirstAnswerAgain(key => counter.Cashier.Post(path, body, key));
        (await elsewhere.Cashier.Post(path, body)).IsRefused(HttpStatusCode.Forbidden, "customer-out-of-reach");
        (await counter.Cashier.Post(path, new { amount = 1_000, paymentMethod = "credit" })).IsRefused(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

        Assert.Equal(-6_000, await Receivable(counter));
    }

    private static Task<Answered> Pay(TestCounter counter, IssuedCard card, long fen, string method = "transfer") =>
        counter.Cashier.Post($"/v1/customers/{card.CustomerCode}/credit-payments", new { amount = fen, paymentMethod = method });

    private static Task<Answered> Void(TestCounter counter, IssuedCard card, string serial, long fen) =>
        counter.Cashier.PostApproved($"/v1/transactions/{serial}/void", TestCounter.Correction(card, fen, "credit"), counter.Second);

    private static Task<long> Receivable(TestCounter counter) => counter.Balance(CounterAccounts.Receivable, counter.BranchId);
}
