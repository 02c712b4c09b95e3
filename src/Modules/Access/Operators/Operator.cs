using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Access.Operators;

/// <summary>
/// 操作员: a person who signs in at one branch, or an application that acts there. Whoever acts is one row here, so that each record of an act has its
/// name and place; only a person has a password and roles.
/// </summary>
public sealed class Operator : IVersioned, IStamped
{
    string IStamped.StampName => AccessStamps.Of(Id);

    public const int LoginLength = 32;
    public const int NameLength = 40;
    public const int PhoneLength = 20;
    public const int MaxRoles = 20;
    public const string LoginIndex = "IX_operators_BranchId_Login";

    public long Id { get; init; }

    public long BranchId { get; init; }

    /// <summary>Unique in the branch; lower case, since databases do not agree on letter case.</summary>
    public required string Login { get; init; }

    public required string Name { get; set; }

    public string? Phone { get; set; }

    public bool Active { get; set; } = true;

    public PrincipalKind Kind { get; init; }

    public int Version { get; set; }

    /// <summary>A login as it is stored and looked for.</summary>
    public static string Normalized(string login)
    {
        ArgumentNullException.ThrowIfNull(login);
#pragma warning disable CA1308 // logins are shown in lower case
        return login.ToLowerInvariant();
#pragma warning restore CA1308
    }

    internal sealed class Map : IEntityTypeConfiguration<Operator>
    {
        public void Configure(EntityTypeBuilder<Operator> builder)
        {
            builder.ToTable("operators");
            builder.HasKey(o => o.Id);
            builder.Property(o => o.Login).HasMaxLength(LoginLength);
            builder.Property(o => o.Name).HasMaxLength(NameLength);
            builder.Property(o => o.Phone).HasMaxLength(PhoneLength);
            builder.HasIndex(o => new { o.BranchId, o.Login }, LoginIndex).IsUnique();
        }
    }
}

/// <summary>A role that an operator has.</summary>
public sealed class OperatorRole : IStamped
{
    string IStamped.StampName => AccessStamps.Of(OperatorId);

    public long OperatorId { get; init; }

    public long RoleId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<OperatorRole>
    {
        public void Configure(EntityTypeBuilder<OperatorRole> builder)
        {
            builder.ToTable("operator_roles");
            builder.HasKey(r => new { r.OperatorId, r.RoleId });
        }
    }
}
