using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Demo;

/// <summary>
/// Measures sales to a meter card as a front end sees them, for eng/bench.sh: reading the card and writing the purchase, each from asking the API for
/// the ticket to the agent's answer, and where that time goes. Between two sales the card goes to the simulated meter.
/// </summary>
internal sealed class SaleTimes(Counter counter, Afternoon meters)
{
    private const long Fen = 1_000;
    private const int WarmUp = 25;

    /// <summary>Sells so often, and gives the times in milliseconds as <see cref="LoadTimes"/> does.</summary>
    public async Task<JsonObject> Run(int sales)
    {
        // Another area each time: several runs may measure one API.
        await meters.Open($"{Random.Shared.Next(10_000_000, 99_999_999)}", limit: 0);
        await meters.Swipe();
        var all = new List<Dictionary<string, double>>();
        for (var i = 0; i < WarmUp + sales; i++)
        {
            all.Add(await Sell());
            await meters.Swipe();
        }

        return LoadTimes.Summary(all.Skip(WarmUp).ToList(), "sales");
    }

    private async Task<Dictionary<string, double>> Sell()
    {
        var start = Stopwatch.GetTimestamp();
        var read = await meters.StartRead(Person.Cashier);
        var asked = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var wasRead = await Carry(read);
        var reading = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var started = (await meters.Sell(read.Text("operation.operationId"), Fen)).Expect(202);
        asked += Stopwatch.GetElapsedTime(start).TotalMilliseconds - reading;
        var written = await Carry(started);
        var total = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double Sum(string part) => wasRead.Times[part] + written.Times[part];
        var parts = new Dictionary<string, double>
        {
            ["tickets"] = asked,
            ["rounds"] = Sum("api"),
            ["journal"] = Sum("journal"),
            ["card"] = Sum("card"),
            ["reader"] = Sum("reader"),
        };
        parts["rest"] = total - parts.Values.Sum();
        return new(parts) { ["total"] = total, ["reading"] = reading };
    }

    private async Task<Reply> Carry(Reply started)
    {
        var carried = await counter.Carry(started);
        return carried.Text("state") == "confirmed"
            ? carried
            : throw new DemoFailedException($"The card operation is not confirmed: {carried.Content}");
    }
}
