// Slices: SmallRefund.
using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Funding;
using Counter.Payments;
using Issuance;
using Issuance.Cards;
using Platform.Cards.Cryptography.Profiles;
using Refunds;

namespace Api.Tests.Refunds;

public sealed class SmallRefundTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-29.1"), Trait("Requirement", "FC-29.3"), Trait("Requirement", "FC-29.4"), Trait("Requirement", "FC-29.5")]
    public async Task The_worked_example_of_a_single_card_pays_what_was_paid_in_and_empties_its_accounts(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var chip = await counter.IssueCard();
        var card = await SpecialRefundTests.Row(counter, chip);
        // Reserve 1.20, purse 4.30, quota 2.00 of which 0.50 is bonus.
        await counter.GiveBy(card, "bankCard", 700, bonus: 50);
        (await counter.Allocate(card, 550)).Is(HttpStatusCode.Created);
        await counter.Load(chip, 430);
        var drawer = await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id);
        var path = $"/v1/card-sessions/{await counter.Present(chip.Chip)}/small-refunds";

        var tried = (await counter.Cashier.Post($"{path}?dryRun=true", new { })).Is(HttpStatusCode.OK);
        Assert.Equal((700, 50), ((int)tried.Number("amount"), (int)tried.Number("bonusLapsed")));
        var started = (await counter.Cashier.PostApproved(path, new { referenceNumber = "XE-1" }, counter.Second)).Is(
            HttpStatusCode.Accepted
        );
        Assert.Equal(200, await counter.Quota(card));
        var outcome = await counter.Run(chip.Chip, started);

        Assert.Equal("confirmed", CardBooks.State(outcome));
        var books = await counter.ChipEqualsBooks(chip, "refunded");
        Assert.Equal(0, books.Money);
        Assert.Equal(drawer + 700, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        Assert.Equal(0, await counter.Balance(IssuanceAccounts.Bonus, card.CustomerId));
        var serial = outcome["serialNumber"]!.GetValue<string>();
        var refund = (await counter.Cashier.Get($"/v1/refunds/{serial}")).Is(HttpStatusCode.OK);
        Assert.Equal(("small", 700, 50), (refund["kind"], refund.Number("amount"), refund.Number("bonusLapsed")));
        Assert.Equal("active", (await counter.Customer(card.CustomerCode))["cards"]![0]!["state"]!.GetValue<string>());
        var paper = (await counter.Cashier.Get($"/v1/transactions/{serial}/documents/refund-receipt")).Is(HttpStatusCode.OK).Text;
        Assert.All(["小额退款", "-7.00", "作废赠送金额", "0.50"], w => Assert.Contains(w, paper, StringComparison.Ordinal));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-29.3")]
    public async Task The_limit_holds_over_all_valid_cards_together_without_a_division(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain, change: Own);
        var sub = await counter.AnotherCard(main);
        await counter.AnotherCard(main);
        await counter.AnotherCard(main, change: c => c.State = CardState.Lost);
        await counter.Collected(main, 3_003);
        (await counter.Allocate(sub, 1_000)).Is(HttpStatusCode.Created);

        var large = (await Small(counter, main)).IsRefused(HttpStatusCode.Conflict, "small-refund-too-large");
        Assert.Equal((3_003, 3_000), ((int)large.Number("total"), (int)large.Number("limit")));
        (await counter.Special(main, "cash", 63)).Is(HttpStatusCode.Created);
        var done = (await Small(counter, main)).Is(HttpStatusCode.Created);

        Assert.Equal(2_940, done.Body["refund"]!["amount"]!.GetValue<long>());
        Assert.Equal((0, 0), (await counter.Quota(main), await counter.Reserve(sub)));
        (await Small(counter, main)).IsRefused(HttpStatusCode.Conflict, "nothing-to-refund");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-29.2"), Trait("Requirement", "FC-29.3")]
    public async Task Purses_of_a_multi_user_customer_are_unloaded_first_and_cards_of_other_provinces_are_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain, change: Own);
        var sub = await counter.AnotherCard(main);
        await counter.Collected(main, 100);
        await counter.Loaded(sub, 100);
        (await Small(counter, main)).IsRefused(HttpStatusCode.Conflict, "purses-to-unload-first");
        (await Small(counter, sub)).IsRefused(HttpStatusCode.Conflict, "card-type-not-served");

        var foreign = await counter.IssuedCard();
        await counter.Collected(foreign, 100);
        (await Small(counter, foreign)).IsRefused(HttpStatusCode.Conflict, "card-of-other-province");
        var bearer = await counter.IssuedCard(CardType.Bearer, change: Own);
        await counter.GiveBy(bearer, "cash", 100, 0);
        (await Small(counter, bearer)).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-29.5")]
    public async Task Bonus_is_paid_where_the_parameter_says_so(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(RefundParameters.SmallRefundPaysBonus, 1);
        var card = await counter.IssuedCard(change: Own);
        await counter.GiveBy(card, "cash", 700, bonus: 50);

        var done = (await Small(counter, card)).Is(HttpStatusCode.Created);

        Assert.Equal((750, 0), (done.Body["refund"]!["amount"]!.GetValue<long>(), done.Body["refund"]!["bonusLapsed"]!.GetValue<long>()));
        Assert.Equal(0, await counter.Quota(card));
        Assert.Equal(0, (await counter.Refundable(card.CustomerCode))["refundable"]!.GetValue<long>());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-29.1"), Trait("Requirement", "FC-29.3")]
    public async Task A_payment_between_preview_and_chip_leaves_the_unload_alone(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var chip = await counter.IssueCard();
        await counter.Fund(chip, 400);
        await counter.Load(chip, 400);
        var path = $"/v1/card-sessions/{await counter.Present(chip.Chip)}/small-refunds";
        var started = (await counter.Cashier.PostApproved(path, new { }, counter.Second)).Is(HttpStatusCode.Accepted);
        (await counter.Cashier.Post($"/v1/cards/{chip.Number}/collections", TestCounter.Payment(5_000))).Is(HttpStatusCode.Created);

        var outcome = await counter.Run(chip.Chip, started);

        Assert.Equal("confirmed", CardBooks.State(outcome));
        var books = await counter.ChipEqualsBooks(chip, "unloaded alone");
        Assert.Equal((5_400, 0), (books.Quota, books.Purse));
        Assert.Equal("unload", (await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}")).Is(HttpStatusCode.OK)["type"]);
        await counter.BooksAreSound();
    }

    [Theory, EachCarrier]
    [Trait("Requirement", "FC-29.3"), Trait("Requirement", "FC-15.5"), Trait("Requirement", "FC-35.2")]
    public async Task A_small_refund_torn_at_any_command_leaves_the_money_on_the_chip_or_in_the_hand(Database database, string carrier)
    {
        await using var counter = await TestCounter.Open(database);
        var table = new TearTable(counter, carrier);
        var cards = new List<ChipCard>();
        for (var i = 0; i < table.Way.AtOnce; i++)
        {
            cards.Add(await table.Card());
        }

        var (paidIn, paidOut) = (0L, 0);
        await Ready(cards[0]);
        var apdus = await table.Apdus(cards[0], await Start(cards[0]));
        var cases = await table.Everywhere(
            apdus,
            cards,
            async (card, tear) =>
            {
                await Ready(card);
                var started = (await Start(card)).Is(HttpStatusCode.Accepted);
                await table.Torn(card.Chip, started, tear);
                await counter.SettleAll(card.Chip, card.Number, table.Way.Carry);

                var books = await counter.ChipEqualsBooks(card, $"small refund torn at {tear}");
                Assert.True((books.Quota, books.Reserve, books.Purse) is (0, 0, 0) or (0, 0, 600), $"torn at {tear}: {books}");
                Interlocked.Add(ref paidOut, books.Purse == 0 ? 1 : 0);
            }
        );

        Assert.InRange(paidOut, 1, cases - 1);
        var left = 0L;
        foreach (var card in cards)
        {
            left += (await counter.Balances(card)).Money;
        }

        var drawer = -await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id) - (cards.Count * ChipCards.SetFee);
        Assert.Equal(left, drawer);
        Assert.True(paidIn > 0);
        await counter.BooksAreSound();
        table.Report("small refund", cases, paidOut);

        async Task Ready(ChipCard card)
        {
            if ((await counter.Balances(card)).Purse == 0)
            {
                await counter.Fund(card, 600);
                await counter.Load(card, 600);
                Interlocked.Add(ref paidIn, 600);
            }
        }

        async Task<Answered> Start(ChipCard card)
        {
            var row = await SpecialRefundTests.Row(counter, card);
            return await Small(counter, row);
        }
    }

    /// <summary>Of this province, as the demo's keys have it.</summary>
    private static void Own(Card card) => typeof(Card).GetProperty(nameof(Card.IssuerCode))!.SetValue(card, IssuerProfile.Demo.IssuerCode);

    private static async Task<Answered> Small(TestCounter counter, IssuedCard card) =>
        await counter.Cashier.PostApproved(
            $"/v1/card-sessions/{await counter.Present(card)}/small-refunds",
            new JsonObject(),
            counter.Second
        );
}
