using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Access.Operators;

/// <summary>
/// An operator's password and its lock, apart from the operator so that wrong tries do not disturb who edits the operator. The generation goes up
/// with every new password; sessions carry the one they began under and end with it.
/// </summary>
public sealed class Credential : IVersioned, IStamped
{
    string IStamped.StampName => AccessStamps.Of(OperatorId);

    public long OperatorId { get; init; }

    public required string Hash { get; set; }

    /// <summary>Kept, with the one before it, since a new password must differ from the last three (PL-01.6).</summary>
    public string? PreviousHash { get; set; }

    public string? OlderHash { get; set; }

    public DateTime ChangedAt { get; set; }

    /// <summary>Set by somebody else: good only for changing it.</summary>
    public bool MustChange { get; set; }

    /// <summary>Wrong tries in a row. Raised in the row itself, never read and written back.</summary>
    public int FailedTries { get; set; }

    public DateTime? LockedAt { get; set; }

    /// <summary>Counts passwords, and not locks: a lock and its opening leave sessions alone (PL-01.13).</summary>
    public int Generation { get; set; }

    public int Version { get; set; }

    /// <summary>Puts a new password in the place of the old ones, and opens the lock.</summary>
    public void Replace(string hash, DateTime now, bool mustChange)
    {
        (OlderHash, PreviousHash, Hash) = (PreviousHash, Hash, hash);
        (ChangedAt, MustChange, FailedTries, LockedAt, Generation) = (now, mustChange, 0, null, Generation + 1);
    }

    /// <summary>
    /// Where passwords count from that are older than their generations: so far below that no session of before matches, whatever number it
    /// carries. Their operators sign in again.
    /// </summary>
    private const int FirstGeneration = -1_000_000_000;

    internal sealed class Map : IEntityTypeConfiguration<Credential>
    {
        public void Configure(EntityTypeBuilder<Credential> builder)
        {
            builder.ToTable("credentials");
            builder.HasKey(c => c.OperatorId);
            builder.Property(c => c.Generation).HasDefaultValue(FirstGeneration);
            builder.Property(c => c.Hash).HasMaxLength(200);
            builder.Property(c => c.PreviousHash).HasMaxLength(200);
            builder.Property(c => c.OlderHash).HasMaxLength(200);
        }
    }
}
