using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform;

/// <summary>
/// A link of the audit chain: the hash over the link before and all audit records with ids in (<see cref="FromId"/>, <see cref="ToId"/>]. A record
/// removed, altered or put in afterwards changes the hash (PL-06.8). The number is the key, so two sealers cannot make the same link.
/// </summary>
public sealed class AuditSeal
{
    public long Number { get; init; }

    public long FromId { get; init; }

    public long ToId { get; init; }

    public int Records { get; init; }

    /// <summary>SHA-256.</summary>
    public required byte[] Hash { get; init; }

    public DateTime SealedAt { get; init; }

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
