namespace Platform.Tables;

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
/// Writes a table row by row to a stream that need not seek (an answer on its way): all writes are asynchronous, and the memory does not grow with
/// the rows (but for .xls, which is made in memory and holds 65,536 rows at most). Disposing ends the file.
/// </summary>
public abstract class TableWriter : IAsyncDisposable
{
    /// <summary>CSV for spreadsheets and people: UTF-8 with a byte order mark, texts that look like formulas made harmless.</summary>
    public static TableWriter Csv(Stream target) => new CsvTableWriter(target);

    /// <summary>A .dat that <see cref="TableReader"/> reads back with the same layout and widths.</summary>
    public static TableWriter Dat(Stream target, DatLayout layout, IReadOnlyList<int> fixedWidths) =>
        new DatTableWriter(target, layout, fixedWidths);

    /// <summary>A workbook of one sheet, which holds 1,048,576 rows; <paramref name="columns"/> give widths, not a heading.</summary>
    public static TableWriter Xlsx(Stream target, string sheet, IReadOnlyList<TableColumn> columns) =>
        new XlsxTableWriter(target, sheet, columns);

    /// <summary>A workbook of one sheet, which holds 65,536 rows. Waits while the process makes another one.</summary>
    public static async Task<TableWriter> Xls(Stream target, string sheet, IReadOnlyList<TableColumn> columns, CancellationToken ct) =>
        await XlsTableWriter.Open(target, sheet, columns, ct);

    /// <summary>A row of the columns' titles.</summary>
    public ValueTask WriteTitles(IReadOnlyList<TableColumn> columns, CancellationToken ct) =>
        WriteRow([.. columns.Select(c => TableCell.Text(c.Title))], ct);

    public abstract ValueTask WriteRow(IReadOnlyList<TableCell> cells, CancellationToken ct);

    /// <summary>Ends the file. Without it the file is not whole: what was cut off must not look complete.</summary>
    public abstract ValueTask Complete(CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}
