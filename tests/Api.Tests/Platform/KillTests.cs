using System.Text;
using System.Text.Json.Nodes;
using Funding;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Idempotency;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform;

/// <summary>The API is killed with requests in flight, again and again; then every answer that a client saw is held against the books.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Clients = 6;

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.7"), Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-08.1")]
    public async Task What_was_acknowledged_is_booked_once_and_what_was_not_is_whole_or_not_there(Database database)
    {
        // Two processes share a server's database; a killed one's work goes on in the other, with the same keys.
        var (kills, processes) = database == Database.PostgreSql ? (50, 2) : (20, 1);
        var connection = await TestDatabase.Create(database);
        var settings = ApiProcess.Settings(database, connection);
        settings["Demo:Seed"] = "Benchmark";
        await using var fleet = new Fleet(settings, processes);
        await fleet.Start();
        await fleet.Run(kills, Clients, seed: 20261122);

        await using var services = TestModel.Services(Dialect.For(database.ToString()), connection);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var lost = fleet.Sendings.Where(s => s.Answer is null).ToList();
        var booked = await BookedByKey(db);
        output.WriteLine(
            $"{kills} kills; {fleet.Sendings.Count} keys, {fleet.LostAnswers} lost answers, {fleet.Repeated} repeated; "
                + $"of {lost.Count} given up {lost.Count(s => booked.ContainsKey(s.Key))} were booked."
        );
        Assert.True(fleet.LostAnswers >= kills / 2, $"Only {fleet.LostAnswers} answers were lost in {kills} kills.");
        Assert.All(fleet.Sendings.Where(s => s.Answer is not null), s => AssertBooked(s, booked[s.Key], s.Answer!));
        foreach (var given in lost)
        {
            var (answer, replayed) = await fleet.Send(given.Key, given.CardNumber, given.Amount);
            Assert.Equal(booked.ContainsKey(given.Key), replayed);
            Assert.True(!replayed || answer == booked[given.Key].Answer);
        }

        Assert.Equal(fleet.Sendings.Count, (await BookedByKey(db)).Count);
        Assert.Contains("\"sound\":true", await fleet.Http.GetStringAsync("/internal/books?full=true"), StringComparison.Ordinal);
        Assert.Contains("\"sound\":true", await fleet.Http.GetStringAsync("/internal/audit"), StringComparison.Ordinal);
    }

    private static void AssertBooked(Sending sending, Booked booked, string answer)
    {
        Assert.Equal(answer, booked.Answer);
        Assert.Equal(SerialNumber.Of(booked.TransactionId), JsonNode.Parse(answer)!["serialNumber"]!.GetValue<string>());
        Assert.Equal(sending.Amount, booked.Amount);
    }

    /// <summary>Every collection by its key, with its stored answer; fails on one that is there twice, or in part.</summary>
    private static async Task<Dictionary<string, Booked>> BookedByKey(AppDb db)
    {
        var heads = await db.Set<Transaction>().Where(t => t.Type == FundingTransactions.Collection.Name).ToListAsync();
        var entries = (await db.Set<Entry>().ToListAsync()).ToLookup(e => e.TransactionId);
        var answers = await db.Set<IdempotencyRecord>().ToDictionaryAsync(r => r.Key, r => Encoding.UTF8.GetString(r.Body));
        var audited = await db.Set<AuditRecord>().Select(r => r.Id).ToHashSetAsync();
        Assert.Equal(heads.Count, heads.Select(h => h.ReferenceNumber).Distinct().Count());
        Assert.Equal(heads.Count, answers.Count);
        Assert.Equal(heads.Select(h => h.Id).ToHashSet(), entries.Select(e => e.Key).ToHashSet());
        Assert.All(
            heads,
            h =>
            {
                Assert.Equal([-h.Amount, h.Amount], entries[h.Id].Select(e => e.Amount).Order());
                Assert.Contains(h.Id, audited);
            }
        );
        return heads.ToDictionary(h => h.ReferenceNumber!, h => new Booked(h.Id, h.Amount, answers[h.ReferenceNumber!]));
    }

    private sealed record Booked(long TransactionId, long Amount, string Answer);
}
