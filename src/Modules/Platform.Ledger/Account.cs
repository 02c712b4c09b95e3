using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Ledger;

/// <summary>A customer-side account's running balance. Written by <see cref="Books"/> alone.</summary>
public sealed class Account : IVersioned
{
    /// <summary>The number of its <see cref="AccountType"/>.</summary>
    public short Kind { get; init; }

    public long Owner { get; init; }

    /// <summary>In the type's unit, credit positive.</summary>
    public long Balance { get; internal set; }

    /// <summary>The sequence of the account's last entry.</summary>
    public int Version { get; set; }

    public AccountKey Key => new(Kind, Owner);

    internal sealed class Map : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("accounts");
            builder.HasKey(a => new { a.Kind, a.Owner });
            // A customer's page asks for all accounts of some owners.
            builder.HasIndex(a => a.Owner);
            builder.Ignore(a => a.Key);
        }
    }
}
