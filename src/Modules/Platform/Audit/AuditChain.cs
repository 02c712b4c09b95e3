using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Persistence.Dialects;

namespace Platform;

/// <summary>What a walk along the audit chain found.</summary>
/// <param name="Sound">Every link's hash is the one that its records give.</param>
/// <param name="Seals">Links walked.</param>
/// <param name="Records">Records under them.</param>
/// <param name="BrokenSeal">Number of the first link whose records were changed; null when sound.</param>
/// <param name="BrokenFrom">When the changed stretch of records begins, UTC.</param>
/// <param name="BrokenTo">When it ends, UTC.</param>
public sealed record AuditProof(
    bool Sound,
    long Seals,
    long Records,
    long? BrokenSeal,
    DateTimeOffset? BrokenFrom,
    DateTimeOffset? BrokenTo
);

/// <summary>Makes and proves the hash chain over audit records.</summary>
public sealed class AuditChain(IDbContextFactory<AppDb> contexts, Dialect dialect, TimeProvider clock)
{
    public const int RecordsPerSeal = 1_000;

    /// <summary>
    /// Seals one stretch of records older than <paramref name="age"/>; false when there is none. The age must exceed the longest booking
    /// transaction.
    /// </summary>
    public async Task<bool> SealNext(TimeSpan age, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await db.Set<AuditSeal>().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        var from = last?.ToId ?? 0;
        var until = Ids.At(clock.GetUtcNow() - age);
        var records = await db.Set<AuditRecord>()
            .Where(r => r.Id > from && r.Id < until)
            .OrderBy(r => r.Id)
            .Take(RecordsPerSeal)
            .ToListAsync(ct);
        if (records.Count == 0)
        {
            return false;
        }

        db.Add(
            new AuditSeal
            {
                Number = (last?.Number ?? 0) + 1,
                FromId = from,
                ToId = records[^1].Id,
                Records = records.Count,
                Hash = Hash(last?.Hash ?? [], records),
                SealedAt = clock.GetUtcNow().UtcDateTime,
            }
        );
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (dialect.IsUniqueViolation(e))
        {
            // Another process sealed this stretch in the same moment; its link stands.
        }

        return true;
    }

    /// <summary>Walks the whole chain.</summary>
    public async Task<AuditProof> Prove(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        byte[] before = [];
        long number = 0;
        long to = 0;
        long count = 0;
        await foreach (var seal in db.Set<AuditSeal>().OrderBy(s => s.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            await using var reading = await contexts.CreateDbContextAsync(ct);
            var records = await reading
                .Set<AuditRecord>()
                .Where(r => r.Id > seal.FromId && r.Id <= seal.ToId)
                .OrderBy(r => r.Id)
                .Take(RecordsPerSeal * 2)
                .ToListAsync(ct);
            if (
                seal.Number != number + 1
                || seal.FromId != to
                || records.Count != seal.Records
                || !Hash(before, records).AsSpan().SequenceEqual(seal.Hash)
            )
            {
                return new AuditProof(false, number, count, number + 1, Ids.TimeOf(to), Ids.TimeOf(seal.ToId));
            }

            (before, number, to) = (seal.Hash, seal.Number, seal.ToId);
            count += records.Count;
        }

        return new AuditProof(true, number, count, null, null, null);
    }

    private static byte[] Hash(byte[] before, List<AuditRecord> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        foreach (var r in records)
        {
            // Lengths before texts, so that no two different records read alike.
            string?[] fields = [r.Action, r.Subject, r.Outcome, r.Detail];
            var numbers = string.Create(CultureInfo.InvariantCulture, $"{r.Id}|{r.At.Ticks}|{r.BranchId}|{r.OperatorId}|{r.ApproverId}|");
            hash.AppendData(Encoding.UTF8.GetBytes(numbers + string.Concat(fields.Select(f => f is null ? "-" : $"{f.Length}:{f}"))));
        }

        return hash.GetHashAndReset();
    }
}
