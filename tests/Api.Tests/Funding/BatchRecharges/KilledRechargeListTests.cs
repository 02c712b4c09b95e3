using System.Net;
using Api.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Api.Tests.Funding.BatchRecharges;

/// <summary>
/// Processes that post a list are killed again and again in the middle of it; then every line must have been booked once, and every fen accounted for.
/// </summary>
public sealed class KilledRechargeListTests(ITestOutputHelper output)
{
    private const int Lines = 3_000;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-22.2"), Trait("Requirement", "PL-03.7"), Trait("Requirement", "PL-08.1")]
    public async Task Every_line_is_posted_once_and_only_once_though_processes_are_killed(Database database)
    {
        var (processes, rounds) = database == Database.PostgreSql ? (2, 3) : (1, 5);
        await using var idle = await TestHost.Start(database, settings: new() { ["RechargeLists:Workers"] = "0" });
        var desk = await RechargeDesk.Open(await Counter.Open(idle), Lines, unitFen: 500_000_000);
        var serial = (await desk.Submit(desk.File())).Is(HttpStatusCode.Accepted).SerialNumber;
        var settings = Settings(database, idle.ConnectionString);
        var kills = 0;
        for (var round = 0; round < rounds; round++)
        {
            var running = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => ApiProcess.Start(settings)));
            if (round == 0)
            {
                await desk.Until(serial, s => s == "submitted");
                (await desk.Release(serial)).Is(HttpStatusCode.Created);
            }

            foreach (var process in running)
            {
                var before = await Outcomes(idle, serial);
                await Eventually.Holds(() => Outcomes(idle, serial), now => now >= before + 100);
                process.Kill();
                kills++;
            }

            foreach (var process in running)
            {
                await process.DisposeAsync();
            }

            output.WriteLine($"{kills} kills, {await Outcomes(idle, serial)} of {Lines} lines.");
            Assert.True(await Outcomes(idle, serial) < Lines, "The kills came too late.");
        }

        Assert.True(kills >= 5);
        await using var last = await ApiProcess.Start(settings);
        var list = await desk.Until(serial, s => s == "finished");
        await EveryLineIsThereOnce(desk, serial, list);
    }

    /// <summary>Slow enough that a kill falls into the middle, and a lease so short that nobody waits for it.</summary>
    private static Dictionary<string, string?> Settings(Database database, string connection)
    {
        var settings = ApiProcess.Settings(database, connection);
        settings["RechargeLists:AtOnce"] = "1";
        settings["RechargeLists:Every"] = "00:00:00.1";
        settings["RechargeLists:Lease"] = "00:00:01";
        settings["DOTNET_TieredPGO"] = "0";
        settings["DOTNET_EnableWriteXorExecute"] = "0";
        return settings;
    }

    private static async Task EveryLineIsThereOnce(RechargeDesk desk, string serial, Answered list)
    {
        Assert.Equal((Lines, 0), (list.Number("postedLines"), list.Number("failedLines")));
        Assert.Equal(Enumerable.Range(1, Lines).Select(i => i * 100L), await desk.Balances());
        Assert.Equal(0, await desk.Held(serial));
        Assert.Equal(500_000_000 - list.Number("amount"), await desk.Counter.Quota(desk.Unit));
        await using var db = await desk.Counter.Host.OpenDatabase();
        var references = await db.Set<Transaction>().Where(t => t.Type == "batch-recharge").Select(t => t.ReferenceNumber).ToListAsync();
        Assert.Equal(Enumerable.Range(1, Lines).Select(i => $"{serial}-{i}").Order(), references.Order());
        await desk.Counter.BooksAreSound();
    }

    private static async Task<int> Outcomes(TestHost host, string serial)
    {
        await using var db = await host.OpenDatabase();
        var posted = $"{serial}-";
        return await db.Set<Transaction>().CountAsync(t => t.Type == "batch-recharge" && t.ReferenceNumber!.StartsWith(posted));
    }
}
