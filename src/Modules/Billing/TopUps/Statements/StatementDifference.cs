namespace Billing.TopUps.Statements;

/// <summary>How a line of a carrier's statement differs from ours.</summary>
public enum StatementDifferenceKind
{
    /// <summary>Succeeded here, and not in the statement.</summary>
    OnlyHere,

    /// <summary>In the statement, and unknown or not sold here.</summary>
    OnlyThere,

    /// <summary>Another amount.</summary>
    Amount,

    /// <summary>Another state: done there and not succeeded here, or reversed there and succeeded here.</summary>
    State,
}

/// <summary>Whether a difference is settled.</summary>
public enum StatementDifferenceState
{
    /// <summary>Nobody has settled it.</summary>
    Open,

    /// <summary>A person settled it.</summary>
    Settled,

    /// <summary>A later comparison of the same day did not find it any more.</summary>
    Gone,
}

/// <summary>A line that differs (MT-03.7). Of each line and kind one for a carrier's day.</summary>
internal sealed class StatementDifference : IVersioned
{
    public const string LineIndex = "IX_top_up_statement_differences_Line";

    public long Id { get; init; }

    public long CarrierId { get; init; }

    /// <summary>The statement's day.</summary>
    public DateOnly Day { get; init; }

    public StatementDifferenceKind Kind { get; init; }

    /// <summary>Our id of the top-up, as the statement has it.</summary>
    public required string Reference { get; init; }

    /// <summary>The store; 0 where it is unknown here.</summary>
    public long BranchId { get; init; }

    /// <summary>Fen; 0 where it is not here.</summary>
    public long OurAmount { get; init; }

    /// <summary>Fen; 0 where it is not there.</summary>
    public long TheirAmount { get; init; }

    public string? OurState { get; init; }

    public string? TheirState { get; init; }

    public StatementDifferenceState State { get; set; }

    public string? Evidence { get; set; }

    public long? SettledById { get; set; }

    public long? ApproverId { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<StatementDifference>
    {
        public void Configure(EntityTypeBuilder<StatementDifference> builder)
        {
            builder.ToTable("top_up_statement_differences");
            builder.HasKey(d => d.Id);
            builder.Property(d => d.Reference).HasMaxLength(TopUpLimits.Serial);
            builder.Property(d => d.OurState).HasMaxLength(TopUpLimits.Serial);
            builder.Property(d => d.TheirState).HasMaxLength(TopUpLimits.Serial);
            builder.Property(d => d.Evidence).HasMaxLength(TopUpLimits.Reason);
            builder
                .HasIndex(
                    d => new
                    {
                        d.CarrierId,
                        d.Day,
                        d.Reference,
                        d.Kind,
                    },
                    LineIndex
                )
                .IsUnique();
            builder.HasIndex(d => new { d.State, d.Id });
        }
    }
}
