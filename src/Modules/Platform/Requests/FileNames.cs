using System.Globalization;
using System.Text;

namespace Platform.Requests;

/// <summary>Names of files that callers gave and other callers get.</summary>
public static class FileNames
{
    /// <summary>
    /// The name alone, without folders and without what a system gives a meaning to, or what turns the reading direction and so hides the ending;
    /// null when nothing is left of it.
    /// </summary>
    public static string? Safe(string? given)
    {
        var name = (given ?? "").Split('/', '\\')[^1];
        var safe = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            var kind = CharUnicodeInfo.GetUnicodeCategory(c);
            var meant = c is ':' or '*' or '?' or '"' or '<' or '>' or '|' || kind is UnicodeCategory.Control or UnicodeCategory.Format;
            safe.Append(meant ? '_' : c);
        }

        var trimmed = safe.ToString().Trim(' ', '.');
        return trimmed.Length == 0 ? null : trimmed;
    }
}
