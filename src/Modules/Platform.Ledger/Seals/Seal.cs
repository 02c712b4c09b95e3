using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Ledger.Seals;

/// <summary>
/// A link of the chain over all that is written once and never changed (<see cref="ISealedTable"/>): how many rows with ids in
/// (<see cref="FromId"/>, <see cref="ToId"/>] each table has, and their digests, under a keyed hash that goes over the link before. Whoever can
/// write the database but has not the vault's key cannot make one (PL-03.9, PL-06.32). The number is the key, so two sealers cannot make the same
/// link. The first link is made before the first record and covers nothing.
/// </summary>
public sealed class Seal
{
    public const int ContentsLength = 2_000;

    /// <summary>1, 2, 3, … without gaps.</summary>
    public long Number { get; init; }

    public long FromId { get; init; }

    public long ToId { get; init; }

    /// <summary>Rows and SHA-256 of each sealed table; see <see cref="SealContents"/>.</summary>
    public required string Contents { get; init; }

    /// <summary>HMAC-SHA-256 under a key of the vault; see <see cref="SealKey"/>.</summary>
    public byte[] Hash { get; internal set; } = [];

    public DateTime SealedAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Seal>
    {
        public void Configure(EntityTypeBuilder<Seal> builder)
        {
            builder.ToTable("seals");
            builder.HasKey(s => s.Number);
            builder.Property(s => s.Contents).HasMaxLength(ContentsLength);
            builder.Property(s => s.Hash).HasMaxLength(32);
        }
    }
}

/// <summary>What names a seal outside the database: on a printed day-end sheet, in a log line, in the file of anchors.</summary>
/// <param name="Number" example="4711">The seal's number.</param>
/// <param name="Hash" example="9f86d081884c7d65">Its hash in hexadecimal digits, or the beginning of it.</param>
public sealed record SealMark(long Number, string Hash)
{
    /// <summary>So many digits are printed: 64 bits, which nobody meets by trying without the key.</summary>
    public const int PrintedDigits = 16;

    public static SealMark Of(Seal seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return new SealMark(seal.Number, Convert.ToHexStringLower(seal.Hash));
    }

    /// <summary>As it is printed: cut to 16 digits.</summary>
    public SealMark ToPrint() => this with { Hash = Hash.Length > PrintedDigits ? Hash[..PrintedDigits] : Hash };

    /// <summary>Is it the mark of this seal?</summary>
    public bool Marks(long number, byte[] hash) =>
        number == Number && Convert.ToHexStringLower(hash).StartsWith(Hash, StringComparison.OrdinalIgnoreCase);

    /// <summary>The newest seal; null before the chain has begun.</summary>
    public static async Task<SealMark?> Newest(AppDb db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Set<Seal>().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct) is { } seal ? Of(seal) : null;
    }
}
