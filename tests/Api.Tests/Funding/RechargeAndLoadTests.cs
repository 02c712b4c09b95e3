// Slices: RechargeAndLoad, RechargeAndLoadWithCard.
using System.Net;
using System.Text.Json.Nodes;
using Funding;
using Funding.Contracts;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Funding;

/// <summary>A payment into the quota account that is set aside for the card and loaded in the same function.</summary>
public sealed class RechargeAndLoadTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "FC-09.9"), Trait("Requirement", "FC-15.7")]
    public async Task Receives_sets_aside_and_loads_under_one_ticket_each_as_its_own_transaction(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();

        var started = (await counter.StartRechargeWithLoad(card, 50_000, load: 30_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal((50_000, 30_000), (started.Number("quotaBalance"), started.Body["load"]!["amount"]!.GetValue<long>()));
        var outcome = await counter.Run(card.Chip, started);

        Assert.Equal(("confirmed", "recharge-load"), (CardBooks.State(outcome), outcome["kind"]!.GetValue<string>()));
        var books = await counter.ChipEqualsBooks(card, "recharged and loaded");
        Assert.Equal((20_000, 0, 30_000), (books.Quota, books.Reserve, books.Purse));
        await Prints(counter, started.SerialNumber, "advance-receipt", "预收款凭证");
        await Prints(counter, await Allocation(counter, started.SerialNumber), "allocation-form", "300.00");
        await Prints(counter, outcome["serialNumber"]!.GetValue<string>(), "load-slip", "300.00");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "FC-09.6"), Trait("Requirement", "FC-15.2")]
    public async Task Without_a_word_of_how_much_all_that_the_payment_brings_is_loaded_bonus_and_points_with_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var contract = await Contracts.WithBonus(database);

        var started = (await counter.StartRechargeWithLoad(card, 30_000, contract: contract)).Is(HttpStatusCode.Accepted);
        await counter.Run(card.Chip, started);

        var books = await counter.ChipEqualsBooks(card, "recharged with a contract");
        Assert.Equal((0, 30_300, 600), (books.Quota, books.Purse, books.PursePoints));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "FC-10.1"), Trait("Requirement", "FC-13.2")]
    public async Task A_main_card_is_loaded_so_only_when_it_is_present_and_a_sub_card_never(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        (await Ask(counter, $"/v1/cards/{main.Number}")).IsRefused(HttpStatusCode.Conflict, "main-card-must-be-present");
        var sub = await counter.IssuedCard(CardType.PersonalSub);
        (await Ask(counter, $"/v1/cards/{sub.Number}")).IsRefused(HttpStatusCode.Conflict, "sub-card-takes-no-payment");

        var started = (await Ask(counter, $"/v1/card-sessions/{await counter.Present(main)}")).Is(HttpStatusCode.Accepted);

        Assert.Equal(main.Number, started["cardNumber"]);
        Assert.Equal(10_000, await counter.Quota(main));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "FC-15.6"), Trait("Requirement", "FC-13.4")]
    public async Task Refuses_more_than_the_quota_account_will_hold_or_the_purse_may(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();

        var refused = await counter.StartRechargeWithLoad(card, 10_000, load: 10_001);
        refused.IsRefused(HttpStatusCode.Conflict, "allocation-exceeds-quota");
        Assert.Equal(10_000, refused.Number("quotaBalance"));
        (await counter.StartRechargeWithLoad(card, 600_000, load: 500_001)).IsRefused(HttpStatusCode.Conflict, "over-purse-limit");
        (await counter.StartRechargeWithLoad(card, 10_000, load: 0)).IsRefused(HttpStatusCode.BadRequest, "validation-failed");

        Assert.Equal(new CardBalances(0, 0, 0, 0, 0, 0, 0), await counter.Balances(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "PL-03.6")]
    public async Task The_same_key_takes_one_payment_and_sixteen_at_once_load_one(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var key = Clerk.NewKey();

        var answers = await Retries.AtOnceWithOwnKeys((_, k) => counter.StartRechargeWithLoad(card, 10_000, key: k));
        var begun = Assert.Single(answers, a => a.Status == HttpStatusCode.Accepted);
        Assert.All(answers.Where(a => a != begun), a => a.IsRefused(HttpStatusCode.Conflict, "card-operation-pending"));
        await counter.Run(card.Chip, begun);
        var first = (await counter.StartRechargeWithLoad(card, 5_000, key: key)).Is(HttpStatusCode.Accepted);
        var again = (await counter.StartRechargeWithLoad(card, 5_000, key: key)).Is(HttpStatusCode.Accepted);
        Assert.Equal((first.Text, false, true), (again.Text, first.Replayed, again.Replayed));
        (await counter.StartRechargeWithLoad(card, 5_001, key: key)).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "idempotency-key-reused"
        );

        Assert.Equal((10_000, 5_000), ((await counter.Balances(card)).Purse, (await counter.Balances(card)).Quota));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "FC-15.5")]
    public async Task The_wrong_card_and_an_agent_that_never_comes_leave_the_part_in_the_reserve_account(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, other) = (await counter.IssueCard(), await counter.IssueCard());

        var outcome = await counter.Run(other.Chip, (await counter.StartRechargeWithLoad(card, 30_000)).Is(HttpStatusCode.Accepted));
        Assert.Equal("card-not-expected", outcome["code"]!.GetValue<string>());
        Assert.Equal((0, 30_000), ((await counter.Balances(card)).Quota, (await counter.Balances(card)).Reserve));

        var started = (await counter.StartRechargeWithLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        await counter.TicketRanOut(CardBooks.OperationId(started));
        Assert.Equal((0, 50_000), ((await counter.Balances(card)).Quota, (await counter.Balances(card)).Reserve));
        await counter.Load(card, 50_000);
        Assert.Equal(50_000, (await counter.ChipEqualsBooks(card, "loaded later")).Purse);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "FC-17.2"), Trait("Requirement", "FC-17.8")]
    public async Task Its_payment_is_voided_after_the_load_came_back_and_the_check_says_in_which_order(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var started = (await counter.StartRechargeWithLoad(card, 30_000, load: 20_000)).Is(HttpStatusCode.Accepted);
        var row = new IssuedCard(0, card.Number, 0, card.CustomerCode);
        (await counter.Void(row, started.SerialNumber, 30_000)).IsRefused(HttpStatusCode.Conflict, "card-operation-pending");
        await counter.Run(card.Chip, started);

        (await counter.Void(row, started.SerialNumber, 30_000)).IsRefused(HttpStatusCode.Conflict, "quota-too-small-for-void");
        var check = (await counter.Cashier.Get($"/v1/transactions/{started.SerialNumber}/correction")).Is(HttpStatusCode.OK);
        var step = Assert.Single(check.Body["steps"]!.AsArray())!;
        Assert.Equal(("unload", 20_000), (step["kind"]!.GetValue<string>(), step["amount"]!.GetValue<long>()));
        await counter.Run(card.Chip, (await counter.StartUnload(card, 20_000)).Is(HttpStatusCode.Accepted));
        (await counter.Void(row, started.SerialNumber, 30_000)).Is(HttpStatusCode.Created);

        Assert.Equal(0, (await counter.ChipEqualsBooks(card, "voided")).Money);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "FC-09.5"), Trait("Requirement", "FC-16.3")]
    public async Task A_cheque_pays_for_it_and_for_a_recharge_of_the_purse_never_beyond_its_amount(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var cheque = await counter.Cheque(new IssuedCard(0, card.Number, 0, card.CustomerCode), 50_000);
        (await counter.Clear(cheque)).Is(HttpStatusCode.Created);
        JsonObject Payment(long fen)
        {
            var body = TestCounter.Payment(fen, "cheque");
            body["chequeId"] = cheque;
            return body;
        }

        var path = $"/v1/cards/{card.Number}";
        var loaded = await counter.Cashier.Post($"{path}/recharges-with-load", new JsonObject { ["payment"] = Payment(30_000) });
        await counter.Run(card.Chip, loaded.Is(HttpStatusCode.Accepted));
        (await counter.Cashier.Post($"{path}/purse-recharges", Payment(20_001))).IsRefused(HttpStatusCode.Conflict, "cheque-too-small");
        await counter.Run(card.Chip, (await counter.Cashier.Post($"{path}/purse-recharges", Payment(20_000))).Is(HttpStatusCode.Accepted));

        Assert.Equal(50_000, (await counter.ChipEqualsBooks(card, "paid by cheque")).Purse);
        await counter.BooksAreSound();
    }

    private static Task<Answered> Ask(TestCounter counter, string at) =>
        counter.Cashier.Post($"{at}/recharges-with-load", new { payment = TestCounter.Payment(10_000) });

    /// <summary>The allocation that names this payment.</summary>
    private static async Task<string> Allocation(TestCounter counter, string payment)
    {
        await using var db = await counter.Host.OpenDatabase();
        var row = await db.Set<Transaction>()
            .SingleAsync(t => t.Type == FundingTransactions.Allocation.Name && t.ReferenceNumber == payment);
        return SerialNumber.Of(row.Id);
    }

    private static async Task Prints(TestCounter counter, string serial, string kind, string words)
    {
        var page = await counter.Cashier.Get($"/v1/transactions/{serial}/documents/{kind}");
        Assert.Contains(words, page.Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }
}
