using System.Net;
using Funding;
using Microsoft.EntityFrameworkCore;
using Platform.Parameters;

namespace Api.Tests.Funding.BatchRecharges;

/// <summary>Processes that post a list are killed in the middle of it; then every line must have been booked once, and every fen be there.</summary>
public sealed class KilledRechargeListTests(ITestOutputHelper output)
{
    private const int Lines = 2_500;

    /// <summary>Lines that are posted between two kills, at least.</summary>
    private const int Between = 60;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.5"), Trait("Requirement", "FC-22.2"), Trait("Requirement", "PL-03.7"), Trait("Requirement", "PL-08.1")]
    public async Task Every_line_is_posted_once_and_only_once_though_processes_are_killed(Database database)
    {
        // Two processes share a server's database, and are killed one after the other; the last one left ends the list.
        var (processes, kills) = database == Database.PostgreSql ? (2, 5) : (1, 2);
        await using var idle = await TestHost.Start(database, settings: new() { ["RechargeLists:Workers"] = "0" });
        var desk = await RechargeDesk.Open(await TestCounter.Open(idle), Lines, unitFen: 400_000_000);
        var serial = (await desk.Submit(desk.File())).Is(HttpStatusCode.Accepted).SerialNumber;
        var settings = Settings(database, idle.ConnectionString);
        var running = new Queue<ApiProcess>();
        try
        {
            for (var killed = 0; killed < kills; killed++)
            {
                if (running.Count == 0)
                {
                    (await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => ApiProcess.Start(settings))))
                        .ToList()
                        .ForEach(running.Enqueue);
                }

                if (killed == 0)
                {
                    await desk.Until(serial, s => s == "submitted");
                    (await desk.Release(serial)).Is(HttpStatusCode.Created);
                }

                var before = await Posted(idle, serial);
                await Eventually.Holds(() => Posted(idle, serial), now => now >= before + Between);
                await using var process = running.Dequeue();
                process.Kill();
                output.WriteLine($"Kill {killed + 1} after {before} lines.");
            }

            Assert.True(await Posted(idle, serial) < Lines, "The kills came too late.");
            var progress = (await desk.Show(serial)).Body["progress"]!;
            Assert.Equal(("posting", Lines), (progress["stage"]!.GetValue<string>(), progress["total"]!.GetValue<int>()));
            Assert.InRange(progress["done"]!.GetValue<int>(), 0, Lines - 1);
            await using var last = running.Count > 0 ? running.Dequeue() : await ApiProcess.Start(settings);
            await EveryLineIsThereOnce(desk, serial, await desk.Until(serial, s => s == "finished"));
        }
        finally
        {
            await Task.WhenAll(running.Select(p => p.DisposeAsync().AsTask()));
        }
    }

    /// <summary>Slow enough that a kill falls into the middle, and a lease so short that nobody waits for it.</summary>
    private static Dictionary<string, string?> Settings(Database database, string connection)
    {
        var settings = ApiProcess.Settings(database, connection);
        settings["RechargeLists:AtOnce"] = "1";
        settings["RechargeLists:Every"] = "00:00:00.1";
        settings["RechargeLists:Lease"] = "00:00:01";
        return settings;
    }

    private static async Task EveryLineIsThereOnce(RechargeDesk desk, string serial, Answered list)
    {
        Assert.Equal((Lines, 0), (list.Number("postedLines"), list.Number("failedLines")));
        Assert.Equal(Enumerable.Range(1, Lines).Select(i => i * 100L), await desk.Balances());
        Assert.Equal(0, await desk.Held(serial));
        Assert.Equal(400_000_000 - list.Number("amount"), await desk.Counter.Quota(desk.Unit));
        await using var db = await desk.Counter.Host.OpenDatabase();
        var references = await OfList(db, serial).Select(t => t.ReferenceNumber).ToListAsync();
        Assert.Equal(Enumerable.Range(1, Lines).Select(i => $"{serial}-{i}").Order(), references.Order());
        await desk.Counter.BooksAreSound();
    }

    private static async Task<int> Posted(TestHost host, string serial)
    {
        await using var db = await host.OpenDatabase();
        return await OfList(db, serial).CountAsync();
    }

    private static IQueryable<Transaction> OfList(AppDb db, string serial) =>
        db.Set<Transaction>().Where(t => t.Type == FundingTransactions.BatchRecharge.Name && t.ReferenceNumber!.StartsWith(serial));
}
