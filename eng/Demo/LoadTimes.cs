using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Demo;

/// <summary>
/// Measures loads as a front end sees them, for eng/bench.sh: from asking the API for the ticket to the agent's answer, and where that time goes.
/// </summary>
internal sealed class LoadTimes(Counter counter, IssuedCard card)
{
    private const long Fen = 100;
    private const int WarmUp = 25;

    /// <summary>Loads so often, and gives the times in milliseconds.</summary>
    public async Task<JsonObject> Run(int loads)
    {
        await PutAside((WarmUp + loads) * Fen);
        var all = new List<Dictionary<string, double>>();
        for (var i = 0; i < WarmUp + loads; i++)
        {
            all.Add(await Load());
        }

        return Summary(all.Skip(WarmUp).ToList(), "loads");
    }

    /// <summary>Of each part its median, and of the whole also the least, nine tenths and the most.</summary>
    public static JsonObject Summary(IReadOnlyList<Dictionary<string, double>> measured, string what)
    {
        double[] totals = [.. measured.Select(m => m["total"]).Order()];
        double[] own = [.. measured.Select(m => m["total"] - m["card"] - m["reader"]).Order()];
        return new JsonObject
        {
            [what] = measured.Count,
            ["total"] = At(totals, 0.5),
            ["least"] = totals[0],
            ["p90"] = At(totals, 0.9),
            ["most"] = totals[^1],
            ["own"] = At(own, 0.5),
            ["parts"] = new JsonObject(
                measured[0]
                    .Keys.Where(k => k != "total")
                    .Select(k => KeyValuePair.Create(k, (JsonNode?)At([.. measured.Select(m => m[k]).Order()], 0.5)))
            ),
        };
    }

    private async Task<Dictionary<string, double>> Load()
    {
        var path = $"v1/cards/{card.CardNumber}/loads";
        var start = Stopwatch.GetTimestamp();
        var started = (await counter.Book(Person.Cashier, path, new JsonObject { ["amount"] = Fen })).Expect(202);
        var asked = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var carried = await counter.Carry(started);
        var total = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (carried.Text("state") != "confirmed")
        {
            throw new DemoFailedException($"The load is not confirmed: {carried.Content}");
        }

        var parts = carried.Times;
        return new()
        {
            ["total"] = total,
            ["ticket"] = asked,
            ["rounds"] = parts["api"],
            ["journal"] = parts["journal"],
            ["card"] = parts["card"],
            ["reader"] = parts["reader"],
            ["rest"] = total - asked - parts.Values.Sum(),
        };
    }

    private async Task PutAside(long fen)
    {
        var payment = new JsonObject
        {
            ["amount"] = fen,
            ["paymentMethod"] = "cash",
            ["oilType"] = "gasoline92",
        };
        (await counter.Book(Person.Cashier, $"v1/cards/{card.CardNumber}/collections", payment)).Expect(201);
        var line = new JsonObject { ["cardNumber"] = card.CardNumber, ["amount"] = fen };
        var body = new JsonObject { ["lines"] = new JsonArray(line) };
        (await counter.Book(Person.Cashier, $"v1/customers/{card.CustomerCode}/allocations", body)).Expect(201);
    }

    private static double At(double[] sorted, double quantile) => sorted[(int)(quantile * (sorted.Length - 1))];
}
