using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Persistence.Dialects;

namespace Platform.Ledger.Batches;

/// <summary>The rows of the slices' own tables in a batch, which EF writes, and the stamps that stand for them. Most bookings have none.</summary>
internal sealed class SliceRows(Func<AppDb> open, Action<ISetRow> writeInSets)
{
    private static readonly ConcurrentDictionary<(IModel Model, Type Row), (string Table, string Key)> s_places = new();

    private SortedSet<string>? _stamps;
    private AppDb? _db;

    private AppDb Db => _db ??= open();

    /// <summary>Where the versions of a row type stand: its table, and its key, which is one 64-bit column.</summary>
    public static VersionCheck VersionsOf(IModel model, Type row)
    {
        var (table, key) = s_places.GetOrAdd(
            (model, row),
            static asked =>
            {
                var entity =
                    asked.Model.FindEntityType(asked.Row)
                    ?? throw new InvalidOperationException($"{asked.Row.Name} is no row of the model.");
                return (entity.GetTableName()!, entity.FindPrimaryKey()!.Properties.Single().GetColumnName());
            }
        );
        return new VersionCheck(row, table, key, []);
    }

    public void Add(Booking booking)
    {
        foreach (var row in booking.Inserts)
        {
            if (row is ISetRow inSets)
            {
                writeInSets(inSets);
                continue;
            }

            Db.Add(row);
            Touch(row);
        }

        foreach (var (row, read) in booking.Updates)
        {
            row.Version = read;
            var entry = Db.Entry(row);
            entry.State = EntityState.Modified;
            entry.Property(nameof(IVersioned.Version)).CurrentValue = read + 1;
            Touch(row);
        }

        foreach (var row in booking.Deletes)
        {
            Db.Entry(row).State = EntityState.Deleted;
            Touch(row);
        }
    }

    public void MoveDay(BranchDay day, DateOnly next)
    {
        var entry = Db.Attach(day);
        entry.Property(d => d.BusinessDate).CurrentValue = next;
        entry.Property(d => d.Version).CurrentValue++;
    }

    public void Save(Dialect dialect)
    {
        _db?.SaveChanges();
        foreach (var name in _stamps ?? [])
        {
            Db.Database.ExecuteSqlRaw(dialect.RaiseStamp, name);
        }
    }

    private void Touch(object row)
    {
        if (row is IStamped stamped)
        {
            (_stamps ??= new SortedSet<string>(StringComparer.Ordinal)).Add(stamped.StampName);
        }
    }
}
