using System.Collections.Concurrent;
using System.Net;
using Counter.Payments;
using Hardware.Simulators.Chip;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Funding;

/// <summary>One place to tear a card at.</summary>
internal sealed record Tear(int Apdu, bool After);

/// <summary>
/// Tears an operation at every command, before and after the chip's own change, on several cards at once: each is then read again until nothing of it
/// waits, and chip and books must hold the same, and the customer's money be what was paid.
/// </summary>
internal sealed class TearTable(TestCounter counter, string carrier)
{
    public const long Step = 1_000;
    private const int Enough = 200;

    private readonly CardWay _way = CardCarriers.Named(carrier);

    public CardWay Way => _way;

    /// <summary>A card that is reached in this way.</summary>
    public Task<ChipCard> Card() => counter.IssueCard(Blank());

    public VirtualChip Blank() => VirtualChip.CreateBlank(IssuerProfile.Demo, _way.Chip);

    /// <param name="ready">Gives a new card what the operation needs.</param>
    /// <param name="paid">Fen that each operation takes in cash.</param>
    /// <param name="holds">What must hold more than "chip equals books": of the balances as the operation began, and now.</param>
    public async Task Run(
        string what,
        Func<ChipCard, Task> ready,
        Func<ChipCard, Task<Answered>> start,
        long paid = 0,
        Action<CardBalances, CardBalances>? holds = null
    )
    {
        var cards = new List<ChipCard>();
        for (var i = 0; i < _way.AtOnce; i++)
        {
            cards.Add(await Card());
            await ready(cards[^1]);
        }

        var (apdus, done) = (await Apdus(cards[0], await start(cards[0])), 0);
        var cases = await Everywhere(
            apdus,
            cards,
            async (card, tear) =>
            {
                var started = (await start(card)).Is(HttpStatusCode.Accepted);
                var before = await counter.Balances(card);
                await Torn(card.Chip, started, tear);
                await counter.SettleAll(card.Chip, card.Number, _way.Carry);

                var books = await counter.ChipEqualsBooks(card, $"{what} torn at {tear}");
                Assert.Equal(before.Money, books.Money);
                holds?.Invoke(before, books);
                Interlocked.Add(ref done, books.Purse == before.Purse ? 0 : 1);
            }
        );

        Assert.InRange(done, 1, cases - 1);
        await counter.BooksAreSound();
        if (paid > 0)
        {
            var taken = (cards.Count * ChipCards.SetFee) + ((cases + 1) * paid);
            Assert.Equal(-taken, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        }

        Report(what, cases, done);
    }

    /// <summary>Every command, before and after, each on whichever of these is free.</summary>
    public async Task<int> Everywhere<T>(int apdus, IReadOnlyList<T> cards, Func<T, Tear, Task> tear)
    {
        Assert.InRange(apdus, 5, Enough);
        var places = new ConcurrentQueue<Tear>(
            from apdu in Enumerable.Range(1, apdus)
            from after in new[] { false, true }
            select new Tear(apdu, after)
        );
        var cases = places.Count;
        await Task.WhenAll(
            cards.Select(card =>
                Task.Run(async () =>
                {
                    while (places.TryDequeue(out var place))
                    {
                        await tear(card, place);
                    }
                })
            )
        );
        return cases;
    }

    /// <summary>How many commands the operation has; it is carried to its end.</summary>
    public async Task<int> Apdus(ChipCard card, Answered started)
    {
        card.Chip.Hooks.Arm();
        var outcome = await _way.Carry(counter.Host.Client, card.Chip, started.Is(HttpStatusCode.Accepted).Body["operation"]!);
        Assert.Equal("confirmed", CardBooks.State(outcome));
        return card.Chip.Hooks.Count;
    }

    public Task<System.Text.Json.Nodes.JsonNode> Torn(VirtualChip chip, Answered started, Tear tear) =>
        counter.RunTorn(chip, started, tear.Apdu, tear.After, _way.Carry);

    public void Report(string what, int cases, int? done) =>
        Console.WriteLine(
            $"Torn cards: {what} over {carrier} on {counter.Host.Database}: {cases} cases{(done is { } d ? $", {d} of them done" : "")}."
        );
}
