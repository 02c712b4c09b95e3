using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Platform.Ledger.Batches;

/// <summary>
/// A row of a slice's table that is inserted by the thousand: <see cref="Books"/> writes it as it writes its own, many rows by one statement, and
/// not through EF's change tracker. It is inserted and never changed by a booking. Its columns are numbers, texts, bytes, dates, instants and
/// enumerations.
/// </summary>
public interface ISetRow;

/// <summary>The columns of such rows, read off the model once.</summary>
internal static class SetRows
{
    private static readonly ConcurrentDictionary<(IModel Model, Type Row), Func<RowSet>> s_sets = new();
    private static readonly MethodInfo s_make = typeof(SetRows).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo s_enum = typeof(SetRows).GetMethod(
        nameof(EnumColumn),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    /// <summary>An empty set for rows of a type. Throws where the type has a column that cannot be written so.</summary>
    public static RowSet New(IModel model, Type row) =>
        s_sets.GetOrAdd(
            (model, row),
            static asked =>
                (Func<RowSet>)s_make.MakeGenericMethod(asked.Row).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [asked.Model], null)!
        )();

    private static Func<RowSet> Make<TRow>(IModel model)
    {
        var entity =
            model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException($"{typeof(TRow).Name} is no row of the model.");
        var table = entity.GetTableName()!;
        Column<TRow>[] columns = [.. entity.GetProperties().Select(ColumnOf<TRow>)];
        return () => new RowSet<TRow>(table, columns);
    }

    private static Column<TRow> ColumnOf<TRow>(IProperty property)
    {
        var name = property.GetColumnName();
        var read = property.PropertyInfo!.GetMethod!;
        var type = property.ClrType;
        return type == typeof(long) ? new Column<TRow, long>(name, ColumnType.Int64, Read<TRow, long>(read))
            : type == typeof(long?) ? new Column<TRow, long?>(name, ColumnType.Int64, Read<TRow, long?>(read))
            : type == typeof(int) ? new Column<TRow, int>(name, ColumnType.Int32, Read<TRow, int>(read))
            : type == typeof(string) ? new Column<TRow, string?>(name, ColumnType.Text, Read<TRow, string?>(read))
            : type == typeof(byte[]) ? new Column<TRow, byte[]>(name, ColumnType.Bytes, Read<TRow, byte[]>(read))
            : type == typeof(DateOnly) ? new Column<TRow, DateOnly>(name, ColumnType.Date, Read<TRow, DateOnly>(read))
            : type == typeof(DateTime) ? new Column<TRow, DateTime>(name, ColumnType.Instant, Read<TRow, DateTime>(read))
            : type.IsEnum
                ? (Column<TRow>)
                    s_enum.MakeGenericMethod(typeof(TRow), type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [name, read], null)!
            : throw new InvalidOperationException($"{typeof(TRow).Name}.{property.Name} is of a type that is not written in sets.");
    }

    /// <summary>As the model keeps enumerations: by their names.</summary>
    private static Column<TRow, string> EnumColumn<TRow, TEnum>(string name, MethodInfo read)
        where TEnum : struct, Enum
    {
        var value = Read<TRow, TEnum>(read);
        var names = Enum.GetValues<TEnum>().ToDictionary(v => v, v => v.ToString());
        return new Column<TRow, string>(name, ColumnType.Text, row => names[value(row)]);
    }

    private static Func<TRow, TValue> Read<TRow, TValue>(MethodInfo read) => read.CreateDelegate<Func<TRow, TValue>>();
}
