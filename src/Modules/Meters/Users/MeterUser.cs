namespace Meters.Users;

/// <summary>Where a user stands (PM-03.2).</summary>
public enum MeterUserState
{
    /// <summary>已注册: no meter is open.</summary>
    Registered,

    /// <summary>已开户: at least one meter is open.</summary>
    Opened,

    /// <summary>已销户: every meter is closed.</summary>
    Closed,
}

/// <summary>A user of meters (用户).</summary>
public sealed class MeterUser : IVersioned
{
    public const string NumberIndex = "IX_meter_users_Number";

    public long Id { get; init; }

    /// <summary>用户编号: 12 digits.</summary>
    public required string Number { get; init; }

    public required string Name { get; set; }

    public required string Phone { get; set; }

    public required string Address { get; set; }

    /// <summary>Optional.</summary>
    public string? CertificateNumber { get; set; }

    public MeterUserState State { get; set; }

    /// <summary>The branch that registered the user.</summary>
    public long BranchId { get; init; }

    public DateTime RegisteredAt { get; init; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<MeterUser>
    {
        public void Configure(EntityTypeBuilder<MeterUser> builder)
        {
            builder.ToTable("meter_users");
            builder.HasKey(u => u.Id);
            builder.Property(u => u.Number).HasMaxLength(12);
            builder.Property(u => u.Name).HasMaxLength(Limits.Name);
            builder.Property(u => u.Phone).HasMaxLength(Limits.Phone);
            builder.Property(u => u.Address).HasMaxLength(Limits.Address);
            builder.Property(u => u.CertificateNumber).HasMaxLength(Limits.Certificate);
            builder.HasIndex(u => u.Number, NumberIndex).IsUnique();
            builder.HasIndex(u => u.Name);
            builder.HasIndex(u => u.Phone);
            builder.HasIndex(u => new { u.State, u.Id });
        }
    }
}
