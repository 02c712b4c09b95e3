using System.Text;

namespace Platform.Tables;

/// <summary>
/// Whether a number format shows a number as it is (FC-20.6): one that hides it, shows it rounded, in thousands or as a percentage lets a person see
/// another figure than a program reads.
/// </summary>
internal static class ShownNumbers
{
    /// <param name="format">As the workbook has it; null or General shows what there is.</param>
    /// <param name="number">Not negative, as plain decimal text: a negative one is no amount anyway.</param>
    public static bool AsTheyAre(string? format, string number)
    {
        if (format is null or "" or "@" || format.Contains("General", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (Bare(format) is not { } shown || shown.AsSpan().ContainsAny('%', '/'))
        {
            return false;
        }

        var last = shown.AsSpan().LastIndexOfAny('0', '#', '?');
        if (last < 0 || shown.AsSpan(last + 1).Contains(','))
        {
            return false;
        }

        var (point, decimals) = (shown.IndexOf('.', StringComparison.Ordinal), number.IndexOf('.', StringComparison.Ordinal));
        var places = point < 0 ? 0 : shown.AsSpan(point).Count('0') + shown.AsSpan(point).Count('#') + shown.AsSpan(point).Count('?');
        return shown.Contains('E', StringComparison.OrdinalIgnoreCase) || decimals < 0 || number.Length - decimals - 1 <= places;
    }

    /// <summary>
    /// The section for positive numbers, without literal text, colours and fillers; null where a condition chooses the section, or the text has
    /// digits.
    /// </summary>
    private static string? Bare(string format)
    {
        var shown = new StringBuilder(format.Length);
        for (var i = 0; i < format.Length && format[i] != ';'; i++)
        {
            switch (format[i])
            {
                case '"' or '[':
                    var end = format.IndexOf(format[i] == '[' ? ']' : '"', i + 1);
                    end = end < 0 ? format.Length : end;
                    var inside = format.AsSpan(i, end - i);
                    if (format[i] == '[' ? inside.ContainsAny('<', '>', '=') : inside.ContainsAnyInRange('0', '9'))
                    {
                        return null;
                    }

                    i = end;
                    break;
                case '\\' when i + 1 < format.Length && char.IsAsciiDigit(format[i + 1]):
                    return null;
                case '\\' or '_' or '*':
                    i++;
                    break;
                default:
                    shown.Append(format[i]);
                    break;
            }
        }

        return shown.ToString();
    }
}
