using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Access.SystemParameters;

/// <summary>A parameter's value set at a branch: it holds there and below, unless a branch below sets its own (FC-42.1).</summary>
public sealed class SystemParameter : IVersioned
{
    public const int NameLength = 60;

    public required string Name { get; init; }

    public long BranchId { get; init; }

    /// <summary>Null: taken back; the value from above holds again.</summary>
    public long? Value { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<SystemParameter>
    {
        public void Configure(EntityTypeBuilder<SystemParameter> builder)
        {
            builder.ToTable("system_parameters");
            builder.HasKey(p => new { p.BranchId, p.Name });
            builder.Property(p => p.Name).HasMaxLength(NameLength);
        }
    }
}

/// <summary>One change of a parameter: who, when, old and new value. Never changed.</summary>
public sealed class ParameterChange : IDated
{
    public long Id { get; init; }

    public required string Name { get; init; }

    public long BranchId { get; init; }

    /// <summary>The branch's previous value; null if the value came from above.</summary>
    public long? OldValue { get; init; }

    public long? NewValue { get; init; }

    public long OperatorId { get; init; }

    public long? ApproverId { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ParameterChange>
    {
        public void Configure(EntityTypeBuilder<ParameterChange> builder)
        {
            builder.ToTable("parameter_changes");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Name).HasMaxLength(SystemParameter.NameLength);
            builder.HasIndex(c => new { c.Name, c.Id });
        }
    }
}
