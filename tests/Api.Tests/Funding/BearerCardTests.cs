// Slices: SellBearerCards, IssueBearerCard, GetBearerSale.
using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Hardware.Simulators.Chip;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;
using Platform.Problems;

namespace Api.Tests.Funding;

public sealed class BearerCardTests
{
    private const long SetDeposit = 1_000;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-37.1"), Trait("Requirement", "FC-01.3")]
    public async Task A_single_card_is_sold_with_its_first_recharge_in_the_purse_and_no_holder(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var sale = await Sell(counter, 1);

        var (card, outcome, _) = await Issue(counter, sale);

        Assert.Equal("confirmed", CardBooks.State(outcome));
        var books = await counter.ChipEqualsBooks(card, "sold");
        Assert.Equal(20_000, books.Purse);
        Assert.Equal(-SetDeposit - 20_000, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        var holder = ReadHolder(card.Chip);
        Assert.Equal((IssuerProfile.Demo.CardTypeCode("bearer"), ""), (holder.CardType, holder.CertificateNumber));
        var customer = await counter.Customer(card.CustomerCode);
        Assert.Equal(("不记名", ""), (customer["name"]!.GetValue<string>(), customer["certificateNumber"]!.GetValue<string>()));
        Assert.Equal(SetDeposit, customer["cards"]![0]!["deposit"]!.GetValue<long>());
        (await NextCard(counter, sale)).IsRefused(HttpStatusCode.Conflict, "bearer-sale-over");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-37.1"), Trait("Requirement", "FC-01.3"), Trait("Requirement", "PL-02.1")]
    public async Task A_range_has_numbers_without_gaps_and_each_card_a_transaction_of_its_own(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        (await counter.Cashier.Post("/v1/bearer-sales", Body(3, deposit: 2_000))).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        var opened = (await counter.Cashier.PostApproved("/v1/bearer-sales", Body(3, deposit: 2_000), counter.Second)).Is(
            HttpStatusCode.Created
        );
        var sale = opened["saleId"];

        var cards = new List<ChipCard>();
        for (var i = 0; i < 3; i++)
        {
            cards.Add((await Issue(counter, sale)).Card);
        }

        var numbers = cards.ConvertAll(c => long.Parse(c.Number[6..15], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal([numbers[0], numbers[0] + 1, numbers[0] + 2], numbers);
        var shown = (await counter.Cashier.Get($"/v1/bearer-sales/{sale}")).Is(HttpStatusCode.OK);
        Assert.Equal((cards[0].Number, cards[2].Number), (shown["firstCardNumber"], shown["lastCardNumber"]));
        Assert.Equal((3, 3), (shown.Number("issued"), shown.Number("count")));
        var serials = shown.Body["cards"]!.AsArray().Select(c => c!["rechargeSerialNumber"]!.GetValue<string>());
        Assert.Equal(3, serials.Distinct().Count());
        Assert.Equal(-3 * 22_000, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-37.1")]
    public async Task A_chip_that_cannot_be_written_costs_its_number_and_the_sale_goes_on(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var sale = await Sell(counter, 2);
        var spoiled = (await NextCard(counter, sale)).Is(HttpStatusCode.Accepted);
        (await NextCard(counter, sale)).IsRefused(HttpStatusCode.Conflict, "bearer-card-under-way");

        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
        Assert.Equal("notDone", CardBooks.State(await counter.RunTorn(chip, spoiled, apdu: 9, after: false)));
        await Issue(counter, sale);
        await Issue(counter, sale);

        (await NextCard(counter, sale)).IsRefused(HttpStatusCode.Conflict, "bearer-sale-over");
        var shown = (await counter.Cashier.Get($"/v1/bearer-sales/{sale}")).Is(HttpStatusCode.OK);
        Assert.Equal((2, 3), (shown.Number("issued"), shown.Body["cards"]!.AsArray().Count));
        Assert.Equal(2 * (-SetDeposit - 20_000), await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-37.1"), Trait("Requirement", "FC-17.3")]
    public async Task The_first_recharge_is_voided_only_after_it_was_unloaded(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var sale = await Sell(counter, 1);
        var card = (await Issue(counter, sale)).Card;
        var shown = (await counter.Cashier.Get($"/v1/bearer-sales/{sale}")).Is(HttpStatusCode.OK);
        var serial = shown.Body["cards"]![0]!["rechargeSerialNumber"]!.GetValue<string>();
        var body = new
        {
            cardNumber = card.Number,
            paymentMethod = "cash",
            amount = 20_000,
        };
        Task<Answered> Void() => counter.Cashier.PostApproved($"/v1/transactions/{serial}/void", body, counter.Second);

        (await Void()).IsRefused(HttpStatusCode.Conflict, "recharge-still-on-card");
        await counter.Run(card.Chip, (await counter.StartUnload(card, 20_000)).Is(HttpStatusCode.Accepted));
        (await Void()).Is(HttpStatusCode.Created);

        Assert.Equal(0, (await counter.ChipEqualsBooks(card, "voided")).Money);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-37.1"), Trait("Requirement", "PL-03.6")]
    public async Task Sixteen_at_once_begin_one_card_and_ranges_never_meet(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var sales = await Retries.AtOnceWithOwnKeys((_, key) => counter.Cashier.Post("/v1/bearer-sales", Body(3), key));
        var open = sales.Where(s => s.Status == HttpStatusCode.Created).ToList();
        Assert.All(sales.Except(open), s => s.IsRefused(HttpStatusCode.Conflict, "concurrent-change"));
        Assert.InRange(open.Count, Retries.Decisions, 16);
        Assert.Equal(open.Count, open.Select(s => s["firstCardNumber"]).Distinct().Count());

        var cards = await Retries.AtOnceWithOwnKeys((_, key) => NextCard(counter, open[0]["saleId"], key));

        Assert.Single(cards, c => c.Status == HttpStatusCode.Accepted);
        await using var db = await counter.Host.OpenDatabase();
        var saleId = long.Parse(open[0]["saleId"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(1, await db.Set<global::Funding.Bearer.BearerSaleCard>().CountAsync(c => c.SaleId == saleId));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-37.1"), Trait("Requirement", "FC-09.7")]
    public async Task A_card_torn_between_issue_and_recharge_keeps_its_money_in_reserve(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var started = (await NextCard(counter, await Sell(counter, 1))).Is(HttpStatusCode.Accepted);
        var probe = await Issue(counter, await Sell(counter, 1));
        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);

        // The recharge is six commands long, so this one is its first.
        await counter.RunTorn(chip, started, probe.Apdus - 5, after: false);

        var card = new ChipCard(chip, started["cardNumber"], started["customerCode"], "");
        Assert.Equal((20_000, 0), ((await counter.Balances(card)).Reserve, (await counter.Balances(card)).Purse));
        await counter.Load(card, 20_000);
        await counter.ChipEqualsBooks(card, "loaded later");
        await counter.BooksAreSound();
    }

    [Fact]
    public async Task Asks_for_what_a_sale_needs()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        foreach (var count in new[] { 0, 501 })
        {
            (await counter.Cashier.Post("/v1/bearer-sales", Body(count))).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        }

        var invoiced = Body(2);
        invoiced["firstRecharge"]!["invoice"] = new JsonObject { ["number"] = "04412698", ["amount"] = 100 };
        (await counter.Cashier.Post("/v1/bearer-sales", invoiced)).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        var tooMuch = Body(1);
        tooMuch["firstRecharge"]!["amount"] = 500_001;
        (await counter.Cashier.Post("/v1/bearer-sales", tooMuch)).IsRefused(HttpStatusCode.Conflict, "over-purse-limit");
        (await NextCard(counter, "1")).IsRefused(HttpStatusCode.NotFound, "not-found");
    }

    private static JsonObject Body(int count, long deposit = SetDeposit) =>
        new()
        {
            ["count"] = count,
            ["fees"] = new JsonObject
            {
                ["cardFee"] = 0,
                ["deposit"] = deposit,
                ["serviceFeeWaived"] = true,
                ["feeInvoice"] = false,
                ["paymentMethod"] = "cash",
            },
            ["firstRecharge"] = TestCounter.Payment(20_000),
        };

    private static async Task<string> Sell(TestCounter counter, int count) =>
        (await counter.Cashier.Post("/v1/bearer-sales", Body(count))).Is(HttpStatusCode.Created)["saleId"];

    private static Task<Answered> NextCard(TestCounter counter, string sale, string? key = null) =>
        counter.Cashier.Post($"/v1/bearer-sales/{sale}/cards", new { }, key);

    private static async Task<(ChipCard Card, JsonNode Outcome, int Apdus)> Issue(TestCounter counter, string sale)
    {
        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
        var started = (await NextCard(counter, sale)).Is(HttpStatusCode.Accepted);
        var outcome = await counter.Run(chip, started);
        var apdus = chip.Hooks.Count;
        return (new ChipCard(chip, started["cardNumber"], started["customerCode"], ""), outcome, apdus);
    }

    private static HolderFile ReadHolder(VirtualChip chip)
    {
        var money = IssuerProfile.Demo.Money;
        chip.PowerOn();
        chip.Transmit(Convert.FromHexString($"00A40400{money.Aid.Length / 2:X2}{money.Aid}"));
        return HolderFile.Decode(chip.Transmit(Convert.FromHexString($"00B0{0x80 | money.HolderFile:X2}00{HolderFile.Size:X2}")))!;
    }
}
