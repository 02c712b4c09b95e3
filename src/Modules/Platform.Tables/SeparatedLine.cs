using System.Text;

namespace Platform.Tables;

/// <summary>
/// One line of separated cells, quoted as in RFC 4180: a cell with the separator or a quotation mark stands in quotation marks, which are doubled
/// inside.
/// </summary>
internal static class SeparatedLine
{
    private const char Quote = '"';

    public static void Split(string line, char separator, List<string> cells, Action bad)
    {
        var at = 0;
        while (true)
        {
            at =
                at < line.Length && line[at] == Quote
                    ? Quoted(line, at + 1, separator, cells, bad)
                    : Plain(line, at, separator, cells, bad);
            if (at >= line.Length)
            {
                return;
            }

            // On a separator: another cell follows, be it empty.
            at++;
        }
    }

    /// <summary>Writes the cell so that <see cref="Split"/> gives it back. What would end the line becomes a space.</summary>
    public static void Append(StringBuilder line, string cell, char separator)
    {
        var oneLine = cell.AsSpan().ContainsAny('\r', '\n') ? cell.ReplaceLineEndings(" ") : cell;
        if (!oneLine.AsSpan().ContainsAny(separator, Quote) && !oneLine.StartsWith(' ') && !oneLine.EndsWith(' '))
        {
            line.Append(oneLine);
            return;
        }

        line.Append(Quote).Append(oneLine.Replace("\"", "\"\"", StringComparison.Ordinal)).Append(Quote);
    }

    private static int Plain(string line, int start, char separator, List<string> cells, Action bad)
    {
        var end = line.IndexOf(separator, start);
        end = end < 0 ? line.Length : end;
        var cell = line[start..end];
        if (cell.Contains(Quote, StringComparison.Ordinal))
        {
            cells.Add("");
            bad();
        }
        else
        {
            cells.Add(cell);
        }

        return end;
    }

    private static int Quoted(string line, int start, char separator, List<string> cells, Action bad)
    {
        var at = start;
        while (true)
        {
            at = line.IndexOf(Quote, at);
            if (at < 0)
            {
                cells.Add("");
                bad();
                return line.Length;
            }

            if (at + 1 >= line.Length || line[at + 1] == separator)
            {
                cells.Add(line[start..at].Replace("\"\"", "\"", StringComparison.Ordinal));
                return at + 1;
            }

            if (line[at + 1] != Quote)
            {
                cells.Add("");
                bad();
                return line.Length;
            }

            at += 2;
        }
    }
}
