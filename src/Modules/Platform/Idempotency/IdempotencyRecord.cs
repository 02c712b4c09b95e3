using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Of caller, operation and key: <see cref="IdOf"/>.</summary>
    public long Id { get; init; }

    public long CallerId { get; init; }

    public required string Operation { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required byte[] RequestHash { get; init; }

    public int Status { get; init; }

    public string? Location { get; init; }

    public required byte[] Body { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>
    /// The first eight bytes of SHA-256 over caller, operation and key (ADR 11): a third of their size in the one index whose entries come in no
    /// order. Among 100,000,000 records two fall together with a chance of 0.0003: <see cref="IsOf"/> tells them apart, and the second is refused.
    /// </summary>
    public static long IdOf(long callerId, string operation, string key)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{callerId} {operation} {key}");
        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Was it this very request, by this caller?</summary>
    public bool IsOf(IdempotencyClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return CallerId == claim.CallerId
            && Operation == claim.Operation
            && Key == claim.Key
            && RequestHash.AsSpan().SequenceEqual(claim.RequestHash);
    }

    internal sealed class Map : IEntityTypeConfiguration<IdempotencyRecord>
    {
        public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
        {
            builder.ToTable("idempotency_records");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Operation).HasMaxLength(60);
            builder.Property(r => r.Key).HasMaxLength(MaxKeyLength);
            builder.Property(r => r.RequestHash).HasMaxLength(32);
            builder.HasIndex(r => r.CreatedAt);
        }
    }
}

/// <summary>The key a request came with, and what it is bound to.</summary>
public sealed record IdempotencyClaim(long CallerId, string Operation, string Key, byte[] RequestHash)
{
    public long Id { get; } = IdempotencyRecord.IdOf(CallerId, Operation, Key);
}
