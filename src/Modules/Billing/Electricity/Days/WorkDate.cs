using System.ComponentModel.DataAnnotations.Schema;

namespace Billing.Electricity.Days;

/// <summary>The state of a work date.</summary>
public enum WorkDateState
{
    /// <summary>已签到: signed on; payments are taken.</summary>
    Open,

    /// <summary>日终处理中: no payment is taken any more; the day-end runs.</summary>
    Closing,

    /// <summary>已签退: signed off.</summary>
    Closed,
}

/// <summary>What of a day-end is done. Each step is booked once and the next one begins where it ended, also after a killed process.</summary>
public enum WorkDateStep
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>What was pending is decided.</summary>
    Decided,

    /// <summary>Both sides' lines are compared.</summary>
    Reconciled,

    /// <summary>The transit accounts are swept.</summary>
    Swept,

    /// <summary>The power side is signed off.</summary>
    SignedOff,
}

/// <summary>A work date with the power side: signed on at its begin, signed off at its end (EB-08.2). One is open at a time.</summary>
internal sealed class WorkDate : IVersioned
{
    public const string DateIndex = "IX_electricity_work_dates_Date";
    public const string OpenIndex = "IX_electricity_work_dates_OpenKey";
    public const string Key = "open";

    public long Id { get; init; }

    public DateOnly Date { get; init; }

    public WorkDateState State { get; set; }

    public WorkDateStep Step { get; set; }

    /// <summary>The same text while it is not closed: the unique index keeps a second one out.</summary>
    public string? OpenKey { get; set; }

    public DateTime SignedOnAt { get; init; }

    public DateTime? ClosingAt { get; set; }

    /// <summary>Who closes it: the day-end books on that operator.</summary>
    public long? CloserId { get; set; }

    public long? CloserBranchId { get; set; }

    public DateTime? ClosedAt { get; set; }

    /// <summary>A process works on it until then.</summary>
    public DateTime LeasedUntil { get; set; }

    public int Version { get; set; }

    /// <summary>
    /// What is booked for this date holds it open until it is committed: closing waits for that, so the day-end sees every payment of its date.
    /// </summary>
    [NotMapped]
    public Premise Held => Premise.Held<WorkDate>(Id, Version);

    internal sealed class Map : IEntityTypeConfiguration<WorkDate>
    {
        public void Configure(EntityTypeBuilder<WorkDate> builder)
        {
            builder.ToTable("electricity_work_dates");
            builder.HasKey(d => d.Id);
            builder.Property(d => d.OpenKey).HasMaxLength(4);
            builder.HasIndex(d => d.Date, DateIndex).IsUnique();
            builder.HasIndex(d => d.OpenKey, OpenIndex).IsUnique();
        }
    }
}

/// <summary>Finds the open work date.</summary>
internal sealed class WorkDates(AppDb db)
{
    /// <summary>The work date on which payments are taken now; null where none is open.</summary>
    public Task<WorkDate?> Open(CancellationToken ct) =>
        db.Set<WorkDate>().AsNoTracking().SingleOrDefaultAsync(d => d.OpenKey == WorkDate.Key && d.State == WorkDateState.Open, ct);
}

/// <summary>The bank is not signed on with the power side.</summary>
public sealed record WorkDateNotOpen()
    : Refusal("work-date-not-open", 409, "The bank is not signed on with the power company.", "尚未与电力方签到，或已签退。");

/// <summary>There is no such work date.</summary>
public sealed record WorkDateUnknown() : Refusal("work-date-unknown", 404, "There is no such work date.", "无此工作日。");

/// <summary>Another work date is not closed, or this one was before.</summary>
public sealed record WorkDateTaken()
    : Refusal("work-date-taken", 409, "Another work date is open, or this one was closed before.", "另有工作日未签退，或该工作日已签退。");
