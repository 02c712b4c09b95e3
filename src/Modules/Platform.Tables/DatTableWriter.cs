using System.Text;

namespace Platform.Tables;

/// <summary>
/// A .dat in a given layout. What the layout cannot hold (a line's end in a cell) becomes a space; a text too long for its fixed column is a mistake
/// of the caller and thrown, for a line cut short or moved would be read as another one.
/// </summary>
internal sealed class DatTableWriter(Stream target, DatLayout layout, IReadOnlyList<int> fixedWidths)
    : TextTableWriter(target, DatText.Strict(layout.Encoding))
{
    private readonly Encoding _encoding = DatText.Strict(layout.Encoding);

    protected override void AppendStart(StringBuilder text)
    {
        if (layout.Encoding == DatEncoding.Utf8Bom)
        {
            text.Append('\ufeff');
        }
    }

    protected override void AppendRow(StringBuilder text, IReadOnlyList<TableCell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var last = i == cells.Count - 1;
            if (layout.Separator is { } separator)
            {
                SeparatedLine.Append(text, Words(cells[i]), separator);
                text.Append(last ? "" : separator.ToString());
            }
            else
            {
                AppendFixed(text, Words(cells[i]).ReplaceLineEndings(" "), i, last);
            }
        }

        text.Append(layout.CarriageReturn ? "\r\n" : "\n");
    }

    private void AppendFixed(StringBuilder text, string cell, int column, bool last)
    {
        var missing = fixedWidths[column] - _encoding.GetByteCount(cell);
        if (missing < 0 && column < fixedWidths.Count - 1)
        {
            throw new InvalidOperationException(
                $"Column {column + 1} holds {fixedWidths[column]} bytes, {-missing} fewer than the text has."
            );
        }

        text.Append(cell).Append(' ', last ? 0 : Math.Max(missing, 0));
    }
}
