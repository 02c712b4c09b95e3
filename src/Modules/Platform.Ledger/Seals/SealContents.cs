using System.Globalization;

namespace Platform.Ledger.Seals;

/// <summary>Rows of one table under a seal: how many, and the SHA-256 of their text.</summary>
public sealed record SealedRows(long Rows, string Digest);

/// <summary>
/// What a seal says of each table, as text that an auditor can read: <c>table rows digest</c>, line by line. A table that became sealed later is
/// not in earlier seals; one that is sealed is in each of them, with 0 rows if need be.
/// </summary>
internal static class SealContents
{
    public static string Of(IEnumerable<(string Table, SealedRows Rows)> tables) =>
        string.Join('\n', tables.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Table} {t.Rows.Rows} {t.Rows.Digest}")));

    /// <summary>Empty where the text is not one of ours; the keyed hash says so, too.</summary>
    public static Dictionary<string, SealedRows> Parse(string contents)
    {
        var found = new Dictionary<string, SealedRows>(StringComparer.Ordinal);
        foreach (var line in contents.Split('\n'))
        {
            if (line.Split(' ') is [var table, var rows, var digest] && long.TryParse(rows, CultureInfo.InvariantCulture, out var count))
            {
                found[table] = new SealedRows(count, digest);
            }
        }

        return found;
    }
}
