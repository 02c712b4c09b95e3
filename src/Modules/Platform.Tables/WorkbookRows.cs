using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace Platform.Tables;

/// <summary>
/// The rows of a workbook that <see cref="XlsCheck"/> or <see cref="XlsxCheck"/> has let through. The library behind throws whatever it stumbles over
/// (index, argument, format, overflow …) when a file is damaged; all of it ends here as one refusal.
/// </summary>
internal sealed class WorkbookRows(Stream file, TableFormat format, TableLimits limits, IReadOnlyList<SheetMap> sheets)
{
    // The library asks for code page 1252 even where it does not need it.
    static WorkbookRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private readonly List<int> _hiddenSheets = [];
    private ulong _hiddenColumns;
    private int _rows;

    public IEnumerable<TableRow> Read()
    {
        using var reader = Guarded(Open);
        if (Guarded(() => reader.ResultsCount) > limits.Sheets)
        {
            throw new TableRefusedException(TableFaults.TooManySheets(limits.Sheets));
        }

        var contentBefore = false;
        do
        {
            var content = false;
            foreach (var row in Sheet(reader, MapOf(reader)))
            {
                content |= !row.IsBlank;
                if (content && contentBefore)
                {
                    throw new TableRefusedException(TableFaults.SeveralSheets);
                }

                yield return row;
            }

            contentBefore |= content;
        } while (Guarded(reader.NextResult));

        // At the end, so that hidden rows are named, too.
        if (_hiddenColumns != 0 || _hiddenSheets.Count > 0)
        {
            var columns = Enumerable.Range(0, CellSet.Columns).Where(c => ((_hiddenColumns >> c) & 1) != 0);
            throw new TableRefusedException(TableFaults.HiddenParts([.. columns], _hiddenSheets));
        }
    }

    /// <summary>By its name: a sheet that was not looked at, or one of two with a name, must not be read.</summary>
    private SheetMap MapOf(IExcelDataReader reader)
    {
        var name = Guarded(() => reader.Name);
        return sheets.Where(s => s.Name == name).ToList() is [var map] ? map : throw TableFaults.DamagedFile("workbook");
    }

    /// <summary>The rows of a sheet; a hidden one gives none, but is noted when it has content.</summary>
    private IEnumerable<TableRow> Sheet(IExcelDataReader reader, SheetMap map)
    {
        var read = Guarded(() => reader.FieldCount);
        var columns = Math.Max(read, map.LastColumn + 1);
        if (columns > limits.Columns)
        {
            throw new TableRefusedException(TableFaults.TooManyColumns(limits.Columns));
        }

        var line = 0;
        while (Guarded(reader.Read))
        {
            line++;
            if (++_rows > limits.Rows)
            {
                throw new TableRefusedException(TableFaults.TooManyRows(limits.Rows));
            }

            var row = Guarded(() => Row(reader, line, read, columns, map));
            if (map.Visible)
            {
                yield return row;
            }
            else if (!row.IsBlank && !_hiddenSheets.Contains(map.Number))
            {
                _hiddenSheets.Add(map.Number);
            }
        }

        if (line <= map.LastRow)
        {
            throw TableFaults.DamagedFile("sheet");
        }
    }

    private TableRow Row(IExcelDataReader reader, int line, int read, int columns, SheetMap map)
    {
        var cells = new string[columns];
        List<TableFault>? faults = null;
        for (var i = 0; i < columns; i++)
        {
            var (text, fault) = i < read ? Cell(reader, line, i, map) : Cell(null, null, line, i, map);
            var filled = fault is not null || !string.IsNullOrWhiteSpace(text);
            if (filled && map.Visible && map.IsColumnHidden(i))
            {
                _hiddenColumns |= 1UL << i;
            }

            fault ??= filled && map.IsCovered(line - 1, i) ? TableFaults.Covered(line, i + 1) : null;
            cells[i] = fault is null ? text : "";
            if (fault is not null)
            {
                (faults ??= []).Add(fault);
            }
        }

        var row = new TableRow(line, cells, faults ?? (IReadOnlyList<TableFault>)[]);
        return map.IsRowHidden(line - 1) && !row.IsBlank ? row with { Faults = [TableFaults.HiddenRow(line), .. row.Faults] } : row;
    }

    private (string Text, TableFault? Fault) Cell(IExcelDataReader reader, int line, int index, SheetMap map) =>
        Cell(reader.GetValue(index), reader.GetNumberFormatString(index), line, index, map);

    private (string Text, TableFault? Fault) Cell(object? value, string? format, int line, int index, SheetMap map)
    {
        var column = index + 1;
        if (map.ErrorAt(line - 1, index) is { } error)
        {
            return ("", TableFaults.Formula(line, column, error));
        }

        if (map.IsUnsaved(line - 1, index))
        {
            return ("", TableFaults.Unsaved(line, column));
        }

        switch (value)
        {
            case null:
                // What has a value must not come as nothing.
                return map.HasValue(line - 1, index) ? throw TableFaults.DamagedFile("sheet") : ("", null);
            case string text:
                return (text, CellTexts.Fault(text, line, column, limits));
            case bool:
                return ("", TableFaults.Boolean(line, column));
            case IConvertible number and not DateTime:
                return CellTexts.Exact(number) is not { } exact ? ("", TableFaults.Number(line, column))
                    : ShownNumbers.AsTheyAre(format, exact) ? (exact, null)
                    : ("", TableFaults.NotShown(line, column));
            default:
                return ("", TableFaults.Date(line, column));
        }
    }

    private IExcelDataReader Open()
    {
        file.Position = 0;
        var settings = new ExcelReaderConfiguration { LeaveOpen = true };
        return format == TableFormat.Xls
            ? ExcelReaderFactory.CreateBinaryReader(file, settings)
            : ExcelReaderFactory.CreateOpenXmlReader(file, settings);
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (TableRefusedException or OutOfMemoryException or OperationCanceledException))
        {
            throw new TableRefusedException(TableFaults.Damaged("workbook"), e);
        }
    }
}
