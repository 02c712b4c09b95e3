using System.Globalization;
using System.Text;
using Platform.Languages;

namespace Platform.Tables;

/// <summary>Text lines gathered to chunks, encoded and written asynchronously.</summary>
internal abstract class TextTableWriter(Stream target, Encoding encoding) : TableWriter
{
    private const int Chunk = 32 * 1024;

    private readonly StringBuilder _text = new(Chunk + 1_024);
    private readonly Encoder _encoder = encoding.GetEncoder();
    private bool _started;

    public override async ValueTask WriteRow(IReadOnlyList<TableCell> cells, CancellationToken ct)
    {
        Start();
        AppendRow(_text, cells);
        if (_text.Length >= Chunk)
        {
            await Flush(end: false, ct);
        }
    }

    public override async ValueTask Complete(CancellationToken ct)
    {
        Start();
        await Flush(end: true, ct);
        await target.FlushAsync(ct);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What stands before the first row.</summary>
    protected abstract void AppendStart(StringBuilder text);

    protected abstract void AppendRow(StringBuilder text, IReadOnlyList<TableCell> cells);

    protected static string Words(TableCell cell) =>
        cell.Kind switch
        {
            TableCellKind.Yuan => Figures.PlainYuan(cell.Figure),
            TableCellKind.Number => cell.Figure.ToString(CultureInfo.InvariantCulture),
            TableCellKind.Date => DateOnly.FromDayNumber((int)cell.Figure).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => cell.Content ?? "",
        };

    private void Start()
    {
        if (!_started)
        {
            _started = true;
            AppendStart(_text);
        }
    }

    private async ValueTask Flush(bool end, CancellationToken ct)
    {
        var chars = _text.ToString().AsMemory();
        var bytes = new byte[encoding.GetMaxByteCount(chars.Length)];
        var count = _encoder.GetBytes(chars.Span, bytes, end);
        _text.Clear();
        await target.WriteAsync(bytes.AsMemory(0, count), ct);
    }
}
