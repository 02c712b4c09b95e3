using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace Platform;

/// <summary>
/// The rows of a workbook that <see cref="XlsCheck"/> or <see cref="XlsxCheck"/> has let through. The library behind throws whatever it stumbles over
/// (index, argument, format, overflow …) when a file is damaged; all of it ends here as one refusal.
/// </summary>
internal sealed class WorkbookRows(Stream file, TableFormat format, TableLimits limits, FormulaErrors errors)
{
    // The library asks for code page 1252 even where it does not need it.
    static WorkbookRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

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
            foreach (var row in Sheet(reader))
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
    }

    private IEnumerable<TableRow> Sheet(IExcelDataReader reader)
    {
        var columns = Guarded(() => reader.FieldCount);
        if (columns > limits.Columns)
        {
            throw new TableRefusedException(TableFaults.TooManyColumns(limits.Columns));
        }

        for (var line = 1; Guarded(reader.Read); line++)
        {
            if (++_rows > limits.Rows)
            {
                throw new TableRefusedException(TableFaults.TooManyRows(limits.Rows));
            }

            yield return Guarded(() => Row(reader, line, columns));
        }
    }

    private TableRow Row(IExcelDataReader reader, int line, int columns)
    {
        var cells = new string[columns];
        List<TableFault>? faults = null;
        for (var i = 0; i < columns; i++)
        {
            var (text, fault) = Cell(reader, line, i);
            cells[i] = fault is null ? text : "";
            if (fault is not null)
            {
                (faults ??= []).Add(fault);
            }
        }

        return new TableRow(line, cells, faults ?? (IReadOnlyList<TableFault>)[]);
    }

    private (string Text, TableFault? Fault) Cell(IExcelDataReader reader, int line, int index)
    {
        var column = index + 1;
        if (errors.At(line - 1, index) is { } error)
        {
            return ("", TableFaults.Formula(line, column, error));
        }

        switch (reader.GetValue(index))
        {
            case null:
                return ("", null);
            case string text:
                return (text, CellTexts.Fault(text, line, column, limits));
            case bool:
                return ("", TableFaults.Boolean(line, column));
            case IConvertible number and not DateTime:
                return CellTexts.Exact(number) is { } exact ? (exact, null) : ("", TableFaults.Number(line, column));
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
