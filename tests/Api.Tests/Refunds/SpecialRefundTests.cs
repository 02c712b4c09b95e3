// Slices: SpecialRefund, SpecialRefundWithCard, GetRefundable.
using System.Net;
using System.Text.Json.Nodes;
using Customers;
using Issuance.Cards;

namespace Api.Tests.Refunds;

public sealed class SpecialRefundTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.1"), Trait("Requirement", "FC-27.4"), Trait("Requirement", "FC-27.5"), Trait("Requirement", "FC-26.5")]
    public async Task The_worked_example_of_three_payments(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var chip = await counter.IssueCard();
        var card = await Row(counter, chip);
        var r1 = await counter.Collected(card, 50_000);
        var r2 = await counter.GiveBy(card, "bankCard", 30_000, bonus: 3_000);
        var r3 = await counter.Collected(card, 20_000, "transfer");
        await Spend(counter, chip, card, 60_000);

        var shown = await counter.Refundable(card.CustomerCode);
        Assert.Equal((43_000, 3_000, 40_000), (Fen(shown, "quota"), Fen(shown, "bonus"), Fen(shown, "refundable")));
        Assert.Equal([(r3, 20_000), (r2, 20_000)], RefundDesk.Lines(shown));
        Assert.Equal(new Dictionary<string, long> { ["bankCard"] = 20_000, ["transfer"] = 20_000 }, RefundDesk.Ways(shown));

        var path = $"/v1/cards/{card.Number}/special-refunds";
        var tried = (await counter.Cashier.Post($"{path}?dryRun=true", RefundDesk.By("bankCard", 15_000))).Is(HttpStatusCode.OK);
        var done = (await counter.Special(card, "bankCard", 15_000)).Is(HttpStatusCode.Created);
        Assert.Equal((tried["amount"], tried.Body["lines"]!.ToJsonString()), (done["amount"], done.Body["lines"]!.ToJsonString()));
        Assert.Equal(("sent", 28_000), (done["state"], await counter.Quota(card)));
        Assert.Equal(25_000, tried.Number("refundableAfter"));
        Assert.Equal([(r3, 20_000), (r2, 5_000)], RefundDesk.Lines(await counter.Refundable(card.CustomerCode)));

        var r4 = await counter.Collected(card, 10_000);
        (await counter.Void(card, r4, 10_000)).Is(HttpStatusCode.Created);
        Assert.Equal([(r3, 20_000), (r2, 5_000)], RefundDesk.Lines(await counter.Refundable(card.CustomerCode)));
        var again = await counter.Collected(card, 10_000);
        await Spend(counter, chip, card, 12_000);
        Assert.Equal([(again, 10_000), (r3, 13_000)], RefundDesk.Lines(await counter.Refundable(card.CustomerCode)));
        Assert.NotEqual(r1, again);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-26.2"), Trait("Requirement", "FC-27.5")]
    public async Task Another_way_and_an_amount_above_what_it_can_carry_are_refused_naming_what_is_allowed(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 5_000);

        var way = (await counter.Special(card, "transfer", 100)).IsRefused(HttpStatusCode.Conflict, "refund-way-not-allowed");
        Assert.Equal("""["cash","bankCard"]""", way.Body["allowed"]!.ToJsonString());
        var much = (await counter.Special(card, "cash", 5_001)).IsRefused(HttpStatusCode.Conflict, "refund-exceeds-way");
        Assert.Equal((5_000, 5_000), (much.Number("carries"), much.Number("refundable")));
        (await counter.Special(card, "cash", 0)).IsRefused(HttpStatusCode.BadRequest, "validation-failed");

        var unit = await counter.IssuedCard(CardType.OrganisationSingle);
        await counter.Collected(unit, 5_000);
        (await counter.Special(unit, "cash")).IsRefused(HttpStatusCode.Conflict, "refund-way-not-allowed");
        (await counter.Special(unit, "transfer")).Is(HttpStatusCode.Created);
        Assert.Equal((5_000, 0), (await counter.Quota(card), await counter.Quota(unit)));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.2"), Trait("Requirement", "FC-28.1")]
    public async Task Bearer_and_sub_cards_are_refused_and_a_lost_or_damaged_main_card_only_where_it_should_be_present(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var bearer = await counter.IssuedCard(CardType.Bearer);
        (await counter.Special(bearer, "cash")).IsRefused(HttpStatusCode.Conflict, "card-type-not-served");
        foreach (var state in new[] { CardState.Lost, CardState.Damaged })
        {
            var card = await counter.IssuedCard(CardType.PersonalMain, change: c => c.State = state);
            await counter.GiveBy(card, "cash", 5_000, 0);
            var present = await counter.Present(card);
            (await counter.Cashier.Post($"/v1/card-sessions/{present}/special-refunds", RefundDesk.By("cash"))).IsRefused(
                HttpStatusCode.Conflict,
                state == CardState.Lost ? "card-lost" : "card-damaged"
            );
            (await counter.Special(card, "cash")).Is(HttpStatusCode.Created);
        }

        var main = await counter.IssuedCard(CardType.PersonalMain);
        await counter.Collected(main, 700);
        var path = $"/v1/card-sessions/{await counter.Present(main)}/special-refunds";
        (await counter.Cashier.PostApproved(path, RefundDesk.By("cash", 300), counter.Second)).Is(HttpStatusCode.Created);
        Assert.Equal(400, await counter.Quota(main));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.1"), Trait("Requirement", "PL-02.1"), Trait("Requirement", "PL-06.31")]
    public async Task Without_an_approval_or_at_another_branch_nothing_is_booked(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 5_000);
        var path = $"/v1/cards/{card.Number}/special-refunds";

        Assert.Equal(
            "special-refund",
            (await counter.Cashier.Post(path, RefundDesk.By("cash"))).IsRefused(HttpStatusCode.Forbidden, "approval-required")["action"]
        );
        (await elsewhere.Cashier.Post(path, RefundDesk.By("cash"))).IsRefused(HttpStatusCode.Forbidden, "customer-out-of-reach");
        Assert.Equal(5_000, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1")]
    public async Task A_debt_for_a_bounced_cheque_blocks_refunds(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 5_000);
        (await counter.CreditOnSight(card)).Is(HttpStatusCode.OK);
        var cheque = await counter.Cheque(card, 6_000);
        (await counter.PayBy(cheque, card, 2_000)).Is(HttpStatusCode.Created);
        (await counter.Bounce(cheque)).Is(HttpStatusCode.Created);

        var refused = (await counter.Special(card, "cash")).IsRefused(HttpStatusCode.Conflict, "refund-blocked-by-claim");

        Assert.Equal(2_000, refused.Number("claim"));
        Assert.Equal(0, Fen(await counter.Refundable(card.CustomerCode), "refundable"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.3")]
    public async Task A_customer_with_vat_invoices_gives_neither_oil_type_nor_refund_invoice(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(CardType.OrganisationSingle, InvoiceType.Vat);
        await counter.GiveBy(card, "transfer", 5_000, 0);

        (await counter.Special(card, RefundEndTests.With(RefundDesk.By("transfer"), null, "R9"))).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "vat-customer-gives-no-refund-invoice"
        );
        (await counter.Special(card, "transfer")).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.8"), Trait("Requirement", "FC-27.5")]
    public async Task A_recharge_of_which_something_was_refunded_is_not_voided_until_the_refund_is_cancelled(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 9_000);
        var recharge = await counter.Collected(card, 5_000);
        var refund = (await counter.Special(card, "cash", 1_000)).Is(HttpStatusCode.Created).SerialNumber;

        Assert.Equal(
            1_000,
            (await counter.Void(card, recharge, 5_000)).IsRefused(HttpStatusCode.Conflict, "recharge-refunded").Number("refunded")
        );
        var check = (await counter.Cashier.Get($"/v1/transactions/{recharge}/correction")).Is(HttpStatusCode.OK);
        Assert.Equal("recharge-refunded", Assert.Single(check.Body["obstacles"]!.AsArray())!["code"]!.GetValue<string>());
        (await counter.Cancel(refund)).Is(HttpStatusCode.OK);
        (await counter.Void(card, recharge, 5_000)).Is(HttpStatusCode.Created);
        Assert.Equal(9_000, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_retry_gives_the_first_answer(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 9_000);
        var path = $"/v1/cards/{card.Number}/special-refunds";
        var body = RefundDesk.By("cash", 1_000);
        var token = await counter.Cashier.Approve(await counter.Cashier.Post(path, body), counter.Second);

        await Retries.GiveTheFirstAnswerAgain(key => counter.Cashier.Post(path, body, key, token));

        Assert.Equal(8_000, await counter.Quota(card));
    }

    internal static async Task<IssuedCard> Row(TestCounter counter, ChipCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        var row = db.Set<Card>().Single(c => c.Number == card.Number);
        return new IssuedCard(row.Id, card.Number, row.CustomerId, card.CustomerCode);
    }

    /// <summary>Sets aside, loads, and lets a station take it.</summary>
    internal static async Task Spend(TestCounter counter, ChipCard chip, IssuedCard card, long fen)
    {
        (await counter.Allocate(card, fen)).Is(HttpStatusCode.Created);
        await counter.Load(chip, fen);
        Assert.Equal(
            (1, 0, 0, 0),
            StationUploads.Counts((await counter.Upload([StationUploads.Buy(chip.Chip, (uint)fen)])).Is(HttpStatusCode.OK))
        );
    }

    private static long Fen(JsonNode shown, string member) => shown[member]!.GetValue<long>();
}
