using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Audit;

namespace Platform.Ledger.Seals;

/// <summary>
/// A link of the audit chain as it was before seals were keyed: a plain SHA-256 over the link before and the records with ids in
/// (<see cref="FromId"/>, <see cref="ToId"/>]. No more are made. Those that are there are verified as they are, and the first keyed seal
/// (<see cref="Seal"/>) is chained to their end, so that none can be added, altered or removed since.
/// </summary>
public sealed class AuditSeal
{
    public const int RecordsPerSeal = 1_000;

    public long Number { get; init; }

    public long FromId { get; init; }

    public long ToId { get; init; }

    public int Records { get; init; }

    /// <summary>SHA-256.</summary>
    public required byte[] Hash { get; init; }

    public DateTime SealedAt { get; init; }

    /// <summary>What the first keyed seal is chained to: the old chain, every column of it; nothing where there never was one.</summary>
    internal static async Task<byte[]> End(AppDb db, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var any = false;
        await foreach (var seal in db.Set<AuditSeal>().OrderBy(s => s.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            any = true;
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{seal.Number}|{seal.FromId}|{seal.ToId}|{seal.Records}|{seal.SealedAt.Ticks}|{Convert.ToHexStringLower(seal.Hash)}\n"
            );
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        return any ? hash.GetHashAndReset() : [];
    }

    /// <summary>Walks the old chain; a flaw where it does not hold.</summary>
    internal static async Task<BooksFlaw?> Broken(IDbContextFactory<AppDb> contexts, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        byte[] before = [];
        long number = 0;
        long to = 0;
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
                || !HashOf(before, records).AsSpan().SequenceEqual(seal.Hash)
            )
            {
                return new BooksFlaw(
                    "old-seal-broken",
                    string.Create(CultureInfo.InvariantCulture, $"old seal {number + 1}, {Ids.TimeOf(to):O} to {Ids.TimeOf(seal.ToId):O}")
                );
            }

            (before, number, to) = (seal.Hash, seal.Number, seal.ToId);
        }

        return null;
    }

    internal static byte[] HashOf(byte[] before, IReadOnlyList<AuditRecord> records)
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

    internal sealed class Map : IEntityTypeConfiguration<AuditSeal>
    {
        public void Configure(EntityTypeBuilder<AuditSeal> builder)
        {
            builder.ToTable("audit_seals");
            builder.HasKey(s => s.Number);
            builder.Property(s => s.Hash).HasMaxLength(32);
        }
    }
}
