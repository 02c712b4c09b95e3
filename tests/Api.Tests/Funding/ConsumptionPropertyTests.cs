using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Funding.Consumption;
using TestRuns;

namespace Api.Tests.Funding;

/// <summary>Random uploads: the card account is what it held less the distinct good records that came, whatever the order.</summary>
public sealed class ConsumptionPropertyTests
{
    private const string SeedVariable = "CONSUMPTION_SEED";
    private static readonly int s_histories = RandomRuns.Times(25);

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1"), Trait("Requirement", "FC-39.2")]
    public async Task The_card_account_is_its_start_less_the_distinct_good_records_in_any_order(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var seeds = Environment.GetEnvironmentVariable(SeedVariable) is { } given
            ? [int.Parse(given, CultureInfo.InvariantCulture)]
            : Enumerable.Range(0, s_histories).Select(_ => Random.Shared.Next()).ToArray();
        foreach (var seed in seeds)
        {
            var fault = await Run(counter, new Random(seed));
            Assert.True(fault is null, $"{fault} Replay with {SeedVariable}={seed}.");
        }

        await counter.BooksAreSound();
    }

    [Fact]
    public void Later_consumption_tells_whether_a_pending_load_took_place()
    {
        static LaterConsumption Later(params (int Counter, long Amount, long? After)[] records) =>
            new([.. records.Select(r => new SeenConsumption(r.Counter, r.Amount, r.After, default))]);

        Assert.Null(Later().Shows(1_000, 500));
        Assert.Null(Later((1, 400, null)).Shows(1_000, 500));
        Assert.True(Later((1, 400, null), (2, 700, null)).Shows(1_000, 500));
        Assert.True(Later((1, 400, 1_100)).Shows(1_000, 500));
        Assert.False(Later((1, 400, 600)).Shows(1_000, 500));
        Assert.False(Later((1, 900, null)).Shows(1_000, -500));
        Assert.Null(Later((1, 400, null), (3, 100, 500)).Shows(1_000, 500));
        Assert.Null(Later((1, 9_000, null)).Shows(1_000, 500));
    }

    private static async Task<string?> Run(TestCounter counter, Random random)
    {
        const long start = 20_000;
        var card = await counter.IssuedCard();
        await counter.Loaded(card, start);
        var good = Enumerable.Range(1, random.Next(1, 12)).Select(n => StationUploads.Made(card.Number, n, random.Next(1, 1_500))).ToList();
        var sent = good.SelectMany(r => Enumerable.Repeat(r, random.Next(0, 4)))
            .Concat(good.Where(_ => random.Next(4) == 0).Select(Forged));
        var order = sent.ToArray();
        random.Shuffle(order);
        var came = new HashSet<string>();
        for (var i = 0; i < order.Length; )
        {
            var some = order.Skip(i).Take(random.Next(1, 6)).ToList();
            i += some.Count;
            (await counter.Upload(some)).Is(HttpStatusCode.OK);
            came.UnionWith(some.Where(r => r["tac"]!.GetValue<string>() != "00000000").Select(r => r.ToJsonString()));
        }

        var expected = start - came.Sum(r => JsonNode.Parse(r)!["amount"]!.GetValue<long>());
        var found = await counter.CardAccount(card);
        return found == expected ? null : $"The card account holds {found} instead of {expected}.";
    }

    private static JsonObject Forged(JsonObject record)
    {
        var forged = (JsonObject)record.DeepClone();
        forged["tac"] = "00000000";
        return forged;
    }
}
