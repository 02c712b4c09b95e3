// Slices: PayClaim, TakeClaimPaymentBack.
using System.Net;
using Api.Tests.Platform.Documents;
using Counter.Payments;
using Customers;
using Issuance;
using Issuance.Cards;
using Platform.Problems;

namespace Api.Tests.Cheques;

public sealed class PayClaimTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1"), Trait("Requirement", "PL-03.6")]
    public async Task A_claim_is_paid_in_parts_and_then_refunds_are_open_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, cheque, _) = await Bounced(counter, used: 6_000);
        await counter.Collected(card, 1_000);

        var first = (await Pay(counter, cheque, 2_500, key: "part-1")).Is(HttpStatusCode.Created);
        Assert.Equal((2_500, 3_500, 3_500), (first.Number("amount"), first.Number("owed"), first.Number("claim")));
        var again = (await Pay(counter, cheque, 2_500, key: "part-1")).Is(HttpStatusCode.Created);
        Assert.Equal((first.Text, true), (again.Text, again.Replayed));
        (await Pay(counter, cheque, 2_600, key: "part-1")).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Equal((3_500, 0), await Shown(counter, card));

        Assert.Equal(3_500, (await Pay(counter, cheque, 3_501)).IsRefused(HttpStatusCode.Conflict, "claim-smaller").Number("owed"));
        (await Pay(counter, cheque, 3_500, "bankCard")).Is(HttpStatusCode.Created);
        Assert.Equal((0, 7_000), await Shown(counter, card));
        (await Pay(counter, cheque, 1)).IsRefused(HttpStatusCode.Conflict, "claim-smaller");

        Assert.Equal(-3_500, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        Assert.Equal(-3_500, await counter.Balance(CounterAccounts.BankCard, counter.BranchId));
        Assert.Equal(0, await counter.Balance(IssuanceAccounts.Claim, card.CustomerId));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1")]
    public async Task Only_money_that_is_there_pays_a_claim_and_only_a_bounced_used_cheque_has_one(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, cheque, _) = await Bounced(counter, used: 6_000);
        foreach (var method in new[] { "cheque", "credit", "voucher" })
        {
            (await Pay(counter, cheque, 100, method)).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        }

        var good = await counter.Cheque(card, 1_000);
        Assert.Equal(0, (await Pay(counter, good, 100)).IsRefused(HttpStatusCode.Conflict, "claim-smaller").Number("owed"));
        (await Pay(counter, "1", 100)).IsRefused(HttpStatusCode.NotFound, "cheque-not-found");
        var listed = (await counter.Cashier.Get($"/v1/cheques?standing=bounced&cardNumber={card.Number}")).Is(HttpStatusCode.OK);
        Assert.Equal(6_000, Assert.Single(listed.Body["items"]!.AsArray())!["owed"]!.GetValue<long>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1")]
    public async Task A_payment_is_taken_back_once_the_same_day_by_the_same_operator_and_later_by_the_branch(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        var (card, cheque, _) = await Bounced(counter, used: 6_000);
        var first = (await Pay(counter, cheque, 6_000)).Is(HttpStatusCode.Created).SerialNumber;

        (await counter.Second.Post(Void(cheque, first), new { })).IsRefused(HttpStatusCode.Forbidden, "claim-payment-of-others");
        (await other.Cashier.Post(Void(cheque, first), new { })).IsRefused(HttpStatusCode.Forbidden, "claim-payment-of-others");
        (await counter.Cashier.Post(Void(cheque, first), new { })).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        var back = (await counter.Cashier.PostApproved(Void(cheque, first), new { }, counter.Second)).Is(HttpStatusCode.Created);
        Assert.Equal((first, 6_000, 6_000), (back["correctsSerialNumber"], back.Number("owed"), back.Number("claim")));
        (await counter.Cashier.Post(Void(cheque, first), new { })).IsRefused(HttpStatusCode.Conflict, "already-corrected");

        var second = (await Pay(counter, cheque, 1_000)).Is(HttpStatusCode.Created).SerialNumber;
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        (await other.Cashier.Post(Void(cheque, second), new { })).IsRefused(HttpStatusCode.Forbidden, "claim-payment-of-others");
        (await counter.Second.PostApproved(Void(cheque, second), new { }, counter.Cashier)).Is(HttpStatusCode.Created);

        Assert.Equal((6_000, 0), await Shown(counter, card));
        (await counter.Cashier.Post(Void(cheque, "00000000000000000018"), new { })).IsRefused(
            HttpStatusCode.NotFound,
            "claim-payment-not-found"
        );
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1"), Trait("Requirement", "FC-17.5")]
    public async Task A_payment_by_the_bounced_cheque_is_voided_only_as_far_as_its_claim_is_not_paid(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, cheque, collection) = await Bounced(counter, used: 6_000);
        var payment = (await Pay(counter, cheque, 2_000)).Is(HttpStatusCode.Created).SerialNumber;
        var correction = TestCounter.Correction(card, 6_000, "cheque");
        var path = $"/v1/transactions/{collection}/void";

        var refused = await counter.Cashier.Post(path, correction);
        Assert.Equal(4_000, refused.IsRefused(HttpStatusCode.Conflict, "claim-smaller").Number("owed"));
        (await counter.Cashier.PostApproved(Void(cheque, payment), new { }, counter.Second)).Is(HttpStatusCode.Created);
        (await counter.Cashier.PostApproved(path, correction, counter.Second)).Is(HttpStatusCode.Created);

        Assert.Equal((0, 0), await Shown(counter, card));
        Assert.Equal(0, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1"), Trait("Requirement", "PL-03.3"), Trait("Requirement", "PL-03.6")]
    public async Task Sixteen_payments_at_once_never_receive_more_than_is_owed(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, cheque, _) = await Bounced(counter, used: 6_000);

        var same = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Retries.Again(() => Pay(counter, cheque, 600, key: "one"))))
        );
        Assert.All(same, a => a.Is(HttpStatusCode.Created));
        Assert.Single(same.Select(a => a.SerialNumber).Distinct());

        var others = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => Retries.Again(() => Pay(counter, cheque, 600, key: $"other-{i}"))))
        );
        Assert.Equal(9, others.Count(a => a.Status == HttpStatusCode.Created));
        Assert.All(others.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "claim-smaller"));
        Assert.Equal(0, await counter.Balance(IssuanceAccounts.Claim, card.CustomerId));
        Assert.Equal(-6_000, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1"), Trait("Requirement", "PL-05.1")]
    public async Task The_receipt_says_what_was_paid_what_is_still_owed_and_that_it_was_taken_back(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (_, cheque, _) = await Bounced(counter, used: 6_000);
        var paid = (await Pay(counter, cheque, 2_500)).Is(HttpStatusCode.Created);

        var clerk = await PaperClerk.At(counter);
        var receipt = (await clerk.Show(paid.SerialNumber, "claim-receipt")).Data;
        Assert.Equal((2_500, 3_500), (receipt["amount"]!.GetValue<long>(), receipt["claim"]!.GetValue<long>()));
        var page = (await clerk.Show(paid.SerialNumber, "claim-receipt", PaperClerk.Html)).Text;
        Assert.All(["支票欠款收款凭证", "贰拾伍元整", "35.00"], (string text) => Assert.Contains(text, page, StringComparison.Ordinal));

        var back = (await counter.Cashier.PostApproved(Void(cheque, paid.SerialNumber), new { }, counter.Second)).Is(
            HttpStatusCode.Created
        );
        receipt = (await clerk.Show(paid.SerialNumber, "claim-receipt")).Data;
        Assert.Equal(back.SerialNumber, receipt["correctedBySerialNumber"]!.GetValue<string>());
        receipt = (await clerk.Show(back.SerialNumber, "claim-receipt")).Data;
        Assert.Equal((true, 6_000), (receipt["back"]!.GetValue<bool>(), receipt["claim"]!.GetValue<long>()));
    }

    private static string Void(string cheque, string serialNumber) => $"/v1/cheques/{cheque}/claim-payments/{serialNumber}/void";

    private static Task<Answered> Pay(TestCounter counter, string cheque, long fen, string method = "cash", string? key = null) =>
        counter.Cashier.Post($"/v1/cheques/{cheque}/claim-payments", new { amount = fen, paymentMethod = method }, key);

    /// <summary>As a front end does with an answer that is retryable.</summary>
    /// <summary>A cheque credited on sight, used and bounced: its card, its id, and the payment by it.</summary>
    private static async Task<(IssuedCard Card, string Cheque, string Collection)> Bounced(TestCounter counter, long used)
    {
        var card = await counter.IssuedCard();
        (await counter.CreditOnSight(card)).Is(HttpStatusCode.OK);
        var cheque = await counter.Cheque(card, 10_000);
        var collection = (await counter.PayBy(cheque, card, used)).Is(HttpStatusCode.Created).SerialNumber;
        Assert.Equal(used, (await counter.Bounce(cheque)).Is(HttpStatusCode.Created).Number("claim"));
        return (card, cheque, collection);
    }

    private static async Task<(long Claim, long Refundable)> Shown(TestCounter counter, IssuedCard card)
    {
        var customer = await counter.Customer(card.CustomerCode);
        return (customer["claim"]!.GetValue<long>(), customer["refundable"]!.GetValue<long>());
    }
}
