using System.Globalization;
using Funding;
using Microsoft.EntityFrameworkCore;
using TestRuns;

namespace Api.Tests.Refunds;

/// <summary>
/// Random lives of customers through the public API, from the first payment to the closed and empty account. CUSTOMER_LIVES_SEED runs one life again.
/// On SQLite alone: what a life proves is arithmetic, and the races have tests of their own on every database.
/// </summary>
public sealed class CustomerLivesTests
{
    private const int AtOnce = 8;
    private const string Seed = "CUSTOMER_LIVES_SEED";

    /// <summary>Each takes a tenth of a second or more, so a short run has fewer; 10,000 in a long one (times 20).</summary>
    private static readonly int s_lives = RandomRuns.Times(1) == 1 ? 200 : RandomRuns.Times(500);

    private static readonly Dictionary<string, string?> s_quick = new() { ["Refunds:SweepEvery"] = "00:00:00.2" };

    [Fact]
    [Trait("Requirement", "FC-25.4"), Trait("Requirement", "FC-25.9"), Trait("Requirement", "FC-25.10"), Trait("Requirement", "FC-26.1")]
    [Trait("Requirement", "FC-26.2"), Trait("Requirement", "FC-26.7"), Trait("Requirement", "FC-27.4"), Trait("Requirement", "FC-29.5")]
    [Trait("Requirement", "FC-30.2"), Trait("Requirement", "PL-03.1")]
    public async Task Every_life_ends_with_empty_accounts_and_what_was_paid_in_was_paid_out_forfeited_or_consumed()
    {
        var given = Environment.GetEnvironmentVariable(Seed);
        var seeds = given is null ? [.. Enumerable.Range(0, s_lives)] : new[] { int.Parse(given, CultureInfo.InvariantCulture) };
        await using var host = await TestHost.Start(Database.Sqlite, settings: s_quick);
        await using var counter = await TestCounter.Open(host);
        await counter.Set(FundingParameters.LateConsumptionDays, 0);
        // Every fourth customer begins with money from a unit's recharge list.
        var desk = await RechargeDesk.Open(counter, cards: (seeds.Length + 3) / 4, unitFen: 100_000_000);
        await desk.Finished(RechargeDesk.Dat([.. desk.Cards.Select((c, i) => RechargeDesk.Line(c.Number, 1 + (i % 5), "王小明"))]));
        var lives = new List<CustomerLife>();
        foreach (var (i, seed) in seeds.Index())
        {
            var random = new Random(seed);
            lives.Add(
                i % 4 == 0
                    ? await CustomerLife.Listed(counter, desk.Cards[i / 4], 100 * (1 + (i / 4 % 5)), random)
                    : await CustomerLife.New(counter, random)
            );
        }

        await Each(lives, seeds, l => l.Live(steps: 5));
        (await counter.CloseDay()).Is(System.Net.HttpStatusCode.Created);
        await Each(lives, seeds, l => l.Live(steps: 4));
        await Each(lives, seeds, l => l.End());

        await counter.BooksAreSound();
        Console.WriteLine(
            $"Customer lives: {lives.Count}; {lives.Sum(l => l.PaidIn)} fen paid in, {lives.Sum(l => l.PaidOut)} out, "
                + $"{lives.Sum(l => l.Consumed)} consumed, {lives.Sum(l => l.Lapsed)} of bonus lapsed, {lives.Sum(l => l.Forfeited)} forfeited."
        );
    }

    private static Task Each(List<CustomerLife> lives, int[] seeds, Func<CustomerLife, Task> live) =>
        Parallel.ForEachAsync(
            lives.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (of, _) =>
            {
                try
                {
                    await live(of.Item);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    throw new InvalidOperationException($"{Seed}={seeds[of.Index]}: {string.Join("; ", of.Item.Log)}", e);
                }
            }
        );
}
