// Slices: SpecialRefund, RefundAfterClosing, PayCredit, against whatever else moves or blocks the customer's money.
using System.Net;
using Counter.Payments;
using Funding;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Refunds;

/// <summary>Sixteen requests at once over two processes: books are sound, and nothing is paid twice, whoever wins.</summary>
public sealed class RefundRacesTests
{
    private const int Refunds = 15;
    private const int Each = 8;
    private static readonly Dictionary<string, string?> s_quick = new() { ["Refunds:SweepEvery"] = "00:00:00.1" };

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1"), Trait("Requirement", "FC-27.5")]
    public async Task No_refund_is_booked_after_the_cheque_that_bounces_at_the_same_time(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);
        var (card, cheque) = await UsedCheque(counter);

        var bounced = await AgainstRefunds(counter, second, card, () => counter.Bounce(cheque), HttpStatusCode.Created);

        await NothingAfter(counter, card, bounced.SerialNumber, "refund-blocked-by-claim");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1"), Trait("Requirement", "FC-27.5")]
    public async Task No_refund_is_booked_after_a_debts_payment_is_voided_at_the_same_time(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);
        var (card, cheque) = await UsedCheque(counter);
        (await counter.Bounce(cheque)).Is(HttpStatusCode.Created);
        var pay = new { amount = 2_000, paymentMethod = "cash" };
        var paid = (await counter.Cashier.Post($"/v1/cheques/{cheque}/claim-payments", pay)).Is(HttpStatusCode.Created);
        var undo = $"/v1/cheques/{cheque}/claim-payments/{paid.SerialNumber}/void";
        var token = (await counter.Cashier.Approvals(undo, new { }, counter.Second, 1))[0];

        var voided = await AgainstRefunds(
            counter,
            second,
            card,
            () => counter.Cashier.Post(undo, new { }, approval: token),
            HttpStatusCode.Created
        );

