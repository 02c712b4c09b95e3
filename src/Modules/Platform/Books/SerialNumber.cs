using System.Globalization;

namespace Platform;

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

/// <summary>The check digit of card and serial numbers (ISO/IEC 7812-1, annex B).</summary>
public static class Luhn
{
    public static char CheckDigit(ReadOnlySpan<char> digits) => (char)('0' + ((10 - (Sum(digits, doubleLast: true) % 10)) % 10));

    public static bool IsValid(ReadOnlySpan<char> digitsWithCheck) =>
        Sum(digitsWithCheck, doubleLast: false) is >= 0 and var sum && sum % 10 == 0;

    /// <summary>-1 when something is no digit.</summary>
    private static int Sum(ReadOnlySpan<char> digits, bool doubleLast)
    {
        var sum = 0;
        var twice = doubleLast;
        for (var i = digits.Length - 1; i >= 0; i--, twice = !twice)
        {
            var digit = digits[i] - '0';
            if (digit is < 0 or > 9)
            {
                return -1;
            }

            var value = twice ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
        }

        return sum;
    }
}
