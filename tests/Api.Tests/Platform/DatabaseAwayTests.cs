using System.Net;
using System.Text.Json.Nodes;
using Funding;
using Microsoft.EntityFrameworkCore;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform;

/// <summary>
/// The database goes away, ends sessions, takes no more, or is held by somebody else. Nobody gets an error of ours, and what is said of money is
/// true (PL-08.7).
/// </summary>
public sealed class DatabaseAwayTests(ITestOutputHelper output)
{
    private const int Clients = 6;

    [Fact]
    [Trait("Requirement", "PL-08.7"), Trait("Requirement", "PL-03.6")]
    public async Task A_server_that_ends_sessions_stops_and_is_full_costs_no_error_and_no_money()
    {
        await using var server = await OwnPostgres.Start();
        await using var api = await Start(server, ("Database:ConnectionString", server.Connection + ";Maximum Pool Size=20"));
        var load = await Load.On(api);
        var run = load.Start(Clients);

        for (var i = 0; i < 8; i++)
        {
            await load.Booked(5);
            await server.EndSessions();
        }

        for (var i = 0; i < 2; i++)
        {
            await load.Booked(20);
            await server.Down();
            await load.Refused(3);
            await server.Up();
        }

        await load.Booked(20);
        var before = load.RefusedSoFar;
        await server.Fill(() => load.RefusedSoFar >= before + 5);
        await load.Booked(20);
        load.Stop();
        await run;

        Assert.Equal(HttpStatusCode.OK, (await Load.Ready(api, eventually: true)).StatusCode);
        load.Reads.ForEach(Load.IsNoError);
        var sendings = load.Sendings.ToList();
        sendings.ForEach(s => s.Answers.ForEach(Load.IsNoError));
        await using var services = TestModel.Services(Dialect.For("PostgreSql"), server.Connection);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var booked = (await db.Set<Transaction>().Where(t => t.Type == FundingTransactions.Collection.Name).ToListAsync())
            .GroupBy(t => t.ReferenceNumber!)
            .ToDictionary(g => g.Key, g => g.Count());
        Assert.All(booked.Values, n => Assert.Equal(1, n));
        var unknown = sendings.Where(s => s.Answers.Exists(a => a["outcome"] == "unknown")).ToList();
        output.WriteLine(
            $"{sendings.Count} keys, {booked.Count} booked, {sendings.Sum(s => s.Answers.Count)} answers, {unknown.Count} unknown"
        );
        Assert.All(sendings.Where(s => s.Answers.TrueForAll(a => a["outcome"] == "none")), s => Assert.DoesNotContain(s.Key, booked.Keys));
        Assert.All(
            sendings.Where(s => s.Answers.Exists(a => a.Status == HttpStatusCode.Created)),
            s => Assert.Contains(s.Key, booked.Keys)
        );
        foreach (var lost in unknown)
        {
            var again = (await load.Send(lost)).Is(HttpStatusCode.Created);
            Assert.Equal(booked.ContainsKey(lost.Key), again.Replayed);
        }

        Assert.Contains("\"sound\":true", await api.Http.GetStringAsync("/internal/books?full=true"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public async Task A_connection_that_was_lost_while_idle_is_made_anew_and_nobody_notices()
    {
        await using var server = await OwnPostgres.Start();
        await using var api = await Start(server);
        var load = await Load.On(api);
        for (var round = 0; round < 4; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => load.Read("/internal/books")));
            (await load.Send(load.New())).Is(HttpStatusCode.Created);
            Assert.True(await server.EndSessions() > 0);
            for (var i = 0; i < 4; i++)
            {
                // A booking first in one round, a reading in the next.
                if ((round + i) % 2 == 0)
                {
                    (await load.Send(load.New())).Is(HttpStatusCode.Created);
                }
                else
                {
                    (await load.Read("/internal/books")).Is(HttpStatusCode.OK);
                }
            }
        }
    }

    [Fact]
    [Trait("Requirement", "PL-08.7"), Trait("Requirement", "PL-08.1")]
    public async Task A_server_that_is_away_longer_than_the_process_number_is_leased_is_waited_for_and_logged_once()
    {
        await using var server = await OwnPostgres.Start();
        await using var api = await Start(server, ("ProcessNodes:Lease", "00:00:03"), ("RechargeLists:Every", "00:00:00.05"));
        var load = await Load.On(api);
        (await load.Send(load.New())).Is(HttpStatusCode.Created);
        await server.Down();

        // Other than a number that is renewed late, a number that is gone does not come back before the server does.
        await Eventually.Holds(
            () => Task.FromResult(api.Output),
            o => o.Contains("until a number is claimed anew", StringComparison.Ordinal)
        );
        foreach (var path in (string[])["/v1/branch-days/current", "/internal/books", "/internal/audit"])
        {
            (await load.Read(path)).IsRefused(HttpStatusCode.ServiceUnavailable, "database-unavailable");
        }

        var refused = await load.Send(load.New());
        refused.IsRefused(HttpStatusCode.ServiceUnavailable, "database-unavailable");
        Assert.Equal("none", refused["outcome"]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Load.Ready(api, eventually: false)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync("/health/live")).StatusCode);

        await server.Up();
        Assert.Equal(HttpStatusCode.OK, (await Load.Ready(api, eventually: true)).StatusCode);
        (await load.Send(load.New())).Is(HttpStatusCode.Created);
        var lines = api.Output.Split('\n').Where(l => l.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal)).ToList();
        output.WriteLine($"{lines.Count} lines of error");
        // A database that is away is one kind of failure, a number that is gone another; each worker ran some sixty rounds meanwhile.
        Assert.InRange(lines.Count(l => l.Contains("RechargeListWorker", StringComparison.Ordinal)), 1, 4);
        Assert.InRange(lines.Count, 1, 20);
    }

    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public async Task A_file_that_somebody_else_writes_for_long_is_busy_and_nothing_is_booked()
    {
        await using var host = await TestHost.Start(Database.Sqlite);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 100);
        await using (await HeldDatabase.Branch(host, counter.BranchId))
        {
            var refused = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => counter.Collect(card, i + 1))));
            Assert.All(refused, Load.IsNoError);
            Assert.All(refused, a => a.IsRefused(HttpStatusCode.ServiceUnavailable, "database-busy"));
            Assert.All(refused, a => Assert.Equal("none", a["outcome"]));
            (await counter.Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK);
        }

        Assert.Equal(100, await counter.Quota(card));
        await counter.Collected(card, 5);
        await counter.BooksAreSound();
    }

    /// <summary>On a server: on SQLite whoever writes holds the whole file.</summary>
    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public async Task One_customers_held_row_refuses_that_customer_and_nobody_else()
    {
        Assert.SkipWhen(EachDatabaseAttribute.Unavailable(Database.PostgreSql) is not null, "No server.");
        await using var host = await TestHost.Start(Database.PostgreSql);
        var counter = await TestCounter.Open(host);
        var held = await counter.IssuedCard();
        await counter.Collected(held, 100);
        var others = new List<IssuedCard>();
        for (var i = 0; i < 12; i++)
        {
            others.Add(await counter.IssuedCard());
        }

        await using (await HeldDatabase.Account(host, held.CustomerId))
        {
            // Both writers meet the held row, alone and among others.
            var waiting = Enumerable.Range(0, 3).Select(_ => Task.Run(() => counter.Collect(held, 7))).ToList();
            var booked = await Task.WhenAll(others.Select(c => Task.Run(() => counter.Collect(c, 10))));
            Assert.All(booked, a => a.Is(HttpStatusCode.Created));
            foreach (var refused in await Task.WhenAll(waiting))
            {
                refused.IsRefused(HttpStatusCode.ServiceUnavailable, "database-busy");
                Assert.Equal("none", refused["outcome"]);
                Load.IsNoError(refused);
            }
        }

        Assert.Equal(100, await counter.Quota(held));
        await counter.Collected(held, 7);
        await counter.BooksAreSound();
    }

    private static Task<ApiProcess> Start(OwnPostgres server, params (string Key, string Value)[] more)
    {
        var settings = ApiProcess.Settings(Database.PostgreSql, server.Connection);
        settings["Demo:Seed"] = "Benchmark";
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return ApiProcess.Start(settings);
    }
}
