using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Problems;

namespace Platform.Audit;

/// <summary>
/// Who did what, where, when, for whom, and how it ended (PL-06.8). Written with the booking, under its id; the chain is
/// made afterwards over stretches of records (a seal), so that no booking waits for another's hash and no record is ever written twice.
/// </summary>
public sealed class AuditRecord
{
    public long Id { get; init; }

    public DateTime At { get; init; }

    public long? BranchId { get; init; }

    public long? OperatorId { get; init; }

    public long? ApproverId { get; init; }

    /// <summary>A stable name, such as <c>collect-payment</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, such as <c>card:12</c>.</summary>
    public required string Subject { get; init; }

    /// <summary><c>done</c>, or the code of the refusal where a refusal is kept.</summary>
    public required string Outcome { get; init; }

    /// <summary>JSON without personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>How many entries the booking has; null where it is no transaction. So neither can be removed without the other.</summary>
    public int? Entries { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<AuditRecord>
    {
        public void Configure(EntityTypeBuilder<AuditRecord> builder)
        {
            builder.ToTable("audit_records");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Action).HasMaxLength(60);
            builder.Property(r => r.Subject).HasMaxLength(80);
            builder.Property(r => r.Outcome).HasMaxLength(60);
            builder.Property(r => r.Detail).HasMaxLength(2000);
        }
    }
}
