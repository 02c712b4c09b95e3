using System.Buffers.Binary;
using System.Text;

namespace Platform.Tables;

/// <summary>
/// The sheets of an .xls in the workbook's order, made from its records as they pass (MS-XLS): the first stream names the sheets and where each
/// begins, and each begins another stream.
/// </summary>
internal sealed class XlsSheets
{
    private readonly Dictionary<long, SheetMap> _byStart = [];
    private readonly HashSet<long> _begun = [];
    private int _depth;
    private uint _sharedTexts;
    private XlsSheetScan? _scan;

    /// <param name="at">Where the record begins.</param>
    /// <exception cref="TableRefusedException">The records are not those of a workbook.</exception>
    public void Note(long at, int type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case Record.Begin:
                Begin(at);
                break;
            case Record.End:
                _depth--;
                if (_depth == 0)
                {
                    _scan?.Complete();
                    _scan = null;
                }

                break;
            case Record.Sheet when _depth == 1 && _scan is null:
                AddSheet(body);
                break;
            case Record.SharedTexts when _scan is null:
                _sharedTexts = body.Length >= 8 ? BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) : throw CompoundFile.Damaged();
                break;
            // What stands deeper is a chart in the sheet, which has cells of its own.
            default:
                if (_depth == 1)
                {
                    _scan?.Note(type, body);
                }

                break;
        }
    }

    /// <exception cref="TableRefusedException">A sheet is named, but begins nowhere.</exception>
    public IReadOnlyList<SheetMap> Maps() =>
        _begun.Count == _byStart.Count ? [.. _byStart.Values.OrderBy(s => s.Number)] : throw CompoundFile.Damaged();

    private void Begin(long at)
    {
        if (++_depth == 1 && _byStart.TryGetValue(at, out var map))
        {
            _begun.Add(at);
            _scan = new XlsSheetScan(map, _sharedTexts);
        }
    }

    private void AddSheet(ReadOnlySpan<byte> body)
    {
        const int NameAt = 8;
        if (body.Length < NameAt)
        {
            throw CompoundFile.Damaged();
        }

        var wide = (body[NameAt - 1] & 1) != 0;
        var bytes = body[NameAt - 2] * (wide ? 2 : 1);
        if (body.Length < NameAt + bytes)
        {
            throw CompoundFile.Damaged();
        }

        var name = (wide ? Encoding.Unicode : Encoding.Latin1).GetString(body.Slice(NameAt, bytes));
        var visible = (body[4] & 3) == 0;

        // Two sheets that begin at one place would be read as one: of them one may be hidden.
        if (!_byStart.TryAdd(BinaryPrimitives.ReadUInt32LittleEndian(body), new SheetMap(_byStart.Count + 1, name, visible)))
        {
            throw CompoundFile.Damaged();
        }
    }

    private static class Record
    {
        public const int Begin = 0x0809;
        public const int End = 0x000A;
        public const int Sheet = 0x0085;
        public const int SharedTexts = 0x00FC;
    }
}
