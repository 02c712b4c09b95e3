using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Requests;

namespace Platform.Idempotency;

/// <summary>
/// An Idempotency-Key that a caller used, with the answer that was given. It is inserted in the booking's own transaction, so that a key without its
/// booking, or a booking without its key, cannot be (PL-03.6). Only final outcomes are kept; a refused request leaves no trace here.
/// </summary>
public sealed class IdempotencyRecord
{
    public const int MaxKeyLength = 64;
    public const int MaxOperationLength = 60;
    public const int KeptDays = 31;

    /// <summary>Of caller and key: <see cref="IdOf"/>. A key belongs to its caller: with another operation it is another request.</summary>
    public long Id { get; init; }

    public long CallerId { get; init; }

    /// <summary>The name written on the route: <see cref="OperationName"/>.</summary>
    public required string Operation { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required byte[] RequestHash { get; init; }

    public int Status { get; init; }

    public string? Location { get; init; }

    public required byte[] Body { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>
    /// The first eight bytes of SHA-256 over caller and key (ADR 11): a third of their size in the one index whose entries come in no order. Among
    /// 100,000,000 records two fall together with a chance of 0.0003: <see cref="IsOf"/> tells them apart, and the second is refused.
    /// </summary>
    public static long IdOf(long callerId, string key) => FirstBytes(string.Create(CultureInfo.InvariantCulture, $"{callerId} {key}"));

    /// <summary>
    /// What the id was of while each operation had keys of its own. Records of that time have ids by <see cref="IdOf"/> since the update, but where
    /// a caller had used one key for several operations only the first has; the others keep this one until they are as old as records get.
    /// </summary>
    public static long IdBefore(long callerId, string operation, string key) =>
        FirstBytes(string.Create(CultureInfo.InvariantCulture, $"{callerId} {operation} {key}"));

    /// <summary>Was it this very request, by this caller?</summary>
    public bool IsOf(IdempotencyClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return CallerId == claim.CallerId
            && Operation == claim.Operation
            && Key == claim.Key
            && RequestHash.AsSpan().SequenceEqual(claim.RequestHash);
    }

    private static long FirstBytes(string text) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal sealed class Map : IEntityTypeConfiguration<IdempotencyRecord>
    {
        public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
        {
            builder.ToTable("idempotency_records");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Operation).HasMaxLength(MaxOperationLength);
            builder.Property(r => r.Key).HasMaxLength(MaxKeyLength);
            builder.Property(r => r.RequestHash).HasMaxLength(32);
            builder.HasIndex(r => r.CreatedAt);
        }
    }
}

/// <summary>The key a request came with, and what it is bound to.</summary>
public sealed record IdempotencyClaim(long CallerId, string Operation, string Key, byte[] RequestHash)
{
    public long Id { get; } = IdempotencyRecord.IdOf(CallerId, Key);
}
