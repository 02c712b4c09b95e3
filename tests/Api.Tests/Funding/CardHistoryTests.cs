using System.Globalization;
using System.Net;
using Hardware.Simulators.Stations;
using Platform.Cards.Operations;
using TestRuns;

namespace Api.Tests.Funding;

/// <summary>
/// Two hundred stretches of card life through the public API, on a few cards at once: loads, unloads, recharges and purchases, torn anywhere,
/// with replies lost. All of it follows from one seed; a failure prints it, and CARD_HISTORY_SEED runs the same again.
/// </summary>
public sealed class CardHistoryTests
{
    private const int Events = 3;
    private const int Cards = 8;
    private const int PurchasesBeforeReading = 3;
    private static readonly int s_histories = RandomRuns.Times(200);
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0);

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.5"), Trait("Requirement", "FC-35.2"), Trait("Requirement", "PL-03.1")]
    public async Task Whatever_happens_to_cards_chip_and_books_agree_and_no_money_is_lost(Database database)
    {
        var given = Environment.GetEnvironmentVariable("CARD_HISTORY_SEED");
        var seed = given is null ? Environment.TickCount & 0xFFFFFF : int.Parse(given, CultureInfo.InvariantCulture);
        await using var counter = await TestCounter.Open(database);
        var unknown = await Task.WhenAll(Enumerable.Range(0, Cards).Select(i => Task.Run(() => LiveOn(counter, seed, i))));

        await counter.BooksAreSound();
        Console.WriteLine($"Card histories through the API on {database}: {s_histories} from seed {seed}, {unknown.Sum()} unknown ends.");
    }

    /// <summary>One card's stretches, which follow from the seed and the card's place alone; how many ends were unknown.</summary>
    private static async Task<int> LiveOn(TestCounter counter, int seed, int place)
    {
        var card = await counter.IssueCard();
        await counter.Fund(card, 200_000);
        var life = new Life(counter, card, new Random(seed + place));
        for (var i = 0; i < s_histories / Cards; i++)
        {
            try
            {
                await life.Live();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException(
                    $"CARD_HISTORY_SEED={seed}, card {place}, history {i}: {string.Join("; ", life.Log)}",
                    e
                );
            }
        }

        return life.Unknown;
    }

    private sealed class Life(TestCounter counter, ChipCard card, Random random)
    {
        private readonly SimulatedStation _station = new(counter.Host.Services.GetRequiredService<CardKeyRing>().Keys, "000000000001");
        private long _paid = 200_000;
        private long _bought;

        public List<string> Log { get; } = [];

        public int Unknown { get; private set; }

        public async Task Live()
        {
            Log.Clear();
            for (var i = 0; i < Events; i++)
            {
                await Operate();
                Buy(random.Next(0, PurchasesBeforeReading + 1));
            }

            await counter.SettleAll(card.Chip, card.Number);
            var books = await counter.Balances(card);
            var chip = ChipCards.Balance(card.Chip);
            Assert.Equal((books.Purse - _bought, 0, _paid), (chip, books.InTransit, books.Money));
        }

        private async Task Operate()
        {
            var amount = random.Next(1, 5_000);
            var kind = random.Next(3);
            var started = kind switch
            {
                0 => await counter.StartLoad(card, amount),
                1 => await counter.StartUnload(card, amount),
                _ => await counter.StartRecharge(card, amount),
            };
            if (started.Status != HttpStatusCode.Accepted)
            {
                Log.Add($"{kind} {amount}: {started.Code}");
                Assert.Contains(
                    started.Code,
                    (string[])["card-operation-pending", "reserve-too-small", "purse-too-small", "over-purse-limit"]
                );
                await counter.SettleAll(card.Chip, card.Number);
                return;
            }

            _paid += kind == 2 ? amount : 0;
            var (apdu, after) = (random.Next(1, 10), random.Next(2) == 0);
            var outcome = await counter.RunTorn(card.Chip, started, apdu, after, random.Next(3) == 0 ? Repeating : ReaderAgent.Run);
            Log.Add($"{kind} {amount} torn at {apdu}, after {after}: {outcome.ToJsonString()}");
            Unknown += CardBooks.State(outcome) == "unknown" ? 1 : 0;
            Assert.NotEqual("exception", CardBooks.State(outcome));
        }

        private void Buy(int purchases)
        {
            for (var i = 0; i < purchases; i++)
            {
                card.Chip.PowerOn();
                try
                {
                    _bought += _station.Buy(card.Chip, (uint)random.Next(1, 500), Noon).Amount;
                }
                catch (StationRefusedException refused) when (refused.StatusWord == "9401")
                {
                    Log.Add("could not buy: too little");
                }

                card.Chip.PowerOff();
            }
        }

        /// <summary>Every reply is lost once, and asked for again.</summary>
        private static async Task<System.Text.Json.Nodes.JsonNode> Repeating(
            HttpClient api,
            Hardware.Simulators.Chip.VirtualChip chip,
            System.Text.Json.Nodes.JsonNode operation
        )
        {
            var (id, ticket) = (operation["operationId"]!.GetValue<string>(), operation["ticket"]!.GetValue<string>());
            chip.PowerOn();
            var message = new System.Text.Json.Nodes.JsonObject { ["round"] = 0 };
            while (true)
            {
                var lost = await ReaderAgent.Send(api, id, ticket, message);
                var reply = await ReaderAgent.Send(api, id, ticket, message);
                Assert.Equal(lost.ToJsonString(), reply.ToJsonString());
                if (reply["done"]!.GetValue<bool>())
                {
                    chip.PowerOff();
                    return reply["outcome"]!;
                }

                message = ReaderAgent.Transmit(chip, reply);
            }
        }
    }
}
