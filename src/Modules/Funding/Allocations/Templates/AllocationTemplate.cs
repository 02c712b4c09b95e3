using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Funding.Allocations.Templates;

/// <summary>客户预分配模板: lines that a multi-user customer allocates again and again (FC-13.6).</summary>
public sealed class AllocationTemplate : IVersioned
{
    public const string NameIndex = "IX_allocation_templates_CustomerId_Name";

    public long Id { get; init; }

    public long CustomerId { get; init; }

    /// <summary>模板简称, unique for the customer.</summary>
    public required string Name { get; set; }

    /// <summary>1 to 200 lines. Whether the cards are still good is looked at when they are used.</summary>
    public required IReadOnlyList<AllocationLine> Lines { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<AllocationTemplate>
    {
        public void Configure(EntityTypeBuilder<AllocationTemplate> builder)
        {
            builder.ToTable("allocation_templates");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.Name).HasMaxLength(Limits.TemplateName);
            builder
                .Property(t => t.Lines)
                .HasMaxLength(-1)
                .HasConversion(
                    l => JsonSerializer.Serialize(l, Json.Options),
                    j => JsonSerializer.Deserialize<IReadOnlyList<AllocationLine>>(j, Json.Options)!,
                    // Lines are replaced, never changed in place.
                    new ValueComparer<IReadOnlyList<AllocationLine>>((a, b) => ReferenceEquals(a, b), l => l.Count)
                );
            builder.HasIndex(t => new { t.CustomerId, t.Name }, NameIndex).IsUnique();
        }
    }
}
