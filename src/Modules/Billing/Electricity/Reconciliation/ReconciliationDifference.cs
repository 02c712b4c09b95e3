using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;

namespace Billing.Electricity.Reconciliation;

/// <summary>The state of a difference.</summary>
public enum DifferenceState
{
    /// <summary>未处理.</summary>
    Open,

    /// <summary>已核对: both sides were looked at.</summary>
    LookedAt,

    /// <summary>已请求: the power side is asked to put it right.</summary>
    Asked,

    /// <summary>已处理.</summary>
    Settled,

    /// <summary>已核销: written off by a superior branch.</summary>
    WrittenOff,
}

/// <summary>
/// A difference between the bank's lines and the power side's. It has a state until it is settled; the same files given again open nothing new.
/// </summary>
internal sealed class ReconciliationDifference : IVersioned
{
    public const string FingerprintIndex = "IX_electricity_differences_Fingerprint";

    public long Id { get; init; }

    public DateOnly WorkDate { get; init; }

    public long UnitId { get; init; }

    public DifferenceKind Kind { get; init; }

    public DifferenceState State { get; set; }

    /// <summary>A hash of unit, kind, key and the power side's serial number.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The key of both lines.</summary>
    public required string Key { get; init; }

    /// <summary>The bank's line as JSON; null where there is none.</summary>
    public string? Bank { get; init; }

    public string? Power { get; init; }

    public DateTime OpenedAt { get; init; }

    public DateTime? SettledAt { get; set; }

    public DateTime AskAt { get; set; }

    /// <summary>How often it was asked for; a request that was reopened is another one.</summary>
    public int Round { get; set; }

    /// <summary>What the power side said last.</summary>
    public string? Answer { get; set; }

    public int Version { get; set; }

    [NotMapped]
    public CollectionLine? BankLine => Bank is null ? null : JsonSerializer.Deserialize<CollectionLine>(Bank);

    [NotMapped]
    public CollectionLine? PowerLine => Power is null ? null : JsonSerializer.Deserialize<CollectionLine>(Power);

    internal sealed class Map : IEntityTypeConfiguration<ReconciliationDifference>
    {
        public void Configure(EntityTypeBuilder<ReconciliationDifference> builder)
        {
            builder.ToTable("electricity_differences");
            builder.HasKey(d => d.Id);
            builder.Property(d => d.Fingerprint).HasMaxLength(64);
            builder.Property(d => d.Key).HasMaxLength(120);
            builder.Property(d => d.Bank).HasMaxLength(1_000);
            builder.Property(d => d.Power).HasMaxLength(1_000);
            builder.Property(d => d.Answer).HasMaxLength(40);
            builder.HasIndex(d => d.Fingerprint, FingerprintIndex).IsUnique();
            builder.HasIndex(d => new { d.State, d.Id });
            builder.HasIndex(d => new { d.UnitId, d.Key });
        }
    }
}

/// <summary>One step with a difference: who, when, why.</summary>
internal sealed class DifferenceNote
{
    public long Id { get; init; }

    public long DifferenceId { get; init; }

    public DifferenceState From { get; init; }

    public DifferenceState To { get; init; }

    /// <summary>Evidence or reason.</summary>
    public required string Evidence { get; init; }

    /// <summary>0 is the platform's job.</summary>
    public long OperatorId { get; init; }

    public long? ApproverId { get; init; }

    public DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<DifferenceNote>
    {
        public void Configure(EntityTypeBuilder<DifferenceNote> builder)
        {
            builder.ToTable("electricity_difference_notes");
            builder.HasKey(n => n.Id);
            builder.Property(n => n.Evidence).HasMaxLength(ElectricityLimits.Reason);
            builder.HasIndex(n => new { n.DifferenceId, n.Id });
        }
    }
}

/// <summary>That a unit's lines of a work date were compared, with both sides' sums: once.</summary>
internal sealed class ReconciledUnit
{
    public const string PlaceIndex = "IX_electricity_reconciled_units_WorkDate_UnitId";

    public long Id { get; init; }

    public DateOnly WorkDate { get; init; }

    public long UnitId { get; init; }

    public long BankCount { get; init; }

    public long BankAmount { get; init; }

    public long PowerCount { get; init; }

    public long PowerAmount { get; init; }

    public int Differences { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ReconciledUnit>
    {
        public void Configure(EntityTypeBuilder<ReconciledUnit> builder)
        {
            builder.ToTable("electricity_reconciled_units");
            builder.HasKey(r => r.Id);
            builder.HasIndex(r => new { r.WorkDate, r.UnitId }, PlaceIndex).IsUnique();
        }
    }
}

/// <summary>That a unit's transit account was swept for a work date: once.</summary>
internal sealed class SweptUnit
{
    public const string PlaceIndex = "IX_electricity_swept_units_WorkDate_UnitId";

    /// <summary>Of the sweep's transaction.</summary>
    public long Id { get; init; }

    public DateOnly WorkDate { get; init; }

    public long UnitId { get; init; }

    public long Payments { get; init; }

    public long Amount { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<SweptUnit>
    {
        public void Configure(EntityTypeBuilder<SweptUnit> builder)
        {
            builder.ToTable("electricity_swept_units");
            builder.HasKey(s => s.Id);
            builder.HasIndex(s => new { s.WorkDate, s.UnitId }, PlaceIndex).IsUnique();
        }
    }
}
