using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Documents;

/// <summary>
/// Who printed which document when (PL-05.2). The unique index gives each printing its own number, also when two are asked for at once.
/// </summary>
public sealed class DocumentPrinting
{
    public const string NumberIndex = "IX_document_printings_TransactionId_Kind_Number";

    /// <summary>More printings of one document than anybody needs.</summary>
    public const int MaxNumber = 999;

    public long Id { get; init; }

    public long TransactionId { get; init; }

    public required string Kind { get; init; }

    /// <summary>1 for the original, then 2, 3, … for reprints.</summary>
    public int Number { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>As it was when it was printed: the paper says so, too.</summary>
    public required string OperatorLogin { get; init; }

    public required string OperatorName { get; init; }

    public DateTime PrintedAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<DocumentPrinting>
    {
        public void Configure(EntityTypeBuilder<DocumentPrinting> builder)
        {
            builder.ToTable("document_printings");
            builder.HasKey(p => p.Id);
            builder.Property(p => p.Kind).HasMaxLength(40);
            builder.Property(p => p.OperatorLogin).HasMaxLength(60);
            builder.Property(p => p.OperatorName).HasMaxLength(100);
            builder
                .HasIndex(
                    p => new
                    {
                        p.TransactionId,
                        p.Kind,
                        p.Number,
                    },
                    NumberIndex
                )
                .IsUnique();
        }
    }
}
