using System.Collections.Concurrent;
using System.Globalization;
using TestRuns;
using Counter = Simulation.CardOperations.Counter;

namespace Simulation.CardHistories;

/// <summary>
/// Ten thousand lives of a card, each from a seed of its own. A failure prints its seed; with that in CARD_HISTORY_SEED the test runs this one life
/// again and says what happened in it.
/// </summary>
public sealed class CardHistoryTests
{
    private const string SeedVariable = "CARD_HISTORY_SEED";

    private static readonly int Histories = RandomRuns.Times(10_000);

    /// <summary>Ends that must occur among so many, or the lives are not wild enough.</summary>
    private static readonly HashSet<string> EveryEnd =
    [
        "card-done",
        "card-not-done",
        "card-removed",
        "agent-restarted",
        "card-operation-timed-out",
        "card-balance-too-low",
        "refused-by-books",
        "card-late-proof",
    ];

    [Fact]
    public void Whatever_happens_in_a_cards_life_chip_and_books_agree_and_no_money_is_lost()
    {
        var issuing = Counter.WithIssuedCard();
        var file = Path.Combine(Directory.CreateTempSubdirectory("histories-").FullName, "chip.json");
        issuing.Chip.Save(file);
        var only = Environment.GetEnvironmentVariable(SeedVariable);
        var first = only is null ? Environment.TickCount & 0xFFFFFF : int.Parse(only, CultureInfo.InvariantCulture);
        var failures = new ConcurrentBag<string>();
        var ends = new ConcurrentDictionary<string, int>();
        Parallel.For(
            first,
            first + (only is null ? Histories : 1),
            (seed, state) =>
            {
                var life = new CardHistory(seed, VirtualChip.Load(file), Counter.CardNumber, issuing.Context.Keys);
                try
                {
                    life.Live();
                    foreach (var (code, times) in life.Ends)
                    {
                        ends.AddOrUpdate(code, times, (_, before) => before + times);
                    }
                }
                catch (Exception e) when (e is InvalidOperationException or OverflowException or ArgumentException)
                {
                    failures.Add($"{SeedVariable}={seed}: {e.Message}\n  {string.Join("\n  ", life.Log)}");
                    state.Stop();
                }
            }
        );

        Assert.True(failures.IsEmpty, string.Join('\n', failures.Take(3)));
        if (only is null)
        {
            Assert.Superset(EveryEnd, ends.Keys.ToHashSet());
            var shown = string.Join(", ", ends.OrderByDescending(e => e.Value).Select(e => $"{e.Key} {e.Value}"));
            Console.WriteLine($"Card histories: {Histories} from seed {first}; ends: {shown}.");
        }
    }

    [Fact]
    public void The_same_seed_is_the_same_life()
    {
        var issuing = Counter.WithIssuedCard();
        var file = Path.Combine(Directory.CreateTempSubdirectory("histories-").FullName, "chip.json");
        issuing.Chip.Save(file);
        List<string> Live()
        {
            var life = new CardHistory(4711, VirtualChip.Load(file), Counter.CardNumber, issuing.Context.Keys);
            life.Live();
            return life.Log;
        }

        Assert.Equal(Live(), Live());
    }
}
