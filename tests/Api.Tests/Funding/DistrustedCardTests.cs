using System.Net;
using System.Text.Json.Nodes;
using Hardware.Simulators.Chip;
using Hardware.Simulators.Stations;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;

namespace Api.Tests.Funding;

/// <summary>Cards that are not what they say: each has its own code, nothing is booked, and the audit trail shows it.</summary>
public sealed class DistrustedCardTests
{
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0);

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.1")]
    public async Task A_copy_of_an_earlier_state_of_a_card_is_known_by_its_counter(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter);
        var file = Path.Combine(Directory.CreateTempSubdirectory("clone-").FullName, "chip.json");
        card.Chip.Save(file);
        await counter.Load(card, 1_000);

        var clone = VirtualChip.Load(file);
        await Refused(counter, card, clone, "card-counter-went-back");
        await counter.Load(card, 1_000);
        await counter.ChipEqualsBooks(card, "the true card goes on");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.1")]
    public async Task A_recorded_answer_of_the_card_played_back_is_refused_by_its_counter(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter);
        var recorded = "";
        var first = (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted);
        await Forgery.Run(counter, card.Chip, first, "8050", answer => recorded = answer);

        // The MAC1 of the same amount is right; only the counter tells that it is an old one.
        var second = (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted);
        var outcome = await Forgery.Run(counter, card.Chip, second, "8050", _ => recorded);

        await IsRefused(counter, card, second, outcome, "card-counter-went-back");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.1")]
    public async Task A_wrong_TAC_books_nothing_by_itself(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter);
        var before = await counter.Balances(card);
        var started = (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted);

        var outcome = await Forgery.Run(counter, card.Chip, started, "8052", answer => Forgery.Flip(answer, 3));

        Assert.Equal(("unknown", "card-proof-wrong"), (CardBooks.State(outcome), outcome["code"]!.GetValue<string>()));
        Assert.Equal(before.Purse, (await counter.Balances(card)).Purse);
        Assert.Contains("card-proof-wrong", await counter.AuditedEnd(CardBooks.OperationId(started)), StringComparison.Ordinal);
        await counter.SettleAll(card.Chip, card.Number);
        await counter.ChipEqualsBooks(card, "read again");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.6")]
    public async Task A_card_of_another_issuer_is_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter);
        var other = IssuerProfile.Demo with { Money = IssuerProfile.Demo.Money with { Aid = "A00000000399990701" } };

        await Refused(counter, card, VirtualChip.CreateBlank(other), "card-foreign");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.6"), Trait("Requirement", "FC-15.5")]
    public async Task A_card_swapped_in_the_middle_gets_nothing_and_costs_nothing(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, other) = (await Loaded(counter), await Loaded(counter));
        foreach (var round in Enumerable.Range(1, 3))
        {
            var (mine, its) = (await counter.Balances(card), await counter.Balances(other));
            var started = (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted);

            var outcome = await Forgery.RunSwapped(counter, card.Chip, other.Chip, started, round);
            Assert.NotEqual("confirmed", CardBooks.State(outcome));
            Assert.NotEmpty(await counter.AuditedEnd(CardBooks.OperationId(started)));
            await counter.SettleAll(card.Chip, card.Number);

            Assert.Equal(mine, await counter.ChipEqualsBooks(card, $"swapped in round {round}"));
            Assert.Equal(its, await counter.ChipEqualsBooks(other, $"put in in round {round}"));
        }

        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.6")]
    public async Task A_card_that_a_station_has_locked_is_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter);
        card.Chip.PowerOn();
        new SimulatedStation(counter.Host.Services.GetRequiredService<CardKeyRing>().Keys, "000000000001").Lock(card.Chip, Noon);

        await Refused(counter, card, card.Chip, "card-grey-locked");
        (await counter.StartUnload(card, 1_000)).Is(HttpStatusCode.Accepted);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.6")]
    public async Task A_card_whose_application_is_blocked_is_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter);
        for (var i = 0; i < 3; i++)
        {
            Send(card.Chip, "0020000003123456", "805000010B0100000001000000000001", "805200000B20260501120000DEADBEEF");
        }

        await Refused(counter, card, card.Chip, "card-blocked");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.6")]
    public async Task A_wrong_PIN_is_refused_until_the_card_blocks_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter);
        Send(card.Chip, "805E010007123456FF654321");

        foreach (var code in new[] { "card-pin-wrong", "card-pin-wrong", "card-pin-wrong", "card-pin-blocked" })
        {
            await Refused(counter, card, card.Chip, code);
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.1"), Trait("Requirement", "FC-39.2")]
    public async Task A_card_that_holds_more_than_its_account_is_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.WaitBeforeSettling(0);
        var card = await Loaded(counter);
        var started = (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted);
        await counter.RunTorn(card.Chip, started, apdu: 6, after: true);
        (await counter.Settle(CardBooks.OperationId(started))).Is(HttpStatusCode.Created);

        await Refused(counter, card, card.Chip, "card-holds-more-than-books");
    }

    private static async Task Refused(TestCounter counter, ChipCard card, VirtualChip chip, string code)
    {
        var started = (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted);
        await IsRefused(counter, card, started, await counter.Run(chip, started), code);
    }

    private static async Task IsRefused(TestCounter counter, ChipCard card, Answered started, JsonNode outcome, string code)
    {
        Assert.Equal(("notDone", code), (CardBooks.State(outcome), outcome["code"]!.GetValue<string>()));
        var books = await counter.Balances(card);
        Assert.Equal((0, 100_000), (books.InTransit, books.Money));
        Assert.Contains(code, await counter.AuditedEnd(CardBooks.OperationId(started)), StringComparison.Ordinal);
        await counter.BooksAreSound();
    }

    private static async Task<ChipCard> Loaded(TestCounter counter)
    {
        var card = await counter.IssueCard();
        await counter.Fund(card, 100_000);
        await counter.Load(card, 40_000);
        return card;
    }

    private static void Send(VirtualChip chip, params string[] apdus)
    {
        var money = IssuerProfile.Demo.Money;
        chip.PowerOn();
        chip.Transmit(Convert.FromHexString($"00A40400{money.Aid.Length / 2:X2}{money.Aid}"));
        foreach (var apdu in apdus)
        {
            chip.Transmit(Convert.FromHexString(apdu));
        }

        chip.PowerOff();
    }
}
