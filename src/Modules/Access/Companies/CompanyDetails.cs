using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Access.Companies;

/// <summary>What a branch sets of the company that its papers name; what it leaves empty comes from the branches above it (PL-05.5).</summary>
public sealed class CompanyDetails : IVersioned
{
    public const int NameLength = 60;
    public const int AddressLength = 100;
    public const int PhoneLength = 40;
    public const int TaxNumberLength = 20;

    public long BranchId { get; init; }

    public string? Name { get; set; }

    public string? Address { get; set; }

    public string? Phone { get; set; }

    public string? TaxNumber { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<CompanyDetails>
    {
        public void Configure(EntityTypeBuilder<CompanyDetails> builder)
        {
            builder.ToTable("company_details");
            builder.HasKey(c => c.BranchId);
            builder.Property(c => c.BranchId).ValueGeneratedNever();
            builder.Property(c => c.Name).HasMaxLength(NameLength);
            builder.Property(c => c.Address).HasMaxLength(AddressLength);
            builder.Property(c => c.Phone).HasMaxLength(PhoneLength);
            builder.Property(c => c.TaxNumber).HasMaxLength(TaxNumberLength);
        }
    }
}

/// <summary>The logo that a branch sets for its papers and those of the branches below it (PL-05.5).</summary>
public sealed class CompanyLogo : IVersioned
{
    public long BranchId { get; init; }

    public required string MediaType { get; set; }

    public required byte[] Content { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<CompanyLogo>
    {
        public void Configure(EntityTypeBuilder<CompanyLogo> builder)
        {
            builder.ToTable("company_logos");
            builder.HasKey(c => c.BranchId);
            builder.Property(c => c.BranchId).ValueGeneratedNever();
            builder.Property(c => c.MediaType).HasMaxLength(20);
            builder.Property(c => c.Content).HasMaxLength(LogoImage.MostBytes);
        }
    }
}
