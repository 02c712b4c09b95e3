namespace Platform.Persistence;

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
