using System.Text;

namespace Platform.Tables;

/// <summary>
/// The rows of a .dat. One line is one row: a cell cannot go on over a line's end, so a stray quotation mark spoils one line and no more.
/// </summary>
internal sealed class DatRows(Stream file, DatLayout layout, TableLimits limits, IReadOnlyList<int> fixedWidths)
{
    private readonly Encoding _encoding = DatText.Strict(layout.Encoding);

    public IEnumerable<TableRow> Read()
    {
        foreach (var (line, bytes, _) in new DatLines(file, DatText.MarkBytes(layout.Encoding), limits).Read())
        {
            var cells = new List<string>();
            var faults = new List<TableFault>();
            if (layout.Separator is { } separator)
            {
                SeparatedLine.Split(
                    _encoding.GetString(bytes.Span),
                    separator,
                    cells,
                    () => faults.Add(TableFaults.Quote(line, cells.Count))
                );
            }
            else
            {
                SplitFixed(bytes.Span, line, cells, faults);
            }

            if (cells.Count > limits.Columns)
            {
                throw new TableRefusedException(TableFaults.TooManyColumns(limits.Columns));
            }

            CheckTexts(line, cells, faults);
            yield return new TableRow(line, cells, faults);
        }
    }

    /// <summary>Widths count bytes; a width that ends inside a character spoils the cells on both sides.</summary>
    private void SplitFixed(ReadOnlySpan<byte> bytes, int line, List<string> cells, List<TableFault> faults)
    {
        for (var i = 0; i < fixedWidths.Count && bytes.Length > 0; i++)
        {
            var width = i == fixedWidths.Count - 1 ? bytes.Length : Math.Min(fixedWidths[i], bytes.Length);
            try
            {
                cells.Add(_encoding.GetString(bytes[..width]).TrimEnd(' '));
            }
            catch (DecoderFallbackException)
            {
                cells.Add("");
                faults.Add(TableFaults.Characters(line, i + 1));
            }

            bytes = bytes[width..];
        }
    }

    private void CheckTexts(int line, List<string> cells, List<TableFault> faults)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var fault = CellTexts.Fault(cells[i], line, i + 1, limits);
            // A carriage return alone is a line's end to some programs: what stands behind it would be seen as a line, and is none.
            fault ??= cells[i].AsSpan().ContainsAny("\r\u2028\u2029") ? TableFaults.Characters(line, i + 1) : null;
            if (fault is not null)
            {
                cells[i] = "";
                faults.Add(fault);
            }
        }
    }
}
