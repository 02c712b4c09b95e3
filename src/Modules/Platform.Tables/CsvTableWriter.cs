using System.Buffers;
using System.Text;

namespace Platform.Tables;

/// <summary>
/// CSV as RFC 4180 says, with a byte order mark, without which Excel takes Chinese for something else. A text that a spreadsheet would take for a
/// formula gets an apostrophe in front (FC-43.2): an export must not run what somebody typed as a customer's name. One that it would take for a
/// number and change (over 15 digits, a zero in front, an exponent) gets a tab behind, which no sheet shows: a serial number has 20 digits.
/// </summary>
internal sealed class CsvTableWriter : TextTableWriter
{
    private static readonly SearchValues<char> s_starts = SearchValues.Create("=+-@\t\r\n＝＋－＠");
    private static readonly SearchValues<char> s_quoted = SearchValues.Create("\",\r\n\t");
    private const int DigitsKept = 15;

    public CsvTableWriter(Stream target)
        : base(target, Encoding.UTF8) { }

    /// <summary>The text as it stands in the file.</summary>
    internal static string Cell(string text)
    {
        var safe = text.Length > 0 && s_starts.Contains(text[0]) ? $"'{text}" : text;
        safe = WouldChange(safe) ? $"{safe}\t" : safe;
        return safe.AsSpan().ContainsAny(s_quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static bool WouldChange(string text)
    {
        var exponent = text.AsSpan().IndexOfAny('e', 'E');
        var digits = exponent > 0 ? text.AsSpan(0, exponent) : text;
        return !digits.IsEmpty
            && !digits.ContainsAnyExceptInRange('0', '9')
            && (exponent > 0 ? IsPower(text.AsSpan(exponent + 1)) : text.Length > DigitsKept || (text.Length > 1 && text[0] == '0'));
    }

    private static bool IsPower(ReadOnlySpan<char> text)
    {
        var power = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        return !power.IsEmpty && !power.ContainsAnyExceptInRange('0', '9');
    }

    protected override void AppendStart(StringBuilder text) => text.Append('\ufeff');

    protected override void AppendRow(StringBuilder text, IReadOnlyList<TableCell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            text.Append(cells[i].Kind == TableCellKind.Text ? Cell(Words(cells[i])) : Words(cells[i]));
        }

        text.Append("\r\n");
    }
}
