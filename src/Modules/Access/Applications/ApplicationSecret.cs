using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Access.Applications;

/// <summary>
/// A secret of an application: 256 random bits, shown once and kept as a hash. At most two are open, so that one follows the other without a gap
/// (PL-06.11).
/// </summary>
internal sealed class ApplicationSecret : IVersioned, IStamped
{
    public const int MostOpen = 2;
    public const int MostDays = 730;

    string IStamped.StampName => AccessStamps.Of(ApplicationId);

    public long Id { get; init; }

    public long ApplicationId { get; init; }

    /// <summary>1 or 2: one row of each is open, whoever adds at once.</summary>
    public int? OpenPlace { get; set; }

    public required byte[] Hash { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    public DateTime? EndedAt { get; set; }

    /// <summary>When it last got a token.</summary>
    public DateTime? LastUsedAt { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ApplicationSecret>
    {
        public void Configure(EntityTypeBuilder<ApplicationSecret> builder)
        {
            builder.ToTable("application_secrets");
            builder.HasKey(s => s.Id);
            builder.Property(s => s.Hash).HasMaxLength(32);
            builder.HasIndex(s => new { s.ApplicationId, s.OpenPlace }).IsUnique();
        }
    }
}
