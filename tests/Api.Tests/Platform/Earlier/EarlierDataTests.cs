using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Hardware.Simulators.Chip;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform.Earlier;

/// <summary>
/// Databases that an earlier build (commit e242244) made and used: its tests booked nearly every type of transaction, left keys in use, a load that
/// had not ended and a recharge list that nobody had released. Beside each stands what its users know: names, keys, answers, and the chip.
/// </summary>
public sealed class EarlierDataTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-08.4"), Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-03.8")]
    public async Task A_database_of_an_earlier_build_is_opened_goes_on_and_is_sound(Database database)
    {
        var known = JsonNode.Parse(await Text($"{Name(database)}.json"))!;
        await using var host = await TestHost.Start(database, await Restored(database), new() { ["Cards:SweepEvery"] = "00:00:01" });
        await IsSound(host);

        await using var counter = await TestCounter.Reopen(
            host,
            Known("branchCode"),
            Operator("login", "operatorId"),
            Operator("secondLogin", "secondId")
        );

        // What was answered is answered again, and books nothing.
        var collect = $"/v1/cards/{Known("cardNumber")}/collections";
        var replayed = (await counter.Cashier.Post(collect, known["collectionBody"]!.AsObject(), Known("collectionKey"))).Is(
            HttpStatusCode.Created
        );
        Assert.True(replayed.Replayed);
        Assert.Equal(known["collection"]!["serialNumber"]!.GetValue<string>(), replayed.SerialNumber);
        Assert.Equal(12_345, await Quota());
        var load = $"/v1/cards/{Known("chipCardNumber")}/loads";
        var started = (await counter.Cashier.Post(load, new { amount = 3_000 }, Known("loadKey"))).Is(HttpStatusCode.Accepted);
        var operation = known["load"]!["operation"]!["operationId"]!.GetValue<string>();
        Assert.Equal(operation, started.Body["operation"]!["operationId"]!.GetValue<string>());

        // What goes on: a payment, the load (that of before ran out of time, and gave its money back), the list.
        (await counter.Cashier.Post(collect, TestCounter.Payment(655))).Is(HttpStatusCode.Created);
        Assert.Equal(13_000, await Quota());
        var card = new ChipCard(await Chip(database), Known("chipCardNumber"), Known("chipCustomerCode"), "");
        var before = ChipCards.Balance(card.Chip);
        await Eventually.Holds(
            async () => (await counter.Cashier.Get($"/v1/card-operations/{operation}")).Is(HttpStatusCode.OK),
            o => o["state"] == "notDone"
        );
        var loaded = await counter.Run(card.Chip, (await counter.StartLoad(card, 3_000)).Is(HttpStatusCode.Accepted));
        Assert.Equal("confirmed", loaded["state"]!.GetValue<string>());
        Assert.Equal(before + 3_000, ChipCards.Balance(card.Chip));
        var list = known["list"]!["serialNumber"]!.GetValue<string>();
        await Until(list, "submitted");
        (await counter.Second.Post($"/v1/recharge-lists/{list}/release", new { })).Is(HttpStatusCode.Created);
        await Until(list, "finished");
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        await IsSound(host);

        string Known(string name) => known[name]!.GetValue<string>();
        (string, long) Operator(string login, string id) => (Known(login), known[id]!.GetValue<long>());
        async Task<long> Quota() => (await counter.Customer(Known("customerCode")))["quota"]!.GetValue<long>();
        Task<Answered> Until(string serial, string state) =>
            Eventually.Holds(
                async () => (await counter.Cashier.Get($"/v1/recharge-lists/{serial}")).Is(HttpStatusCode.OK),
                l => l["state"] == state
            );
    }

    private static async Task IsSound(TestHost host)
    {
        foreach (var proof in (string[])["/internal/books?full=true", "/internal/audit"])
        {
            var answer = (await Answered.Of(await host.Client.GetAsync(proof))).Is(HttpStatusCode.OK);
            Assert.True(answer.Body["sound"]!.GetValue<bool>(), answer.Text);
        }
    }

    private static string Name(Database database) => database == Database.Sqlite ? "sqlite" : "postgresql";

    /// <summary>The database as it was, but for two clocks that would have run out meanwhile: of keys and of passwords.</summary>
    private static async Task<string> Restored(Database database)
    {
        var connection = await TestDatabase.CreateEmpty(database);
        if (database == Database.Sqlite)
        {
            await using var file = File.Create(new SqliteConnectionStringBuilder(connection).DataSource);
            await using var packed = Open("sqlite.db.gz");
            await packed.CopyToAsync(file);
        }
        else
        {
            // The dump empties the session's search path: this session is not given to anybody else.
            await using var session = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString
            );
            await session.OpenAsync();
            await using var command = new NpgsqlCommand(await Text("postgresql.sql.gz"), session);
            await command.ExecuteNonQueryAsync();
        }

        await using var services = TestModel.Services(Dialect.For(database.ToString()), connection);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await db.Database.ExecuteSqlAsync($"""UPDATE idempotency_records SET "CreatedAt" = {now}""");
        await db.Database.ExecuteSqlAsync($"""UPDATE credentials SET "ChangedAt" = {now}""");
        await Dialect.For(database.ToString()).Migrate(db);
        return connection;
    }

    private static async Task<VirtualChip> Chip(Database database)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, await Text($"{Name(database)}.chip.json"));
        try
        {
            return VirtualChip.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return await reader.ReadToEndAsync();
    }

    private static Stream Open(string name)
    {
        var stored = typeof(EarlierDataTests).Assembly.GetManifestResourceStream($"earlier/{name}")!;
        return name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stored, CompressionMode.Decompress) : stored;
    }
}
