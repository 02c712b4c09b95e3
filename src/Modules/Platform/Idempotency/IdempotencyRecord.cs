using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform;

/// <summary>
/// An Idempotency-Key that a caller used for an operation, with the answer that was given. It is inserted in the booking's own transaction, so that
/// a key without its booking, or a booking without its key, cannot be (PL-03.6). Only final outcomes are kept; a refused request leaves no trace
/// here.
/// </summary>
public sealed class IdempotencyRecord
{
    public const int MaxKeyLength = 64;
    public const int KeptDays = 31;

    public long CallerId { get; init; }

    public required string Operation { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required byte[] RequestHash { get; init; }

    public int Status { get; init; }

    public string? Location { get; init; }

    public required byte[] Body { get; init; }

    public DateTime CreatedAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<IdempotencyRecord>
    {
        public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
        {
            builder.ToTable("idempotency_records");
            builder.HasKey(r => new
            {
                r.Key,
                r.CallerId,
                r.Operation,
            });
            builder.Property(r => r.Operation).HasMaxLength(60);
            builder.Property(r => r.Key).HasMaxLength(MaxKeyLength);
            builder.Property(r => r.RequestHash).HasMaxLength(32);
            builder.HasIndex(r => r.CreatedAt);
        }
    }
}

/// <summary>The key a request came with, and what it is bound to.</summary>
public sealed record IdempotencyClaim(long CallerId, string Operation, string Key, byte[] RequestHash);
