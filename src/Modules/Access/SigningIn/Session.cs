using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Access.SigningIn;

/// <summary>
/// A signed-in operator. Tokens are kept as hashes. A refresh token has two halves: the family, the same for the whole session, and a secret, new
/// with every use. Who knows the family and not the newest secret uses an old token again, and that ends the session.
/// </summary>
public sealed class Session
{
    public static readonly TimeSpan AccessGoodFor = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan RefreshGoodFor = TimeSpan.FromHours(12);

    public long Id { get; init; }

    public long OperatorId { get; init; }

    /// <summary>The generation of the operator's password at sign-in; a session under another one is over.</summary>
    public int CredentialGeneration { get; init; }

    /// <summary>Where it was opened from.</summary>
    public string? Address { get; init; }

    public required byte[] AccessHash { get; set; }

    public required byte[] FamilyHash { get; init; }

    public required byte[] RefreshHash { get; set; }

    public DateTime AccessExpiresAt { get; set; }

    /// <summary>The end of the session, whatever is refreshed: twelve hours after sign-in, or when the password expires.</summary>
    public DateTime RefreshExpiresAt { get; init; }

    public DateTime? EndedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.ToTable("sessions");
            builder.HasKey(s => s.Id);
            builder.Property(s => s.Address).HasMaxLength(45);
            builder.Property(s => s.AccessHash).HasMaxLength(32);
            builder.Property(s => s.FamilyHash).HasMaxLength(32);
            builder.Property(s => s.RefreshHash).HasMaxLength(32);
            builder.HasIndex(s => s.AccessHash).IsUnique();
            builder.HasIndex(s => s.FamilyHash).IsUnique();
            builder.HasIndex(s => s.OperatorId);
        }
    }
}
