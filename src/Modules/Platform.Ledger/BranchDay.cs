using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Ledger;

/// <summary>A branch's open business date: one row per branch, held by every booking, moved on by day-end (PL-04).</summary>
public sealed class BranchDay : IVersioned
{
    public long BranchId { get; init; }

    public DateOnly BusinessDate { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<BranchDay>
    {
        public void Configure(EntityTypeBuilder<BranchDay> builder)
        {
            builder.ToTable("branch_days");
            builder.HasKey(d => d.BranchId);
        }
    }
}

/// <summary>Reads the branches' days as they are: a decision that needs one to stay asks for it in its booking.</summary>
public static class BranchDays
{
    /// <summary>The branch's open business date.</summary>
    public static Task<DateOnly> OpenDate(this AppDb db, long branchId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<BranchDay>().Where(d => d.BranchId == branchId).Select(d => d.BusinessDate).SingleAsync(ct);
    }
}
