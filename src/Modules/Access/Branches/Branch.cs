using System.Globalization;
using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Access.Branches;

/// <summary>The level of a branch. A branch has a lower level than its parent.</summary>
public enum BranchLevel
{
    /// <summary>总部.</summary>
    Headquarters = 0,

    /// <summary>省.</summary>
    Province = 1,

    /// <summary>市.</summary>
    City = 2,

    /// <summary>县.</summary>
    County = 3,

    /// <summary>网点.</summary>
    Branch = 4,
}

/// <summary>
/// 网点: an office with an 8-digit code, in a tree (PL-01.9). Code and place in the tree never change, so that they may be remembered.
/// </summary>
public sealed class Branch : IVersioned, IStamped
{
    string IStamped.StampName => AccessStamps.Roles;

    public const int CodeLength = 8;
    public const int NameLength = 60;
    public const string CodeIndex = "IX_branches_Code";

    /// <summary>The id of the branch at the top, which bootstrap opens.</summary>
    public const long HeadquartersId = 1;

    public long Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; set; }

    /// <summary>The branch above; null at the top only.</summary>
    public long? ParentId { get; init; }

    /// <summary>The ids from the top down to this one, <c>/1/23/</c>: a branch is superior to all whose path starts with its own.</summary>
    public required string Path { get; init; }

    public BranchLevel Level { get; init; }

    /// <summary>A closed branch's operators cannot sign in.</summary>
    public bool Active { get; set; } = true;

    /// <summary>CIDRs between spaces; where there are any, passwords of the branch's operators are looked at from these networks alone.</summary>
    public string Networks { get; set; } = "";

    public int Version { get; set; }

    /// <summary>The path of a branch right below another.</summary>
    public static string PathBelow(string parentPath, long id) => string.Create(CultureInfo.InvariantCulture, $"{parentPath}{id}/");

    internal sealed class Map : IEntityTypeConfiguration<Branch>
    {
        public void Configure(EntityTypeBuilder<Branch> builder)
        {
            builder.ToTable("branches");
            builder.HasKey(b => b.Id);
            builder.Property(b => b.Code).HasMaxLength(CodeLength);
            builder.Property(b => b.Name).HasMaxLength(NameLength);
            builder.Property(b => b.Networks).HasMaxLength(BranchNetworks.Length).HasDefaultValue("");
            builder.Property(b => b.Path).HasMaxLength(120);
            builder.HasIndex(b => b.Code, CodeIndex).IsUnique();
            builder.HasIndex(b => b.ParentId);
        }
    }
}
