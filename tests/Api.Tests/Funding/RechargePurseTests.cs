using System.Net;
using Counter.Payments;
using Customers;
using Issuance.Cards;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Funding;

public sealed class RechargePurseTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-16.1"), Trait("Requirement", "FC-16.3"), Trait("Requirement", "FC-09.3")]
    public async Task Receives_a_payment_and_writes_it_into_the_purse_in_one_operation(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();

        var started = (await counter.StartRecharge(card, 30_000)).Is(HttpStatusCode.Accepted);
        var outcome = await counter.Run(card.Chip, started);

        Assert.Equal(("confirmed", "recharge"), (CardBooks.State(outcome), outcome["kind"]!.GetValue<string>()));
        var books = await counter.ChipEqualsBooks(card, "recharged");
        Assert.Equal((30_000, 0, 0), (books.Purse, books.Reserve, books.Quota));
        Assert.Equal(-ChipCards.SetFee - 30_000, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        var receipt = await counter.Cashier.Get($"/v1/transactions/{started.SerialNumber}/documents/advance-receipt");
        Assert.Contains("预收款凭证", receipt.Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.Contains("充值", receipt.Text, StringComparison.Ordinal);
        var slip = await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}/documents/load-slip");
        Assert.Contains("300.00", slip.Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-16.2"), Trait("Requirement", "FC-16.3")]
    public async Task A_contracts_bonus_and_points_go_onto_the_card_with_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var contract = await Contracts.WithBonus(database);

        var started = (await counter.StartRecharge(card, 30_000, contract: contract)).Is(HttpStatusCode.Accepted);
        Assert.Equal((300, 600), (started.Number("bonus"), started.Number("points")));
        await counter.Run(card.Chip, started);

        var books = await counter.ChipEqualsBooks(card, "recharged with a contract");
        Assert.Equal((30_300, 600), (books.Purse, books.PursePoints));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.3"), Trait("Requirement", "FC-16.1"), Trait("Requirement", "FC-09.4"), Trait("Requirement", "FC-09.10")]
    public async Task Refuses_main_and_sub_cards_and_what_a_collection_refuses(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        foreach (var type in new[] { CardType.PersonalMain, CardType.OrganisationMain, CardType.PersonalSub, CardType.OrganisationSub })
        {
            await Refused(counter, await counter.IssuedCard(type), "card-takes-no-purse-recharge");
        }

        await Refused(counter, await counter.IssuedCard(change: c => c.State = CardState.Lost), "card-lost");
        var vat = await counter.IssuedCard(CardType.OrganisationSingle, InvoiceType.Vat);
        (await counter.Cashier.Post($"/v1/cards/{vat.Number}/purse-recharges", TestCounter.Payment(100))).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "vat-customer-gives-no-oil-type"
        );
        var card = await counter.IssuedCard();
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/purse-recharges", TestCounter.Payment(500_001))).IsRefused(
            HttpStatusCode.Conflict,
            "over-purse-limit"
        );
        Assert.Equal(0, await counter.Transactions());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.7")]
    public async Task What_the_chip_does_not_take_is_in_the_reserve_account_and_loads_later(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, other) = (await counter.IssueCard(), await counter.IssueCard());

        var outcome = await counter.Run(other.Chip, (await counter.StartRecharge(card, 30_000)).Is(HttpStatusCode.Accepted));

        Assert.Equal("card-not-expected", outcome["code"]!.GetValue<string>());
        Assert.Equal((30_000, 0), ((await counter.Balances(card)).Reserve, (await counter.Balances(card)).Purse));
        await counter.Load(card, 30_000);
        Assert.Equal(30_000, (await counter.ChipEqualsBooks(card, "loaded later")).Purse);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-16.1"), Trait("Requirement", "PL-03.6")]
    public async Task The_same_key_takes_one_payment_and_sixteen_at_once_take_one(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var key = Clerk.NewKey();

        var answers = await Retries.AtOnceWithOwnKeys((_, k) => counter.StartRecharge(card, 10_000, k));
        Assert.Single(answers, a => a.Status == HttpStatusCode.Accepted);
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Accepted),
            a => a.IsRefused(HttpStatusCode.Conflict, "card-operation-pending")
        );
        await counter.Run(card.Chip, answers.Single(a => a.Status == HttpStatusCode.Accepted));
        var first = (await counter.StartRecharge(card, 5_000, key)).Is(HttpStatusCode.Accepted);
        Assert.Equal(first.Text, (await counter.StartRecharge(card, 5_000, key)).Is(HttpStatusCode.Accepted).Text);

        Assert.Equal((10_000, 5_000), ((await counter.Balances(card)).Purse, (await counter.Balances(card)).Reserve));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.3"), Trait("Requirement", "FC-17.8")]
    public async Task A_recharge_is_voided_only_after_it_was_unloaded(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var paid = (await counter.StartRecharge(card, 30_000)).Is(HttpStatusCode.Accepted);
        var serial = paid.SerialNumber;

        // Under way, then in the purse; money that the quota account has from elsewhere does not do for it.
        (await Void(counter, card, serial)).IsRefused(HttpStatusCode.Conflict, "card-operation-pending");
        await counter.Run(card.Chip, paid);
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(40_000))).Is(HttpStatusCode.Created);
        var refused = await Void(counter, card, serial);
        refused.IsRefused(HttpStatusCode.Conflict, "recharge-still-on-card");
        Assert.Equal((30_000, 30_000), (refused.Number("missing"), refused.Number("inPurse")));
        var check = (await counter.Cashier.Get($"/v1/transactions/{serial}/correction")).Is(HttpStatusCode.OK);
        Assert.Equal("recharge-still-on-card", check.Body["obstacles"]![0]!["code"]!.GetValue<string>());
        Assert.Equal("unload", check.Body["steps"]![0]!["kind"]!.GetValue<string>());

        await counter.Run(card.Chip, (await counter.StartUnload(card, 29_999)).Is(HttpStatusCode.Accepted));
        (await Void(counter, card, serial)).IsRefused(HttpStatusCode.Conflict, "recharge-still-on-card");
        await counter.Run(card.Chip, (await counter.StartUnload(card, 1)).Is(HttpStatusCode.Accepted));
        (await Void(counter, card, serial)).Is(HttpStatusCode.Created);

        Assert.Equal(40_000, (await counter.ChipEqualsBooks(card, "voided")).Quota);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.3")]
    public async Task What_came_back_for_one_recharge_does_not_do_for_a_second(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var (first, second) = (await Recharged(counter, card), await Recharged(counter, card));
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(90_000))).Is(HttpStatusCode.Created);

        await counter.Run(card.Chip, (await counter.StartUnload(card, 30_000)).Is(HttpStatusCode.Accepted));
        (await Void(counter, card, first)).Is(HttpStatusCode.Created);
        (await Void(counter, card, second)).IsRefused(HttpStatusCode.Conflict, "recharge-still-on-card");
        await counter.Run(card.Chip, (await counter.StartUnload(card, 30_000)).Is(HttpStatusCode.Accepted));
        (await Void(counter, card, second)).Is(HttpStatusCode.Created);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.2")]
    public async Task Reserve_points_left_behind_can_be_loaded_alone(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 10_000, points: 70);
        var started = (await counter.StartLoad(card, 10_000)).Is(HttpStatusCode.Accepted);

        // Six commands for the money, then the card is gone: the points wait in reserve.
        await counter.RunTorn(card.Chip, started, apdu: 8, after: false);
        Assert.Equal((10_000, 70), ((await counter.Balances(card)).Purse, (await counter.Balances(card)).ReservePoints));

        await counter.Run(card.Chip, (await counter.StartLoad(card, 0)).Is(HttpStatusCode.Accepted));
        Assert.Equal(70, ChipCards.Balance(card.Chip, IssuerProfile.Demo.Points));
        (await counter.StartLoad(card, 0)).IsRefused(HttpStatusCode.Conflict, "nothing-to-load");
        await counter.ChipEqualsBooks(card, "points loaded");
    }

    private static async Task<string> Recharged(TestCounter counter, ChipCard card)
    {
        var started = (await counter.StartRecharge(card, 30_000)).Is(HttpStatusCode.Accepted);
        await counter.Run(card.Chip, started);
        return started.SerialNumber;
    }

    private static Task<Answered> Void(TestCounter counter, ChipCard card, string serial)
    {
        var body = new
        {
            cardNumber = card.Number,
            paymentMethod = "cash",
            amount = 30_000,
        };
        return counter.Cashier.PostApproved($"/v1/transactions/{serial}/void", body, counter.Second);
    }

    private static async Task Refused(TestCounter counter, IssuedCard card, string code) =>
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/purse-recharges", TestCounter.Payment(1_000))).IsRefused(
            HttpStatusCode.Conflict,
            code
        );
}
