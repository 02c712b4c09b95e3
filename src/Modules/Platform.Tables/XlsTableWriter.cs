using NPOI.HSSF.UserModel;
using NPOI.SS.UserModel;

namespace Platform.Tables;

/// <summary>
/// An .xls, made in memory (the format wants its tables of texts and sectors before its end is known) and so one at a time in a process: the largest
/// takes about 200 MB.
/// </summary>
internal sealed class XlsTableWriter : TableWriter
{
    /// <summary>Rows that a sheet of this format holds.</summary>
    public const int MaxRows = 65_536;
    private const int WidthUnit = 256;

    private static readonly SemaphoreSlim s_one = new(1, 1);

    private readonly Stream _target;
    private readonly HSSFWorkbook _workbook = new();
    private readonly ISheet _sheet;
    private readonly Dictionary<TableCellKind, ICellStyle> _styles = [];
    private int _rows;

    private XlsTableWriter(Stream target, string sheet, IReadOnlyList<TableColumn> columns)
    {
        _target = target;
        _sheet = _workbook.CreateSheet(sheet);
        foreach (
            var (kind, format) in ((TableCellKind, string)[])
                [(TableCellKind.Text, "@"), (TableCellKind.Yuan, "0.00"), (TableCellKind.Date, "yyyy-mm-dd")]
        )
        {
            _styles[kind] = _workbook.CreateCellStyle();
            _styles[kind].DataFormat = _workbook.CreateDataFormat().GetFormat(format);
        }

        for (var i = 0; i < columns.Count; i++)
        {
            _sheet.SetColumnWidth(i, columns[i].Width * WidthUnit);
        }
    }

    /// <summary>Waits until no other .xls is being made.</summary>
    public static async Task<XlsTableWriter> Open(Stream target, string sheet, IReadOnlyList<TableColumn> columns, CancellationToken ct)
    {
        await s_one.WaitAsync(ct);
        try
        {
            return new XlsTableWriter(target, sheet, columns);
        }
        catch
        {
            s_one.Release();
            throw;
        }
    }

    public override ValueTask WriteRow(IReadOnlyList<TableCell> cells, CancellationToken ct)
    {
        var row = _rows < MaxRows ? _sheet.CreateRow(_rows++) : throw new InvalidOperationException($"An .xls holds {MaxRows} rows.");
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i] is { Kind: TableCellKind.Text, Content: null or "" })
            {
                continue;
            }

            Fill(row.CreateCell(i), cells[i]);
        }

        return ValueTask.CompletedTask;
    }

    public override async ValueTask Complete(CancellationToken ct)
    {
        using var whole = new MemoryStream();
        _workbook.Write(whole);
        whole.Position = 0;
        await whole.CopyToAsync(_target, ct);
        await _target.FlushAsync(ct);
    }

    public override ValueTask DisposeAsync()
    {
        s_one.Release();
        return ValueTask.CompletedTask;
    }

    private void Fill(ICell cell, TableCell content)
    {
        switch (content.Kind)
        {
            case TableCellKind.Text:
                cell.SetCellValue(content.Content);
                break;
            case TableCellKind.Yuan:
                cell.SetCellValue(Convert.ToDouble(content.Figure / 100m));
                break;
            case TableCellKind.Number:
                cell.SetCellValue(content.Figure);
                break;
            default:
                cell.SetCellValue(DateOnly.FromDayNumber((int)content.Figure).ToDateTime(TimeOnly.MinValue));
                break;
        }

        if (_styles.TryGetValue(content.Kind, out var style))
        {
            cell.CellStyle = style;
        }
    }
}
