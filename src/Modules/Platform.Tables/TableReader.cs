namespace Platform.Tables;

/// <summary>
/// Reads a table file that a stranger made (FC-20.1, FC-20.2): one pass, row by row, in memory that does not grow with the file. Before a library
/// sees a workbook, it has been looked through for what does harm (macros, external links, embedded objects, encryption, bombs).
/// </summary>
public sealed class TableReader
{
    private readonly IEnumerable<TableRow> _rows;

    private TableReader(IEnumerable<TableRow> rows, DatLayout? layout)
    {
        _rows = rows;
        Layout = layout;
    }

    /// <summary>How a .dat is laid out; null for a workbook.</summary>
    public DatLayout? Layout { get; }

    /// <summary>The rows in the file's order, blank ones among them; may be gone through once.</summary>
    /// <exception cref="TableRefusedException">While going on: the file is damaged here, or goes over a limit.</exception>
    public IEnumerable<TableRow> Rows => _rows;

    /// <summary>Opens a file that stays the caller's: it must be seekable, and open until the rows are read.</summary>
    /// <param name="fixedWidths">The widths of a .dat file's fixed columns, in bytes of the file; the last column goes on to the line's end.</param>
    /// <exception cref="TableRefusedException">It is not such a file, or not one that is taken.</exception>
    public static TableReader Open(Stream file, TableFormat format, TableLimits limits, IReadOnlyList<int> fixedWidths)
    {
        if (file.Length == 0)
        {
            throw new TableRefusedException(TableFaults.Empty);
        }

        if (file.Length > limits.FileBytes)
        {
            throw new TableRefusedException(TableFaults.TooLarge(limits.FileBytes));
        }

        if (format == TableFormat.Dat)
        {
            var layout = DatText.Find(file, limits);
            return new TableReader(new DatRows(file, layout, limits, fixedWidths).Read(), layout);
        }

        var sheets = CheckWorkbook(file, format, limits);
        return new TableReader(new WorkbookRows(file, format, limits, sheets).Read(), null);
    }

    /// <summary>What the file is shows in its first bytes, whatever its name says; an encrypted .xlsx is a container as an .xls is.</summary>
    private static IReadOnlyList<SheetMap> CheckWorkbook(Stream file, TableFormat format, TableLimits limits)
    {
        Span<byte> start = stackalloc byte[8];
        file.Position = 0;
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (format == TableFormat.Xls && CompoundFile.IsOne(start))
        {
            return XlsCheck.Check(file);
        }

        if (format == TableFormat.Xlsx && start.StartsWith("PK\u0003\u0004"u8))
        {
            return XlsxCheck.Check(file, limits);
        }

        var encrypted =
            format == TableFormat.Xlsx
            && CompoundFile.IsOne(start)
            && CompoundFile.Open(file).Entries.Any(e => e.Name == "EncryptedPackage");
        throw new TableRefusedException(encrypted ? TableFaults.Encrypted : TableFaults.Format(format));
    }
}
