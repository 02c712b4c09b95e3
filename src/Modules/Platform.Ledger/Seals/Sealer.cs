using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Platform.Audit;
using Platform.Persistence.Dialects;

namespace Platform.Ledger.Seals;

/// <summary>
/// Adds links to the chain of seals, stretch by stretch, behind the bookings: none of them waits for a hash. Any number of processes seal; the
/// number of a seal is its key, so one of them makes it. Nothing is added to a chain that does not hold: it stays as it was found.
/// </summary>
public sealed class Sealer(
    IDbContextFactory<AppDb> contexts,
    SealKey key,
    SealAnchors anchors,
    IEnumerable<ISealedTable> tables,
    Dialect dialect,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<Sealer> log
)
{
    public const int RecordsPerSeal = 1_000;
    private const int MostAtStart = 20;
    private const int MostAtOnce = 500;

    private readonly IReadOnlyList<ISealedTable> _tables = [.. tables.OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>
    /// Makes the first link of a new database, before the first record. Where records are there and no chain, not even one of the old kind, somebody
    /// removed it: then none is begun, unless <c>Audit:BeginChain</c> says that it shall be.
    /// </summary>
    public async Task Begin(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<Seal>().AnyAsync(ct))
        {
            return;
        }

        if (!await MayBegin(db, ct))
        {
            log.LogCritical(
                "The database has records and no seals: they were removed, or never made. No chain is begun; docs/operations.md says what to do."
            );
            return;
        }

        await Add(db, null, await AuditSeal.End(db, ct), to: 0, ct);
    }

    /// <summary>Seals what an earlier run left, so that a start after a long stop does not look like a chain that nobody goes on with.</summary>
    public Task<int> SealBacklog(CancellationToken ct) => SealAll(Housekeeping.SettleAge, MostAtStart, ct);

    /// <summary>
    /// Seals all records older than <paramref name="age"/>, as far as one round goes, and anchors the newest seal. The age must exceed the longest
    /// booking transaction.
    /// </summary>
    /// <returns>How many seals were made.</returns>
    public Task<int> SealAll(TimeSpan age, CancellationToken ct) => SealAll(age, MostAtOnce, ct);

    private async Task<int> SealAll(TimeSpan age, int most, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await anchors.Missing(db, ct) is [{ } missing, ..])
        {
            log.LogCritical("The chain of seals does not hold: {Rule}, {Where}. Nothing is sealed.", missing.Rule, missing.Where);
            return 0;
        }

        var until = Ids.At(clock.GetUtcNow() - age);
        var made = 0;
        while (made < most && await SealNext(db, until, ct))
        {
            made++;
        }

        if (made > 0 && anchors.Seen is { } newest)
        {
            log.LogInformation("Seal {SealNumber} {SealHash} stands on all before it.", newest.Number, newest.Hash);
        }

        anchors.Keep();
        return made;
    }

    private async Task<bool> SealNext(AppDb db, long until, CancellationToken ct)
    {
        var newest = await db.Set<Seal>().OrderByDescending(s => s.Number).Take(2).ToListAsync(ct);
        if (newest is not [var last, ..])
        {
            return false;
        }

        var before = newest is [_, var first] ? first.Hash : await AuditSeal.End(db, ct);
        if (!key.Of(last, before).AsSpan().SequenceEqual(last.Hash))
        {
            log.LogCritical("Seal {SealNumber} is not one of this key's, or was changed. Nothing is sealed.", last.Number);
            return false;
        }

        anchors.Saw(SealMark.Of(last));
        var ids = await db.Set<AuditRecord>()
            .Where(r => r.Id > last.ToId && r.Id < until)
            .OrderBy(r => r.Id)
            .Select(r => r.Id)
            .Take(RecordsPerSeal)
            .ToListAsync(ct);
        return ids.Count > 0 && await Add(db, last, last.Hash, ids[^1], ct);
    }

    private async Task<bool> Add(AppDb db, Seal? last, byte[] before, long to, CancellationToken ct)
    {
        var from = last?.ToId ?? long.MinValue;
        var contents = new List<(string, SealedRows)>();
        foreach (var table in _tables)
        {
            contents.Add((table.Name, (await table.Digest(db, [from, to], ct))[0]));
        }

        var seal = new Seal
        {
            Number = (last?.Number ?? 0) + 1,
            FromId = from,
            ToId = to,
            Contents = SealContents.Of(contents),
            SealedAt = ToTheMicrosecond(clock.GetUtcNow().UtcDateTime),
        };
        seal.Hash = key.Of(seal, before);
        try
        {
            db.Add(seal);
            await db.SaveChangesAsync(ct);
            anchors.Saw(SealMark.Of(seal));
        }
        catch (DbUpdateException e) when (dialect.IsUniqueViolation(e))
        {
            // Another process sealed this stretch in the same moment; its link stands.
        }

        db.ChangeTracker.Clear();
        return true;
    }

    private async Task<bool> MayBegin(AppDb db, CancellationToken ct) =>
        configuration.GetValue("Audit:BeginChain", false)
        || await db.Set<AuditSeal>().AnyAsync(ct)
        || !(await db.Set<AuditRecord>().AnyAsync(ct) || await db.Set<Transaction>().AnyAsync(ct));

    /// <summary>The finest that every database keeps: the hash goes over what a later reading gives.</summary>
    private static DateTime ToTheMicrosecond(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), time.Kind);
}
