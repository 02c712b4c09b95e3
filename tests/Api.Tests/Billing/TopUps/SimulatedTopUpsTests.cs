using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using TestRuns;

namespace Api.Tests.Billing.TopUps;

/// <summary>
/// Random top-ups with every fault of the carrier, retries of tills and desks, and kills of the carrier and of a selling process: a phone is credited at
/// most once, and exactly when the state says succeeded; the money is refunded exactly when it says failed, once.
/// </summary>
public sealed class SimulatedTopUpsTests
{
    private const int Tills = 8;
    private const string Validity = "00:00:06";

    private static readonly (string Kind, int Milliseconds)[] s_faults =
    [
        ("before", 0),
        ("after", 0),
        ("late", 700),
        ("slow", 700),
        ("refused", 0),
        ("later", 300),
        ("laterFails", 300),
        ("twice", 0),
        ("takenBack", 300),
        ("doneAfterAll", 300),
        ("moved", 0),
        ("maintenance", 0),
    ];

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-01.2"), Trait("Requirement", "MT-01.7"), Trait("Requirement", "MT-01.10"), Trait("Requirement", "MT-03.4")]
    public async Task A_phone_is_credited_once_exactly_when_it_succeeded_and_refunded_once_exactly_when_it_failed(Database database)
    {
        var count = RandomRuns.Times(500);
        await using var desk = await TopUpDesk.Open(database, validity: Validity, credit: 10_000_000_000, change: Hurry);
        await desk.Carrier.Credit(TopUpDesk.Mobile, 10_000_000_000);
        var settings = ApiProcess.Settings(database, desk.Host.ConnectionString);
        foreach (var (key, value) in TopUpDesk.Settings(desk.Carrier))
        {
            settings[key] = value;
        }

        Hurry(settings);
        var sold = new ConcurrentDictionary<string, string>();
        var process = await ApiProcess.Start(settings);
        var killed = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = Tills },
            async (i, _) =>
            {
                // A seed of its own for each: what a run tried can be tried again.
                var random = new Random(i);
                if (random.Next(2) == 0)
                {
                    var (kind, milliseconds) = s_faults[random.Next(s_faults.Length)];
                    await Quietly(() => desk.Carrier.Fault(random.Next(4) == 0 ? "ask" : "top-up", kind, milliseconds: milliseconds));
                }

                if (i > 0 && i % (count / 4) == 0)
                {
                    await desk.Carrier.KillAndRestart();
                    Interlocked.Increment(ref killed);
                }

                if (i > 0 && i % (count / 5) == 0)
                {
                    await process.DisposeAsync();
                    process = await ApiProcess.Start(settings);
                }

                var phone = TopUpDesk.Phone();
                var change = random.Next(5) == 0;
                var body = change ? TopUpDesk.Sale(phone, random.Next(1, 1_000), "change") : TopUpDesk.Sale(phone);
                var clerk = random.Next(3) == 0 ? await At(process, desk) : desk.Till;
                sold[phone] = await Sell(desk, clerk ?? desk.Till, body, Clerk.NewKey(), random.Next(3) == 0);
            }
        );
        await process.DisposeAsync();
        await desk.Carrier.NoFaults();
        Assert.True(killed >= 2);

        // Every top-up comes to an end, and every contradiction is accepted by a person.
        await Eventually.Holds(() => Open(desk), n => n == 0);
        await Settle(desk);
        var all = await desk.Till.Walk("/v1/top-ups", limit: 1_000);
        Assert.Equal(sold.Values.Order(StringComparer.Ordinal), all.Select(t => Text(t, "serialNumber")).Order(StringComparer.Ordinal));
        var states = all.ToDictionary(t => Text(t, "serialNumber"));
        var (good, bad) = (0L, 0L);
        foreach (var (phone, serial) in sold)
        {
            var (times, credited) = await desk.Carrier.Credited(phone);
            var (state, amount) = (Text(states[serial], "state"), states[serial]["amount"]!.GetValue<long>());
            Assert.True(times <= 1, $"{serial} was credited {times} times.");
            Assert.True(credited == (state == "succeeded" ? amount : 0), $"{serial} is {state} and has {credited} of {amount}.");
            (good, bad) = state == "succeeded" ? (good + amount, bad) : (good, bad + amount);
        }

        Assert.True(good > 0 && bad > 0);
        var summary = await Summary(desk);
        Assert.Equal((good, bad), (summary.Good, summary.Bad));
        Assert.Equal(good + bad, (await desk.Money()).Till);
        var failed = all.Where(t => Text(t, "state") == "failed").Select(t => Text(t, "serialNumber")).ToList();
        await Parallel.ForEachAsync(
            failed,
            new ParallelOptions { MaxDegreeOfParallelism = Tills },
            async (serial, _) =>
            {
                var twice = await Task.WhenAll(Retries.Again(() => desk.Refund(serial)), Retries.Again(() => desk.Refund(serial)));
                Assert.Single(twice, r => r.Status == HttpStatusCode.Created);
                Assert.Single(twice, r => r.Status == HttpStatusCode.Conflict);
            }
        );

        // The till's claim is what succeeded; nothing is due to anybody; each carrier's statement agrees line by line.
        var (till, due, _) = await desk.Money();
        Assert.Equal((good, 0L), (till, due));
        var there = 0L;
        foreach (var code in (string[])[TopUpDesk.Mobile, TopUpDesk.Unicom])
        {
            var compared = await desk.Till.Post($"/v1/top-up-carriers/{code}/statements", new { day = TopUpDesk.Today });
            Assert.Equal(0, compared.Is(HttpStatusCode.Created).Number("open"));
            there += compared.Number("amountThere");
        }

        Assert.Equal(good, there);
        await desk.Store.BooksAreSound();
    }

    /// <summary>So that what never arrives can be given up within the test, at the host and at the process alike.</summary>
    private static void Hurry(Dictionary<string, string?> settings)
    {
        settings["TopUps:Validity"] = Validity;
        settings["TopUps:AttemptTimeout"] = "00:00:00.5";
        settings["TopUps:Sending"] = "00:00:02";
        settings["TopUps:AskEvery"] = "00:00:00.05";
        settings["TopUps:AwayPause"] = "00:00:00.2";
    }

    private static async Task<string> Sell(TopUpDesk desk, Clerk clerk, JsonObject body, string key, bool again)
    {
        var text = body.ToJsonString();
        Answered? first = null;
        try
        {
            first = await clerk.Post("/v1/top-ups", JsonNode.Parse(text)!, key);
        }
        catch (Exception e) when (e is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was killed: the till does not know, and asks again.
        }

        if (first is null || again || first.Status != HttpStatusCode.Created)
        {
            first = await Retries.Again(() => desk.Till.Post("/v1/top-ups", JsonNode.Parse(text)!, key));
            if (again)
            {
                // Another key for the same receipt finds the same top-up.
                var other = await Retries.Again(() => desk.Till.Post("/v1/top-ups", JsonNode.Parse(text)!));
                Assert.Equal(first.SerialNumber, other.IsRefused(HttpStatusCode.Conflict, "receipt-taken").SerialNumber);
            }
        }

        return first.Is(HttpStatusCode.Created).SerialNumber;
    }

    private static async Task<Clerk?> At(ApiProcess process, TopUpDesk desk)
    {
        try
        {
            var clerk = new Clerk(process.Http, desk.Store.BranchCode, desk.Till.Login, desk.Till.Id);
            await clerk.SignIn();
            return clerk;
        }
        catch (Exception e) when (e is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task Quietly(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            // The carrier is being started again.
        }
    }

    private static async Task<long> Open(TopUpDesk desk)
    {
        await desk.Carrier.Deliver(desk.Host.Client, once: true);
        var totals = (await desk.Till.Get("/v1/top-up-totals")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        return totals.Where(t => Text(t!, "state") is not ("succeeded" or "failed")).Sum(t => t!["count"]!.GetValue<long>());
    }

    /// <summary>Accepts what the carrier says, call-back after call-back, until none is left to contradict.</summary>
    private static async Task Settle(TopUpDesk desk)
    {
        await desk.Carrier.Deliver(desk.Host.Client, once: true);
        foreach (var found in await desk.Till.Walk("/v1/top-up-exceptions?state=open", limit: 1_000))
        {
            var path = $"/v1/top-up-exceptions/{Text(found, "exceptionId")}/settlement";
            await desk.Till.PostApproved(path, new { accept = true, evidence = "运营商账单核对" }, desk.Store.Second);
        }
    }

    private static async Task<(long Good, long Bad)> Summary(TopUpDesk desk)
    {
        var path = $"/v1/top-up-summary?from={TopUpDesk.Today.AddDays(-1):yyyy-MM-dd}&to={TopUpDesk.Today:yyyy-MM-dd}";
        var items = (await desk.Till.Get(path)).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        return (items.Sum(i => i!["succeededAmount"]!.GetValue<long>()), items.Sum(i => i!["failedAmount"]!.GetValue<long>()));
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