        await NothingAfter(counter, card, voided.SerialNumber, "refund-blocked-by-claim");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.10"), Trait("Requirement", "FC-27.5")]
    public async Task No_special_refund_is_booked_after_the_closing_at_the_same_time_and_the_rest_is_refunded_then(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);
        await counter.Set(FundingParameters.LateConsumptionDays, 0);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 20_000);
        var closing = (await counter.OpenClosing(card)).Is(HttpStatusCode.Created)["closingId"];
        (await counter.TakeCard(closing, card)).Is(HttpStatusCode.OK);
        var (path, body) = ($"/v1/closings/{closing}/end", new { feeWaived = true });
        var token = (await counter.Cashier.Approvals(path, body, counter.Second, 1))[0];

        var closed = await AgainstRefunds(
            counter,
            second,
            card,
            () => counter.Cashier.Post(path, body, approval: token),
            HttpStatusCode.Created
        );

        await NothingAfter(counter, card, closed.SerialNumber, "card-closed");
        var left = await counter.Quota(card);
        Assert.Equal(left, (await counter.RefundClosed(card, "cash")).Is(HttpStatusCode.Created).Number("amount"));
        Assert.Equal(0, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-18.1"), Trait("Requirement", "FC-27.5"), Trait("Requirement", "FC-26.4")]
    public async Task Of_eight_refunds_and_eight_reversals_of_one_recharge_exactly_one_is_booked(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);
        var there = await counter.CashierAt(second);
        var card = await counter.IssuedCard();
        var recharge = await counter.Collected(card, 5_000, "bankCard");
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        var (refund, undo) = ($"/v1/cards/{card.Number}/special-refunds", $"/v1/transactions/{recharge}/reversal");
        var (body, correction) = (RefundDesk.By("bankCard", 5_000), TestCounter.Correction(card, 5_000, "bankCard"));
        var tokens = await counter.Cashier.Approvals(refund, body, counter.Second, Each);
        var undoing = await counter.Cashier.Approvals(undo, correction, counter.Second, Each);

        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) =>
            {
                var clerk = i % 4 < 2 ? counter.Cashier : there;
                return Retries.Again(() =>
                    i % 2 == 0 ? clerk.Post(refund, body, key, tokens[i / 2]) : clerk.Post(undo, correction, key, undoing[i / 2])
                );
            }
        );

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(0, await counter.Quota(card));
        Assert.Equal(0, (await counter.Refundable(card.CustomerCode))["refundable"]!.GetValue<long>());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-19.1"), Trait("Requirement", "FC-27.5")]
    public async Task Refunds_while_a_chip_is_unloaded_pay_what_there_is_and_no_more(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);
        var there = await counter.CashierAt(second);
        var chip = await counter.IssueCard();
        var card = await SpecialRefundTests.Row(counter, chip);
        await counter.Collected(card, 5_000);
        (await counter.Allocate(card, 3_000)).Is(HttpStatusCode.Created);
        await counter.Load(chip, 3_000);
        var path = $"/v1/cards/{card.Number}/special-refunds";
        var body = RefundDesk.By("cash", 1_000);
        var tokens = await counter.Cashier.Approvals(path, body, counter.Second, Each);
        var started = (await counter.StartUnload(chip, 3_000)).Is(HttpStatusCode.Accepted);

        var unloading = Task.Run(() => counter.Run(chip.Chip, started));
        var refunding = Task.WhenAll(
            tokens.Select(
                (token, i) => Task.Run(() => Retries.Again(() => (i % 2 == 0 ? counter.Cashier : there).Post(path, body, approval: token)))
            )
        );

        Assert.Equal("confirmed", CardBooks.State(await unloading));
        var answers = await refunding;
        var paid = 1_000 * answers.Count(a => a.Status == HttpStatusCode.Created);
        Assert.InRange(paid, 2_000, 5_000);
        Assert.Equal(5_000 - paid, await counter.Quota(card));
        Assert.Equal(0, (await counter.ChipEqualsBooks(chip, "unloaded")).Purse);
        Assert.Equal(5_000 - paid, (await counter.Refundable(card.CustomerCode))["refundable"]!.GetValue<long>());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.9"), Trait("Requirement", "FC-26.1"), Trait("Requirement", "FC-39.1")]
    public async Task Late_consumption_the_sweep_and_refunds_at_once_share_what_was_kept(Database database)
    {
        await using var host = await TestHost.Start(database, settings: s_quick);
        await using var counter = await TestCounter.Open(host);
        await counter.Set(FundingParameters.LateConsumptionDays, 5);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var lost = await counter.AnotherCard(main);
        await counter.Collected(main, 10_000);
        (await counter.Allocate(lost, 8_000)).Is(HttpStatusCode.Created);
        await ClosingTests.OntoCard(counter, lost, 8_000);
        await host.Change<Card>(c => c.Id == lost.Id, c => c.State = CardState.Lost);
        var closing = (await counter.OpenClosing(main)).Is(HttpStatusCode.Created)["closingId"];
        (await counter.TakeCard(closing, main)).Is(HttpStatusCode.OK);
        (await counter.EndClosing(closing)).Is(HttpStatusCode.Created);
        var path = $"/v1/customers/{main.CustomerCode}/refunds";
        var body = new { way = "cash", referenceNumber = "TK-1" };

        await ClosingTests.EndWaiting(host, closing);
        var uploading = Task.WhenAll(
            Enumerable.Range(1, Each).Select(i => Task.Run(() => counter.Upload([StationUploads.Made(lost.Number, i, 500)])))
        );
        // Asked for again and again: before the sweep they wait, afterwards the first takes all that is there.
        await Eventually.Holds(() => counter.Cashier.Post($"{path}?dryRun=true", body), a => a.Status == HttpStatusCode.OK);
        var tokens = await counter.Cashier.Approvals(path, body, counter.Second, Each);
        var refunded = await Task.WhenAll(
            tokens.Select(t => Task.Run(() => Retries.Again(() => counter.Cashier.Post(path, body, approval: t))))
        );

        var booked = 500 * (await uploading).Sum(a => StationUploads.Counts(a.Is(HttpStatusCode.OK)).Booked);
        var paid = refunded.Where(a => a.Status == HttpStatusCode.Created).Sum(a => a.Number("amount"));
        Assert.Single(refunded, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(10_000, booked + paid);
        Assert.Equal((0, 0), (await counter.Quota(main), await counter.CardAccount(lost)));
        Assert.Equal(Each - (booked / 500), (await counter.Cashier.Walk("/v1/consumption/set-aside?afterClosing=true")).Count);
        await counter.BooksAreSound();
    }

    /// <summary>20,000 fen in cash, and 2,000 by an on-sight cheque.</summary>
    private static async Task<(IssuedCard Card, string Cheque)> UsedCheque(TestCounter counter)
    {
        var card = await counter.IssuedCard();
        await counter.Collected(card, 20_000);
        (await counter.CreditOnSight(card)).Is(HttpStatusCode.OK);
        var cheque = await counter.Cheque(card, 6_000);
        (await counter.PayBy(cheque, card, 2_000)).Is(HttpStatusCode.Created);
        return (card, cheque);
    }

    /// <summary>Fifteen refunds of 1,000 fen and one of something else; the answer of that.</summary>
    private static async Task<Answered> AgainstRefunds(
        TestCounter counter,
        TestHost second,
        IssuedCard card,
        Func<Task<Answered>> other,
        HttpStatusCode done
    )
    {
        var there = await counter.CashierAt(second);
        var path = $"/v1/cards/{card.Number}/special-refunds";
        var body = RefundDesk.By("cash", 1_000);
        var tokens = await counter.Cashier.Approvals(path, body, counter.Second, Refunds);
        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) =>
                i == Each
                    ? Retries.Again(other)
                    : Retries.Again(() => (i % 2 == 0 ? counter.Cashier : there).Post(path, body, key, tokens[i < Each ? i : i - 1]))
        );
        Assert.All(
            answers.Where((_, i) => i != Each),
            a => Assert.True(a.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, a.Text)
        );
        return answers[Each].Is(done);
    }

    /// <summary>Every refund that was booked was booked before; from then on they are refused.</summary>
    private static async Task NothingAfter(TestCounter counter, IssuedCard card, string serialNumber, string code)
    {
        (await counter.Special(card, "cash", 1)).IsRefused(HttpStatusCode.Conflict, code);
        var last = SerialNumber.Parse(serialNumber);
        await using var db = await counter.Host.OpenDatabase();
        var at = (await db.Set<Transaction>().SingleAsync(t => t.Id == last)).BookedAt;
        var refunds = await db.Set<Transaction>().Where(t => t.CustomerId == card.CustomerId && t.Type == "special-refund").ToListAsync();
        Assert.All(refunds, r => Assert.True(r.BookedAt <= at, $"{r.BookedAt:O} is after {at:O}."));
        Assert.InRange(refunds.Count, 0, Refunds);
        await counter.BooksAreSound();
    }
}
