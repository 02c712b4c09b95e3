namespace Platform;

/// <summary>What a cell holds; workbooks keep numbers and dates as such, text files write them out.</summary>
public enum TableCellKind
{
    Text,
    Yuan,
    Number,
    Date,
}

/// <summary>One cell to write. Amounts are fen here and yuan with two decimals in the file.</summary>
public readonly record struct TableCell
{
    private TableCell(TableCellKind kind, string? text, long number)
    {
        Kind = kind;
        Content = text;
        Figure = number;
    }

    internal TableCellKind Kind { get; }

    internal string? Content { get; }

    internal long Figure { get; }

    public static TableCell Text(string? text) => new(TableCellKind.Text, text, 0);

    /// <summary>An amount in fen, shown as yuan with two decimals.</summary>
    public static TableCell Yuan(long fen) => new(TableCellKind.Yuan, null, fen);

    /// <summary>A whole number: points, a count.</summary>
    public static TableCell Number(long number) => new(TableCellKind.Number, null, number);

    public static TableCell Date(DateOnly date) => new(TableCellKind.Date, null, date.DayNumber);
}

/// <summary>A column of a file to write.</summary>
/// <param name="Width">In characters of the sheet's font; text files do without.</param>
public sealed record TableColumn(string Title, int Width = 16);

/// <summary>
/// Writes a table row by row to a stream that need not seek (an answer on its way): all writes are asynchronous, and the memory does not grow with the
/// rows (but for .xls, which is made in memory and holds 65,536 rows at most). Disposing ends the file.
/// </summary>
public abstract class TableWriter : IAsyncDisposable
{
    public abstract ValueTask WriteRow(IReadOnlyList<TableCell> cells, CancellationToken ct);

    /// <summary>Ends the file. Without it the file is not whole: what was cut off must not look complete.</summary>
    public abstract ValueTask Complete(CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}
