using System.Buffers.Binary;
using Platform.Persistence;

namespace Platform.Tables;

/// <summary>
/// Notes what is to be seen on a sheet of an .xls while its records pass (MS-XLS 2.4). Rows and cells must come in their order, each once, as Excel
/// writes them: of two with one place, the library keeps one.
/// </summary>
internal sealed class XlsSheetScan(SheetMap map, uint sharedTexts)
{
    /// <summary>Lower rows and narrower columns show nothing: twentieths of a point, and 256ths of a character.</summary>
    private const int LowestRow = 3 * 20;
    private const int NarrowestColumn = 128;
    private const int CellHead = 6;

    private static readonly Dictionary<byte, string> s_errors = new()
    {
        [0x00] = "#NULL!",
        [0x07] = "#DIV/0!",
        [0x0F] = "#VALUE!",
        [0x17] = "#REF!",
        [0x1D] = "#NAME?",
        [0x24] = "#NUM!",
        [0x2A] = "#N/A",
    };

    private readonly HashSet<int> _rows = [];
    private bool _rowsHidden;
    private bool _stale;
    private int _lastRowRecord = -1;
    private (int Row, int Column) _last = (-1, -1);
    private (int Row, int Column)? _textAwaited;

    public void Note(int type, ReadOnlySpan<byte> body)
    {
        Await(type);
        switch (type)
        {
            case Record.Row:
                Row(body);
                break;
            case Record.DefaultRow:
                _rowsHidden = body.Length >= 4 && ((body[0] & 2) != 0 || Short(body, 2) < LowestRow);
                break;
            case Record.Column when body.Length >= 10:
                map.HideColumns(Short(body, 0), Short(body, 2), Short(body, 4) < NarrowestColumn || (body[8] & 1) != 0);
                break;
            case Record.DefaultColumn when body.Length >= 2 && Short(body, 0) == 0:
                map.HideColumns(0, CellSet.Columns, true);
                break;
            case Record.Uncalculated:
                _stale = true;
                break;
            case Record.Merged:
                Merged(body);
                break;
            case Record.Blank or Record.Number or Record.Rk or Record.Label or Record.RichLabel or Record.SharedLabel:
            case Record.BooleanOrError or Record.Formula or Record.Numbers or Record.Blanks:
                Cells(type, body);
                break;
            default:
                break;
        }
    }

    /// <summary>At the sheet's end: rows that have cells and no record of their own are as the sheet's default says.</summary>
    public void Complete()
    {
        Await(0);
        for (var row = 0; _rowsHidden && row <= map.LastRow; row++)
        {
            if (!_rows.Contains(row))
            {
                map.HideRow(row);
            }
        }
    }

    /// <summary>A formula whose result is a text has it in a record behind it, or has none.</summary>
    private void Await(int type)
    {
        if (_textAwaited is not { } cell || type is Record.SharedFormula or Record.Array or Record.Table)
        {
            return;
        }

        _textAwaited = null;
        if (type == Record.Text)
        {
            map.AddValue(cell.Row, cell.Column);
        }
        else
        {
            map.AddUnsaved(cell.Row, cell.Column);
        }
    }

    private void Row(ReadOnlySpan<byte> body)
    {
        if (body.Length < 16 || Short(body, 0) <= _lastRowRecord)
        {
            throw CompoundFile.Damaged();
        }

        _lastRowRecord = Short(body, 0);
        _rows.Add(_lastRowRecord);
        var height = Short(body, 6);
        var isDefault = (height & 0x8000) != 0;
        if ((body[12] & 0x20) != 0 || (!isDefault && height < LowestRow))
        {
            map.HideRow(_lastRowRecord);
        }
    }

    private void Merged(ReadOnlySpan<byte> body)
    {
        for (var at = 2; at + 8 <= body.Length; at += 8)
        {
            map.AddMerged(new CellArea(Short(body, at), Short(body, at + 4), Short(body, at + 2), Short(body, at + 6)));
        }
    }

    private void Cells(int type, ReadOnlySpan<byte> body)
    {
        if (body.Length < CellHead)
        {
            throw CompoundFile.Damaged();
        }

        var (row, first) = (Short(body, 0), Short(body, 2));
        var several = type is Record.Numbers or Record.Blanks;
        var last = several ? Short(body, body.Length - 2) : first;
        if ((row, first).CompareTo(_last) <= 0 || last < first)
        {
            throw CompoundFile.Damaged();
        }

        _last = (row, last);
        for (var column = first; column <= last; column++)
        {
            Cell(type, body, row, column);
        }
    }

    private void Cell(int type, ReadOnlySpan<byte> body, int row, int column)
    {
        switch (type)
        {
            case Record.Blank or Record.Blanks:
                break;
            case Record.BooleanOrError when body.Length >= CellHead + 2 && body[CellHead + 1] == 1:
                map.AddError(row, column, s_errors.GetValueOrDefault(body[CellHead], "#"));
                break;
            case Record.SharedLabel when body.Length < CellHead + 4 || Long(body, CellHead) >= sharedTexts:
                throw CompoundFile.Damaged();
            case Record.Formula:
                Formula(body, row, column);
                break;
            default:
                map.AddValue(row, column);
                break;
        }
    }

    /// <summary>The saved result: a number, or before FFFF at the end a text (0), a truth value (1), an error (2), nothing (3).</summary>
    private void Formula(ReadOnlySpan<byte> body, int row, int column)
    {
        if (body.Length < CellHead + 8)
        {
            throw CompoundFile.Damaged();
        }

        var special = Short(body, CellHead + 6) == 0xFFFF ? body[CellHead] : (byte?)null;
        if (special == 2)
        {
            map.AddError(row, column, s_errors.GetValueOrDefault(body[CellHead + 2], "#"));
        }
        else if (_stale || special > 3)
        {
            map.AddUnsaved(row, column);
        }
        else if (special == 0)
        {
            _textAwaited = (row, column);
        }
        else if (special != 3)
        {
            map.AddValue(row, column);
        }
    }

    private static int Short(ReadOnlySpan<byte> body, int at) => BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);

    private static uint Long(ReadOnlySpan<byte> body, int at) => BinaryPrimitives.ReadUInt32LittleEndian(body[at..]);

    private static class Record
    {
        public const int Formula = 0x0006;
        public const int DefaultColumn = 0x0055;
        public const int Uncalculated = 0x005E;
        public const int Column = 0x007D;
        public const int Numbers = 0x00BD;
        public const int Blanks = 0x00BE;
        public const int RichLabel = 0x00D6;
        public const int Merged = 0x00E5;
        public const int SharedLabel = 0x00FD;
        public const int Blank = 0x0201;
        public const int Number = 0x0203;
        public const int Label = 0x0204;
        public const int BooleanOrError = 0x0205;
        public const int Text = 0x0207;
        public const int Row = 0x0208;
        public const int Array = 0x0221;
        public const int DefaultRow = 0x0225;
        public const int Table = 0x0236;
        public const int Rk = 0x027E;
        public const int SharedFormula = 0x04BC;
    }
}
