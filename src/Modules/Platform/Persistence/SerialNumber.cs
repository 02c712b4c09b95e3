using System.Globalization;
using Platform.Requests;

namespace Platform.Persistence;

/// <summary>
/// 业务流水号: the number printed on every document, by which a transaction is found again (PL-03.4). It is the transaction's id in 19 digits and a Luhn
/// check digit, so that it needs no column and no counter that bookings would queue for, and a mistyped one is noticed.
/// </summary>
public static class SerialNumber
{
    public const int Length = 20;

    public static string Of(long transactionId)
    {
        var digits = transactionId.ToString("D19", CultureInfo.InvariantCulture);
        return digits + Luhn.CheckDigit(digits);
    }

    /// <summary>The transaction's id, or null when the text is no serial number.</summary>
    public static long? Parse(string? text) =>
        text is { Length: Length }
        && Luhn.IsValid(text)
        && long.TryParse(text.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
