using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Ledger.Seals;
using Platform.Problems;

namespace Api.Tests.Platform.Ledger.Tampering;

/// <summary>What is kept of the chain outside the database, and what a process does that finds it cut (PL-06.32).</summary>
[Collection(Intruder.Collection)]
public sealed class SealAnchorsTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task A_chain_cut_while_no_process_ran_is_found_by_the_file_of_anchors_and_not_gone_on_with(Database database)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("anchors-").FullName, "keys", "seals.anchors");
        var settings = new Dictionary<string, string?> { ["Audit:AnchorFile"] = file };
        string connection;
        await using (var books = await SealedBooks.Open(database, settings))
        {
            await books.MustBeSound();
            connection = books.Host.ConnectionString;
            await using var rows = await RawRows.Open(books);
            await new Intruder(books, rows, new Random(1)).CutTheEnd();
        }

        // A crash in the middle of a line spoils that line only.
        await File.AppendAllTextAsync(file, "2026-11-22T02:15:30Z 99");
        await using var host = await TestHost.Start(database, connection, new(SealedBooks.Quiet.Concat(settings)));

        Assert.Equal("anchored-seal-missing", await Flaw(host, "/internal/audit"));
        Assert.Equal("anchored-seal-missing", await Flaw(host, "/internal/books"));
        Assert.Equal(0, await host.Services.GetRequiredService<Sealer>().SealAll(TimeSpan.FromMilliseconds(-1), CancellationToken.None));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task A_database_whose_seals_were_all_removed_is_not_sealed_anew_unless_that_is_asked_for(Database database)
    {
        string connection;
        await using (var books = await SealedBooks.Open(database))
        {
            connection = books.Host.ConnectionString;
            await using var rows = await RawRows.Open(books);
            await new Intruder(books, rows, new Random(1)).RemoveAllSeals();
            await rows.Run("DELETE FROM audit_seals", []);
            await books.Seal();
            Assert.Contains("seals-missing", await books.AuditFlaws());
        }

        await using (var host = await TestHost.Start(database, connection, SealedBooks.Quiet))
        {
            Assert.Equal(
                0,
                await host.Services.GetRequiredService<Sealer>().SealAll(TimeSpan.FromMilliseconds(-1), CancellationToken.None)
            );
            Assert.Equal("seals-missing", await Flaw(host, "/internal/audit"));
        }

        var settings = new Dictionary<string, string?>(SealedBooks.Quiet) { ["Audit:BeginChain"] = "true" };
        await using var anew = await TestHost.Start(database, connection, settings);
        // What the printed day-end sheets name, which the day-ends' rows keep, is not in the new chain.
        Assert.Equal("anchored-seal-missing", await Flaw(anew, "/internal/books?full=true"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task The_seal_on_a_day_end_sheet_is_checked_against_the_chain(Database database)
    {
        var books = await SealedBooks.Shared(database);
        var printed = books.Printed;
        Assert.Equal(SealMark.PrintedDigits, printed.Hash.Length);
        Assert.True((await Asked(books, printed))["anchor"]!["inChain"]!.GetValue<bool>());
        var date = await LastClosed(books);
        var sheet = (await books.Counter.Cashier.Get($"/v1/branch-days/{date.Date:yyyy-MM-dd}")).Is(HttpStatusCode.OK);
        Assert.Equal(printed.Hash, sheet.Body["seal"]!["hash"]!.GetValue<string>());
        var (page, _) = await books.Counter.Cashier.Download($"/v1/transactions/{date.Serial}/documents/day-end-sheet");
        Assert.Contains(printed.Hash, System.Text.Encoding.UTF8.GetString(page), StringComparison.Ordinal);

        var other = await Asked(books, printed with { Hash = new string('0', 16) });
        Assert.False(other["sound"]!.GetValue<bool>());
        Assert.False(other["anchor"]!["inChain"]!.GetValue<bool>());
        foreach (
            var wrong in (string[])
                ["after=1", "hash=0123456789abcdef", "after=1&hash=0123", "after=0&hash=0123456789abcdef", "after=1&hash=0123456789abcdeg"]
        )
        {
            using var refused = await books.Host.Client.GetAsync($"/internal/audit?{wrong}");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("seal-anchor-invalid", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task Seals_of_another_key_are_said_to_be_such(Database database)
    {
        var books = await SealedBooks.Shared(database);
        var folder = Directory.CreateTempSubdirectory("vault-").FullName;
        var settings = new Dictionary<string, string?>(SealedBooks.Quiet)
        {
            ["Cards:KeyVault"] = "file",
            ["Cards:KeyVaultFile"] = Path.Combine(folder, "cards.vault"),
            ["Cards:PassphraseFile"] = Path.Combine(folder, "cards.passphrase"),
        };
        await using var host = await TestHost.Start(database, books.Host.ConnectionString, settings);

        Assert.Equal("seals-of-another-key", await Flaw(host, "/internal/audit"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32"), Trait("Requirement", "PL-06.8")]
    public async Task A_young_record_is_counted_as_unsealed_and_one_dated_ahead_is_not_sound(Database database)
    {
        var books = await SealedBooks.Shared(database);
        await using var db = await books.Host.OpenDatabase();
        var now = TimeProvider.System.GetUtcNow();
        var last = await db.Set<Seal>().MaxAsync(s => s.ToId);
        db.Add(Record(last + 1, now));
        await db.SaveChangesAsync();
        var young = JsonNode.Parse(await books.Host.Client.GetStringAsync("/internal/audit"))!;
        Assert.True(young["sound"]!.GetValue<bool>());
        Assert.Equal(1, young["unsealed"]!.GetValue<long>());
        Assert.NotNull(young["sealedTo"]);

        // No seal would ever reach it.
        db.Add(Record(Ids.At(now.AddHours(1)), now));
        await db.SaveChangesAsync();
        var flaw = await Flaw(books.Host, "/internal/audit");
        await books.Restore();
        Assert.Equal("dated-ahead", flaw);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task What_is_old_and_was_never_sealed_is_not_sound(Database database)
    {
        await using var host = await TestHost.Start(database, settings: SealedBooks.Quiet);
        await using var db = await host.OpenDatabase();
        var then = TimeProvider.System.GetUtcNow() - SealChain.LongestUnsealed - TimeSpan.FromMinutes(1);
        db.Add(Record(Ids.At(then), then));
        await db.SaveChangesAsync();

        // Ids of the bootstrap's record are older still.
        Assert.Equal("not-sealed", await Flaw(host, "/internal/audit"));
        Assert.Equal("not-sealed", await Flaw(host, "/internal/books"));
        await host.Services.GetRequiredService<Sealer>().SealAll(TimeSpan.FromMilliseconds(-1), CancellationToken.None);
        Assert.Null(await Flaw(host, "/internal/audit"));
    }

    private static AuditRecord Record(long id, DateTimeOffset at) =>
        new()
        {
            Id = id,
            At = at.UtcDateTime,
            Action = "sign-in",
            Subject = "operator:1",
            Outcome = "done",
        };

    private static async Task<JsonNode> Asked(SealedBooks books, SealMark mark) =>
        JsonNode.Parse(await books.Host.Client.GetStringAsync($"/internal/audit?after={mark.Number}&hash={mark.Hash}"))!;

    private static async Task<string?> Flaw(TestHost host, string path) =>
        JsonNode.Parse(await host.Client.GetStringAsync(path))!["flaws"]!.AsArray().FirstOrDefault()?["rule"]!.GetValue<string>();

    private static async Task<(DateOnly Date, string Serial)> LastClosed(SealedBooks books)
    {
        await using var db = await books.Host.OpenDatabase();
        var day = await db.Set<global::Counter.BusinessDay.DayEnd>().OrderByDescending(d => d.Id).FirstAsync();
        return (day.BusinessDate, SerialNumber.Of(day.Id));
    }
}
