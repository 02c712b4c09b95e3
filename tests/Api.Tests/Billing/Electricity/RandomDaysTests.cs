using System.Globalization;
using TestRuns;

namespace Api.Tests.Billing.Electricity;

/// <summary>
/// Random work dates of a union: counters, channels, batches, deposits and cheques at once, while the power side fails in every way and processes are
/// killed. ELECTRICITY_DAYS_SEED runs one life again.
/// </summary>
public sealed class RandomDaysTests
{
    /// <summary>Work dates of one life: late files and late lines come on a later one.</summary>
    private const int Days = 10;

    private const int AtOnce = 3;
    private static readonly int s_lives = RandomRuns.Times(2);

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.1"), Trait("Requirement", "EB-03.2"), Trait("Requirement", "EB-03.3"), Trait("Requirement", "EB-03.5")]
    [Trait("Requirement", "EB-05.2"), Trait("Requirement", "EB-07.2"), Trait("Requirement", "EB-08.1"), Trait("Requirement", "EB-08.2")]
    [Trait("Requirement", "EB-09.1"), Trait("Requirement", "EB-09.3")]
    public async Task Whatever_fails_both_sides_agree_and_nobody_pays_twice_or_for_nothing(Database database)
    {
        var given = Environment.GetEnvironmentVariable("ELECTRICITY_DAYS_SEED");
        var first = given is null ? Environment.TickCount & 0xFFFFFF : int.Parse(given, CultureInfo.InvariantCulture);
        await Parallel.ForEachAsync(
            Enumerable.Range(first, given is null ? s_lives : 1),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (seed, _) =>
            {
                await using var desk = await ElectricityDesk.Open(
                    database,
                    parts: seed % 3 == 0,
                    keepsBalance: seed % 3 == 1,
                    validSeconds: seed % 4 == 0 ? 2 : 600,
                    signOn: false,
                    attempt: "00:00:01"
                );
                await Live(desk, new RandomDays(desk, new Random(seed)), Days, seed);
            }
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.2"), Trait("Requirement", "EB-07.2"), Trait("Requirement", "EB-08.2")]
    public async Task Killed_processes_of_bank_and_power_side_lose_nothing_and_do_nothing_twice(Database database)
    {
        var first = Environment.TickCount & 0xFFFFFF;
        for (var seed = first; seed < first + RandomRuns.Times(1); seed++)
        {
            // The host of the test looks and approves; two processes do the work, and are killed.
            await using var desk = await ElectricityDesk.Open(database, signOn: false, works: false, attempt: "00:00:01");
            await using var fleet = await KilledFleet.Start(desk);
            await Live(desk, new RandomDays(desk, new Random(seed), fleet), days: 3, seed);
        }
    }

    private static async Task Live(ElectricityDesk desk, RandomDays life, int days, int seed)
    {
        try
        {
            await life.Begin();
            for (var day = 0; day < days; day++)
            {
                await life.Day();
            }

            await life.End();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"ELECTRICITY_DAYS_SEED={seed}: {string.Join("; ", life.Log)}", e);
        }

        await desk.Branch.BooksAreSound();
    }
}
