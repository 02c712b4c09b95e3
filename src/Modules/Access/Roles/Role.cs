using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Access.Roles;

/// <summary>A set of rights that operators have together. It belongs to a branch, and serves that branch and those below it.</summary>
public sealed class Role : IVersioned, IStamped
{
    string IStamped.StampName => AccessStamps.Roles;

    public const int NameLength = 40;
    public const int RightsLength = 4000;
    public const string NameIndex = "IX_roles_BranchId_Name";

    public long Id { get; init; }

    public long BranchId { get; init; }

    public required string Name { get; set; }

    /// <summary>The role has all rights, including rights of later versions.</summary>
    public bool AllRights { get; set; }

    /// <summary>Names of rights, between spaces.</summary>
    public string RightNames { get; set; } = "";

    /// <summary>Processes remember a role's rights under its version.</summary>
    public int Version { get; set; }

    public IReadOnlyList<string> Rights => RightNames.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Map : IEntityTypeConfiguration<Role>
    {
        public void Configure(EntityTypeBuilder<Role> builder)
        {
            builder.ToTable("roles");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Name).HasMaxLength(NameLength);
            builder.Property(r => r.RightNames).HasMaxLength(RightsLength);
            builder.Ignore(r => r.Rights);
            builder.HasIndex(r => new { r.BranchId, r.Name }, NameIndex).IsUnique();
        }
    }
}
