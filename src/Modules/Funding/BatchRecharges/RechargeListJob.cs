using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Funding.BatchRecharges;

internal enum RechargeListJobKind
{
    /// <summary>Check the whole file.</summary>
    Check,

    /// <summary>Post a stretch of lines.</summary>
    Post,

    /// <summary>End the list, once every stretch is done.</summary>
    Finish,
}

/// <summary>
/// A piece of background work on a list. A process leases it for a while; one that was killed loses it when the lease runs out, and another takes it.
/// A lease only saves work from being done twice: that a line is posted once is held by <see cref="RechargeOutcome"/>, and that a list is checked or
/// ended once by its version.
/// </summary>
internal sealed class RechargeListJob
{
    /// <summary>Lines of the file that one job posts.</summary>
    public const int Stretch = 1_000;

    public long Id { get; init; }

    public long ListId { get; init; }

    public RechargeListJobKind Kind { get; init; }

    /// <summary>The first line of the file that it posts.</summary>
    public int FromLine { get; init; }

    public int ToLine { get; init; }

    /// <summary>A random number of the process that leased it last.</summary>
    public long Holder { get; set; }

    public DateTime LeasedUntil { get; set; }

    public bool IsDone { get; set; }

    /// <summary>Lines it posted, for the list's progress.</summary>
    public int Posted { get; set; }

    public int Failed { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<RechargeListJob>
    {
        public void Configure(EntityTypeBuilder<RechargeListJob> builder)
        {
            builder.ToTable("recharge_list_jobs");
            builder.HasKey(j => j.Id);
            builder.HasIndex(j => j.ListId);
            builder.HasIndex(j => new { j.IsDone, j.LeasedUntil });
        }
    }
}
