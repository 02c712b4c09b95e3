namespace Platform.Cards.Cryptography;

/// <summary>Date and time as cards take them: date4 ‖ time3, binary coded decimal, local time of the branch.</summary>
public static class CardTime
{
    /// <summary>Length of date and time in bytes.</summary>
    public const int Size = 7;

    /// <summary>Length of a terminal number in bytes.</summary>
    public const int TerminalLength = 6;

    /// <summary>Encodes a local time to the second.</summary>
    public static byte[] Encode(DateTime local)
    {
        var digits = local.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
        return Convert.FromHexString(digits);
    }

    /// <summary>Encodes a date (4 bytes).</summary>
    public static byte[] Encode(DateOnly date) =>
        Convert.FromHexString(date.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Decodes a date, or null when the four bytes are none (a blank card has zeros there).</summary>
    public static DateOnly? DecodeDate(ReadOnlySpan<byte> date) =>
        DateOnly.TryParseExact(
            Convert.ToHexString(date),
            "yyyyMMdd",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None,
            out var decoded
        )
            ? decoded
            : null;
}
