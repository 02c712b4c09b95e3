using System.Globalization;

namespace Billing.TopUps.Statements;

/// <summary>A line of a carrier's statement.</summary>
internal sealed record StatementLine(string Id, long Amount, bool Done);

/// <summary>
/// A carrier's statement of a day: a header with count and credit, the lines, and END. One that is cut off or miscounted is none.
/// </summary>
internal sealed record CarrierStatement(long Credit, IReadOnlyDictionary<string, StatementLine> Lines)
{
    public const int MostBytes = 32 * 1024 * 1024;
    public const int MostLines = 200_000;

    /// <summary>Null where the text is not a whole statement of this carrier and day.</summary>
    public static CarrierStatement? Parse(string text, string carrier, DateOnly day)
    {
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (
            rows.Length < 2
            || rows.Length > MostLines + 2
            || rows[^1] != "END"
            || rows[0].Split('|') is not ["STATEMENT", var of, var date, var count, var credit]
            || of != carrier
            || date != day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            || Whole(count) != rows.Length - 2
            || Whole(credit) is not { } left
        )
        {
            return null;
        }

        var lines = new Dictionary<string, StatementLine>(StringComparer.Ordinal);
        foreach (var row in rows.Skip(1).SkipLast(1))
        {
            if (
                row.Split('|')
                    is not [{ Length: >= 1 and <= TopUpLimits.Serial } id, _, _, var amount, ("done" or "reversed") and var state, _]
                || Whole(amount) is not { } fen
                || !lines.TryAdd(id, new StatementLine(id, fen, state == "done"))
            )
            {
                return null;
            }
        }

        return new CarrierStatement(left, lines);
    }

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
