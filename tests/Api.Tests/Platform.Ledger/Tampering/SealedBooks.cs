using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Ledger.Seals;
using Platform.Problems;

namespace Api.Tests.Platform.Ledger.Tampering;

/// <summary>
/// A small database of its own: records with plain seals, of before the update to keyed ones; then bookings, two closed dates and an open one, all
/// under keyed seals and proved.
/// </summary>
internal sealed class SealedBooks : IAsyncDisposable
{
    /// <summary>The background does nothing by itself here: what is sealed and proved is the test's matter.</summary>
    public static readonly Dictionary<string, string?> Quiet = new() { ["Housekeeping:Every"] = "10:00:00" };

    private static readonly Dictionary<Database, Lazy<Task<SealedBooks>>> s_shared = Enum.GetValues<Database>()
        .ToDictionary(d => d, d => new Lazy<Task<SealedBooks>>(() => Open(d)));

    private readonly Dictionary<string, List<RawRow>> _whole = [];

    private SealedBooks(TestHost host, TestCounter counter, IssuedCard card, IssuedCard other) =>
        (Host, Counter, Card, Other) = (host, counter, card, other);

    public TestHost Host { get; }

    public TestCounter Counter { get; }

    public IssuedCard Card { get; }

    /// <summary>A card of another customer.</summary>
    public IssuedCard Other { get; }

    /// <summary>The last collection, on the open date: the last transaction of all.</summary>
    public long LastCollection { get; private set; }

    /// <summary>The seal on the second day-end's sheet.</summary>
    public SealMark Printed { get; private set; } = null!;

    /// <summary>One for all tests that leave it as it was; they run one after the other (<see cref="Intruder.Collection"/>).</summary>
    public static Task<SealedBooks> Shared(Database database) => s_shared[database].Value;

    public static async Task<SealedBooks> Open(Database database, Dictionary<string, string?>? settings = null)
    {
        var connection = await TestDatabase.Create(database);
        await WriteOldTrail(database, connection);
        var host = await TestHost.Start(database, connection, new(Quiet.Concat(settings ?? [])));
        var counter = await TestCounter.Open(host);
        var books = new SealedBooks(host, counter, await counter.IssuedCard(), await counter.IssuedCard());
        await books.Book();
        await books.Seal();
        await using var rows = await RawRows.Open(books);
        foreach (var table in (string[])[.. Intruder.Tables, "cards"])
        {
            books._whole[table] = await rows.Read(table);
            Assert.NotEmpty(books._whole[table]);
        }

        return books;
    }

    /// <summary>Seals and proves all that is older than this instant, as the background does with what is older than two minutes.</summary>
    public async Task Seal()
    {
        await Host.Services.GetRequiredService<Sealer>().SealAll(TimeSpan.FromMilliseconds(-1), CancellationToken.None);
        await Host.Services.GetRequiredService<BooksProof>().Advance(TimeSpan.FromMilliseconds(-1), CancellationToken.None);
    }

    /// <summary>Rules that the books break, by the full check or by the running one.</summary>
    public Task<IReadOnlyList<string>> BooksFlaws(bool full = true) => Flaws($"/internal/books?full={(full ? "true" : "false")}");

    public Task<IReadOnlyList<string>> AuditFlaws() => Flaws("/internal/audit");

    /// <summary>Makes every table as it was when all was sealed.</summary>
    public async Task Restore()
    {
        await using var rows = await RawRows.Open(this);
        await rows.Restore(_whole);
    }

    public async Task MustBeSound()
    {
        Assert.Empty(await BooksFlaws());
        Assert.Empty(await AuditFlaws());
        Assert.Empty(await BooksFlaws(full: false));
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task<IReadOnlyList<string>> Flaws(string path)
    {
        var proof = JsonNode.Parse(await Host.Client.GetStringAsync(path))!;
        var flaws = proof["flaws"]!.AsArray().Select(f => f!["rule"]!.GetValue<string>()).ToList();
        Assert.Equal(proof["sound"]!.GetValue<bool>(), flaws.Count == 0);
        return flaws;
    }

    private async Task Book()
    {
        for (var day = 0; day < 2; day++)
        {
            await Counter.Collected(Card, 5_000 + day);
            await Counter.Collected(Other, 700, "transfer");
            var voided = await Counter.Collected(Card, 300);
            (await Counter.Void(Card, voided, 300)).Is(HttpStatusCode.Created);
            (await Counter.Allocate(Card, 1_000)).Is(HttpStatusCode.Created);
            await Seal();
            Printed = Mark((await Counter.CloseDay()).Is(HttpStatusCode.Created).Body["seal"]!);
            await Seal();
        }

        await Counter.Collected(Card, 800);
        LastCollection = SerialNumber.Parse(await Counter.Collected(Other, 900))!.Value;
    }

    private static SealMark Mark(JsonNode seal) => new(seal["number"]!.GetValue<long>(), seal["hash"]!.GetValue<string>());

    /// <summary>
    /// Makes the database one of before the update: its first record and six more under two plain seals, as the version before made them, and no
    /// keyed one. How the old hash is made is written here once more, so that it stays as it was.
    /// </summary>
    private static async Task WriteOldTrail(Database database, string connection)
    {
        await using var first = await TestHost.Start(database, connection, Quiet);
        await using var db = await first.OpenDatabase();
        await db.Set<Seal>().ExecuteDeleteAsync();
        var start = TimeProvider.System.GetUtcNow().AddDays(-1);
        var (before, to) = (Array.Empty<byte>(), 0L);
        for (var number = 1; number <= 2; number++)
        {
            var added = Enumerable.Range(1, 3).Select(i => OldRecord(start.AddSeconds((number * 10) + i))).ToList();
            List<AuditRecord> records = [.. number == 1 ? await db.Set<AuditRecord>().ToListAsync() : [], .. added];
            var seal = new AuditSeal
            {
                Number = number,
                FromId = to,
                ToId = records[^1].Id,
                Records = records.Count,
                Hash = OldHash(before, records),
                SealedAt = start.AddMinutes(5).UtcDateTime,
            };
            db.AddRange(added);
            db.Add(seal);
            (before, to) = (seal.Hash, seal.ToId);
        }

        await db.SaveChangesAsync();
    }

    private static AuditRecord OldRecord(DateTimeOffset at) =>
        new()
        {
            Id = Ids.At(at) + 1,
            At = new DateTime(at.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc),
            BranchId = 1,
            Action = "sign-in",
            Subject = "operator:1",
            Outcome = "done",
        };

    private static byte[] OldHash(byte[] before, List<AuditRecord> records)
    {
        var text = records.Select(r =>
        {
            var numbers = string.Create(CultureInfo.InvariantCulture, $"{r.Id}|{r.At.Ticks}|{r.BranchId}|{r.OperatorId}|{r.ApproverId}|");
            string?[] fields = [r.Action, r.Subject, r.Outcome, r.Detail];
            return numbers + string.Concat(fields.Select(f => f is null ? "-" : $"{f.Length}:{f}"));
        });
        return SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes(string.Concat(text))]);
    }
}
