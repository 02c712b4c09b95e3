using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Platform.Tables;

/// <summary>
/// An .xlsx of one sheet, as a stream: the sheet is the last part of the zip and its texts stand in their cells, so nothing has to be known
/// beforehand. (Of the libraries that stream, none is in the registry in use.)
/// </summary>
internal sealed class XlsxTableWriter : TableWriter
{
    /// <summary>Rows that a sheet of this format holds.</summary>
    public const int MaxRows = 1_048_576;
    private const int Chunk = 32 * 1024;

    private readonly PassingStream _passing = new();
    private readonly ZipArchive _zip;
    private readonly StringBuilder _text = new(Chunk + 1_024);
    private readonly Stream _target;
    private Stream? _sheet;
    private int _rows;

    public XlsxTableWriter(Stream target, string sheet, IReadOnlyList<TableColumn> columns)
    {
        _target = target;
        _zip = new ZipArchive(_passing, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        foreach (var (name, content) in XlsxParts.Fixed(sheet))
        {
            using var part = _zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            part.Write(Encoding.UTF8.GetBytes(content));
        }

        _sheet = _zip.CreateEntry(XlsxParts.Sheet, CompressionLevel.Fastest).Open();
        _text.Append(XlsxParts.SheetStart(columns));
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
        // Ends the sheet, then writes the directory, without which the file is no zip: a file that was cut off cannot be opened.
        _sheet?.Dispose();
        _zip.Dispose();
        _sheet = null;
        await _passing.MoveTo(_target, ct);
        await _target.FlushAsync(ct);
    }

    public override ValueTask DisposeAsync()
    {
        // A file that was given up ends nowhere: what the archive still writes then stays in memory.
        if (_sheet is not null)
        {
            _sheet.Dispose();
            _zip.Dispose();
        }

        return _passing.DisposeAsync();
    }

    private async ValueTask Flush(CancellationToken ct)
    {
        _sheet!.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
        await _passing.MoveTo(_target, ct);
    }
}
