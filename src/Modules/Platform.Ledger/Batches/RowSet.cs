using System.Runtime.InteropServices;

namespace Platform.Ledger.Batches;

/// <summary>What a column holds, in words every dialect can translate.</summary>
internal enum ColumnType
{
    Int16,
    Int32,
    Int64,
    Text,
    Bytes,
    Date,
    Instant,
}

/// <summary>One column of a table that is written set by set: its name, its type, and how its value is read off a row.</summary>
internal abstract record Column<TRow>(string Name, ColumnType Type)
{
    /// <summary>All rows' values, as a typed array: what PostgreSQL takes as one parameter.</summary>
    public abstract Array Values(ReadOnlySpan<TRow> rows);

    /// <summary>Do all rows say the same?</summary>
    public abstract bool IsUniform(ReadOnlySpan<TRow> rows);

    /// <summary>One row's value as a parameter; null is SQL's NULL.</summary>
    public abstract object? Value(TRow row);
}

/// <inheritdoc />
internal sealed record Column<TRow, TValue>(string Name, ColumnType Type, Func<TRow, TValue> Read) : Column<TRow>(Name, Type)
{
    public override Array Values(ReadOnlySpan<TRow> rows)
    {
        var values = new TValue[rows.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Read(rows[i]);
        }

        return values;
    }

    public override bool IsUniform(ReadOnlySpan<TRow> rows)
    {
        var first = Read(rows[0]);
        for (var i = 1; i < rows.Length; i++)
        {
            if (!EqualityComparer<TValue>.Default.Equals(Read(rows[i]), first))
            {
                return false;
            }
        }

        return true;
    }

    public override object? Value(TRow row) => Read(row);
}

/// <summary>Rows of one table that a batch inserts by few statements. It knows columns and values, and nothing of SQL.</summary>
internal abstract class RowSet(string table)
{
    public string Table => table;

    public abstract int Count { get; }

    /// <summary>Adds a row of the set's own type.</summary>
    public abstract void AddRow(object row);

    public abstract int Columns { get; }

    public abstract string Name(int column);

    public IEnumerable<string> Names() => Enumerable.Range(0, Columns).Select(Name);

    public abstract ColumnType Type(int column);

    public abstract Array Values(int column);

    public abstract bool IsUniform(int column);

    public abstract object? Value(int row, int column);
}

/// <inheritdoc />
internal sealed class RowSet<TRow>(string table, Column<TRow>[] columns) : RowSet(table)
{
    private readonly List<TRow> _rows = [];

    public override int Count => _rows.Count;

    public override int Columns => columns.Length;

    public void Add(TRow row) => _rows.Add(row);

    public override void AddRow(object row) => _rows.Add((TRow)row);

    public override string Name(int column) => columns[column].Name;

    public override ColumnType Type(int column) => columns[column].Type;

    public override Array Values(int column) => columns[column].Values(CollectionsMarshal.AsSpan(_rows));

    public override bool IsUniform(int column) => columns[column].IsUniform(CollectionsMarshal.AsSpan(_rows));

    public override object? Value(int row, int column) => columns[column].Value(_rows[row]);
}
