using System.Globalization;

namespace Platform.Languages;

/// <summary>How numbers and times stand on paper.</summary>
public static class Figures
{
    private static readonly TimeSpan s_china = TimeSpan.FromHours(8);

    /// <summary>Fen as yuan with two decimals and thousands: <c>1,234.56</c>.</summary>
    public static string Yuan(long fen)
    {
        // Not by a division into decimal or double: the digits are the integer's own.
        var sign = fen < 0 ? "-" : "";
        var (yuan, rest) = Math.DivRem(fen < 0 ? (ulong)-(fen + 1) + 1 : (ulong)fen, 100UL);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{yuan:N0}.{rest:D2}");
    }

    /// <summary>Fen as yuan with two decimals and no thousands, as tables for machines have it: <c>1234.56</c>.</summary>
    public static string PlainYuan(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    public static string Points(long points) => points.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An instant in China Standard Time, which has no summer time: <c>2026-11-22 14:03:07</c>.</summary>
    public static string Time(DateTime utc) =>
        new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc))
            .ToOffset(s_china)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A card number in fours.</summary>
    public static string Card(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return string.Join(' ', number.Chunk(4).Select(four => new string(four)));
    }
}
