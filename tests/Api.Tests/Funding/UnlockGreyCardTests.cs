using System.Net;
using System.Text.Json.Nodes;
using Hardware.Simulators.Stations;

namespace Api.Tests.Funding;

public sealed class UnlockGreyCardTests
{
    private static readonly object s_byRecord = new { withoutRecord = false };

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1")]
    public async Task A_card_left_grey_pays_its_stations_record_once_when_it_is_unlocked(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter, 40_000);
        var record = StationUploads.Of(Lock(card), 12_000);
        var load = await counter.Run(card.Chip, (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted));
        Assert.Equal("card-grey-locked", load["code"]!.GetValue<string>());
        Assert.Equal("grey-record-missing", (await Unlock(counter, card))["code"]!.GetValue<string>());

        Assert.Equal((0, 0, 1, 0), StationUploads.Counts((await counter.Upload([record])).Is(HttpStatusCode.OK)));
        Assert.Equal(40_000, await Purse(counter, card));
        var outcome = await Unlock(counter, card);

        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        Assert.Equal((28_000, 28_000), (ChipCards.Balance(card.Chip), await Purse(counter, card)));
        Assert.Equal((0, 1, 0, 0), StationUploads.Counts(await counter.Upload([record])));
        Assert.Equal("card-not-grey-locked", (await Unlock(counter, card))["code"]!.GetValue<string>());
        var next = StationUploads.Buy(card.Chip, 1_000);
        Assert.Equal((1, 0, 0, 0), StationUploads.Counts(await counter.Upload([next])));
        Assert.Equal(27_000, await Purse(counter, card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1")]
    public async Task A_station_that_ends_its_fill_after_all_books_it_by_its_TAC(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter, 40_000);
        card.Chip.PowerOn();
        var station = new SimulatedStation(StationUploads.Keys, StationUploads.Terminal);
        var fill = station.Lock(card.Chip, StationUploads.ChinaNow);
        var waiting = StationUploads.Of(fill, 5_000);
        (await counter.Upload([waiting])).Is(HttpStatusCode.OK);
        var ended = StationUploads.Of(station.Unlock(card.Chip, fill, 5_500, StationUploads.ChinaNow));
        card.Chip.PowerOff();

        Assert.Equal((1, 0, 0, 0), StationUploads.Counts((await counter.Upload([ended])).Is(HttpStatusCode.OK)));
        Assert.Equal((0, 2, 0, 0), StationUploads.Counts(await counter.Upload([waiting, ended])));
        Assert.Equal((34_500, 34_500), (ChipCards.Balance(card.Chip), await Purse(counter, card)));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1")]
    public async Task Without_a_record_it_is_freed_with_nothing_only_after_the_waiting_time_and_with_approval(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, fresh) = (await Loaded(counter, 40_000), await Loaded(counter, 1_000));
        var fill = Lock(card, StationUploads.ChinaNow.AddDays(-8));
        Lock(fresh);
        var body = new { withoutRecord = true };
        (await counter.Cashier.Post(Path(card), body)).IsRefused(HttpStatusCode.Forbidden, "approval-required");

        var early = (await counter.Cashier.PostApproved(Path(fresh), body, counter.Second)).Is(HttpStatusCode.Accepted);
        Assert.Equal("grey-wait-not-over", (await counter.Run(fresh.Chip, early))["code"]!.GetValue<string>());
        var started = (await counter.Cashier.PostApproved(Path(card), body, counter.Second)).Is(HttpStatusCode.Accepted);
        Assert.Equal("confirmed", (await counter.Run(card.Chip, started))["state"]!.GetValue<string>());

        Assert.Equal((40_000, 40_000), (ChipCards.Balance(card.Chip), await Purse(counter, card)));
        var late = (await counter.Upload([StationUploads.Of(fill, 700)])).Is(HttpStatusCode.OK);
        Assert.Equal("counterUsed", late.Body["notBooked"]![0]!["reason"]!.GetValue<string>());
        Assert.Equal(40_000, await Purse(counter, card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1")]
    public async Task A_card_torn_at_any_command_of_an_unlock_agrees_with_the_books_after_it_was_read_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter, 400_000);
        var apdus = await CountApdus(counter, card);
        var (confirmed, held) = (0, 399_900L);
        foreach (var (at, after) in Enumerable.Range(1, apdus).SelectMany(n => new[] { (n, false), (n, true) }))
        {
            await Upload(counter, card);
            card.Chip.Hooks.Arm();
            (card.Chip.Hooks.TearBeforeCommit, card.Chip.Hooks.TearAfterCommit) = after ? ((int?)null, (int?)at) : (at, null);
            var started = (await counter.Cashier.Post(Path(card), s_byRecord)).Is(HttpStatusCode.Accepted);
            var outcome = await counter.Run(card.Chip, started);
            card.Chip.Hooks.Arm();
            if (outcome["state"]!.GetValue<string>() == "unknown")
            {
                confirmed += outcome["code"]!.GetValue<string>().Length > 0 ? 1 : 0;
                outcome = await counter.Reread(card.Chip, started.Body["operation"]!["operationId"]!.GetValue<string>());
            }

            if (outcome["state"]!.GetValue<string>() != "confirmed")
            {
                Assert.Equal(held, await Purse(counter, card));
                outcome = await Unlock(counter, card);
            }

            held -= 100;
            Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
            Assert.Equal((held, held), (ChipCards.Balance(card.Chip), await Purse(counter, card)));
        }

        Assert.True(confirmed > 0, "No tear left the end unknown.");
        await counter.BooksAreSound();
    }

    private static async Task<int> CountApdus(TestCounter counter, ChipCard card)
    {
        await Upload(counter, card);
        card.Chip.Hooks.Arm();
        Assert.Equal("confirmed", (await Unlock(counter, card))["state"]!.GetValue<string>());
        return card.Chip.Hooks.Count;
    }

    private static async Task Upload(TestCounter counter, ChipCard card) =>
        (await counter.Upload([StationUploads.Of(Lock(card), 100)])).Is(HttpStatusCode.OK);

    private static LockedFill Lock(ChipCard card, DateTime? at = null) => StationUploads.Lock(card.Chip, at);

    private static string Path(ChipCard card) => $"/v1/cards/{card.Number}/grey-unlocks";

    private static async Task<JsonNode> Unlock(TestCounter counter, ChipCard card) =>
        await counter.Run(card.Chip, (await counter.Cashier.Post(Path(card), s_byRecord)).Is(HttpStatusCode.Accepted));

    private static async Task<ChipCard> Loaded(TestCounter counter, long fen)
    {
        var card = await counter.IssueCard();
        await counter.Fund(card, fen + 1_000);
        var loaded = await counter.Run(card.Chip, (await counter.StartLoad(card, fen)).Is(HttpStatusCode.Accepted));
        Assert.Equal("confirmed", loaded["state"]!.GetValue<string>());
        return card;
    }

    private static async Task<long> Purse(TestCounter counter, ChipCard card) =>
        (await counter.Customer(card.CustomerCode))["cards"]![0]!["purse"]!.GetValue<long>();
}
