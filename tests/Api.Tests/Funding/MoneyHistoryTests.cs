using System.Globalization;
using System.Net;
using Issuance.Cards;
using TestRuns;

namespace Api.Tests.Funding;

/// <summary>Random histories of a customer's money through the public API; MONEY_HISTORY_SEED runs one again.</summary>
public sealed class MoneyHistoryTests
{
    private static readonly int s_histories = RandomRuns.Times(4);
    private const int Steps = 30;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.6"), Trait("Requirement", "FC-13.1"), Trait("Requirement", "FC-13.4"), Trait("Requirement", "FC-13.7")]
    [Trait("Requirement", "FC-17.2"), Trait("Requirement", "FC-17.7"), Trait("Requirement", "FC-18.1"), Trait("Requirement", "FC-38.1")]
    public async Task Whatever_is_collected_allocated_returned_and_taken_back_agrees_with_a_reference_of_coins(Database database)
    {
        var given = Environment.GetEnvironmentVariable("MONEY_HISTORY_SEED");
        var seed = given is null ? Environment.TickCount & 0xFFFFFF : int.Parse(given, CultureInfo.InvariantCulture);
        var contract = await NewContract(database);

        await Task.WhenAll(Enumerable.Range(0, s_histories).Select(i => Task.Run(() => Live(database, contract, seed + i))));
    }

    private static async Task Live(Database database, string contract, int seed)
    {
        // A branch each: a history closes its day.
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var history = new MoneyHistory(
            counter,
            [main, await counter.AnotherCard(main), await counter.AnotherCard(main)],
            contract,
            new Random(seed)
        );
        try
        {
            await history.Live(Steps);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"MONEY_HISTORY_SEED={seed}: {string.Join("; ", history.Log)}", e);
        }

        await counter.BooksAreSound();
    }

    private static async Task<string> NewContract(Database database)
    {
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var body = new
        {
            code = $"C{Ids.Next()}",
            name = "steps",
            validFrom = "2026-01-01",
            validTo = "2035-12-31",
            tiers = MoneyHistory.Tiers.Select(t => new
            {
                fromAmount = t.From,
                bonusBasisPoints = t.BasisPoints,
                pointsPerYuan = t.PointsPerYuan,
            }),
            bonusCap = MoneyHistory.Cap,
        };
        return (await headquarters.Cashier.Post("/v1/discount-contracts", body)).Is(HttpStatusCode.Created)["code"];
    }
}
