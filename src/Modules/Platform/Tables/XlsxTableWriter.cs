using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Platform;

/// <summary>
/// An .xlsx of one sheet, as a stream: the sheet is the last part of the zip and its texts stand in their cells, so nothing has to be known beforehand.
/// (Of the libraries that stream, none is in the registry in use.)
/// </summary>
internal sealed class XlsxTableWriter : TableWriter
{
    /// <summary>Rows that a sheet of this format holds.</summary>
    public const int MaxRows = 1_048_576;
    private const int Chunk = 32 * 1024;

    private readonly ZipArchive _zip;
    private readonly StringBuilder _text = new(Chunk + 1_024);
    private readonly Stream _target;
    private Stream? _sheet;
    private int _rows;

    private XlsxTableWriter(Stream target, ZipArchive zip)
    {
        _target = target;
        _zip = zip;
    }

    public static async Task<XlsxTableWriter> Open(Stream target, string sheet, IReadOnlyList<TableColumn> columns, CancellationToken ct)
    {
        // The archive's own writes to the target are asynchronous only over a stream that hides everything else.
        var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct);
        var writer = new XlsxTableWriter(target, zip);
        foreach (var (name, content) in XlsxParts.Fixed(sheet))
        {
            await writer.WritePart(name, content, ct);
        }

        writer._sheet = await zip.CreateEntry(XlsxParts.Sheet, CompressionLevel.Fastest).OpenAsync(ct);
        writer._text.Append(XlsxParts.SheetStart(columns));
        return writer;
    }

    public override async ValueTask WriteRow(IReadOnlyList<TableCell> cells, CancellationToken ct)
    {
        if (++_rows > MaxRows)
        {
            throw new InvalidOperationException($"An .xlsx holds {MaxRows} rows.");
        }

        _text.Append(CultureInfo.InvariantCulture, $"<row r=\"{_rows}\">");
        for (var i = 0; i < cells.Count; i++)
        {
            XlsxParts.AppendCell(_text, cells[i], i, _rows);
        }

        _text.Append("</row>");
        if (_text.Length >= Chunk)
        {
            await Flush(ct);
        }
    }

    public override async ValueTask Complete(CancellationToken ct)
    {
        _text.Append(XlsxParts.SheetEnd);
        await Flush(ct);
        await _sheet!.DisposeAsync();
        _sheet = null;
        // Writes the directory, without which the file is no zip: a file that was cut off cannot be opened.
        await _zip.DisposeAsync();
        await _target.FlushAsync(ct);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task WritePart(string name, string content, CancellationToken ct)
    {
        await using var part = await _zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await part.WriteAsync(Encoding.UTF8.GetBytes(content), ct);
    }

    private async ValueTask Flush(CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(_text.ToString());
        _text.Clear();
        await _sheet!.WriteAsync(bytes, ct);
    }
}
