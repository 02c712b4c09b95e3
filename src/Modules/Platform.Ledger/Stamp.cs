using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Persistence.Dialects;

namespace Platform.Ledger;

/// <summary>
/// A number that goes up with every change of the rows it stands for, in the transaction that changes them. What a process remembers of those rows is
/// good while the stamp is the one it was read under. A name that never changed has no row and stands at zero.
/// </summary>
public sealed class Stamp
{
    public const int NameLength = 40;

    public required string Name { get; init; }

    public long Version { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Stamp>
    {
        public void Configure(EntityTypeBuilder<Stamp> builder)
        {
            builder.ToTable("stamps");
            builder.HasKey(s => s.Name);
            builder.Property(s => s.Name).HasMaxLength(NameLength);
        }
    }
}

/// <summary>A row that processes remember: <see cref="Books"/> raises its stamp whenever it writes one.</summary>
public interface IStamped
{
    /// <summary>The name of the stamp that stands for this row and its likes.</summary>
    string StampName { get; }
}

/// <summary>Reads stamps, and raises them for the few writes that do not go through <see cref="Books"/>.</summary>
public sealed class Stamps(Dialect dialect)
{
    /// <summary>
    /// All stamps, to be read before the rows they stand for: a change in between then shows as an old stamp and not as an old row under a new stamp.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, long>> Read(AppDb db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Set<Stamp>().ToDictionaryAsync(s => s.Name, s => s.Version, ct);
    }

    /// <summary>Raises a stamp in the transaction that is open on this context.</summary>
    public Task Raise(AppDb db, string name, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlRawAsync(dialect.RaiseStamp, [name], ct);
    }
}
