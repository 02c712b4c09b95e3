using System.Globalization;

namespace Customers;

/// <summary>居民身份证号码 (GB 11643-1999): 17 digits with the birth date in the middle, and a check character by ISO 7064 MOD 11-2.</summary>
public static class ResidentIdentity
{
    private const string CheckCharacters = "10X98765432";
    private static readonly int[] s_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Is it 18 characters with a birth date that exists and is past, and the right check character?</summary>
    public static bool IsValid(string? number, DateOnly today) =>
        number is { Length: 18 }
        && number.AsSpan(0, 17).IndexOfAnyExceptInRange('0', '9') < 0
        && number[0] != '0'
        && BirthDate(number) is { } born
        && born < today
        && born.Year >= 1900
        && number[17] == CheckCharacter(number.AsSpan(0, 17));

    /// <summary>The birth date in the number; null when there is no such day.</summary>
    public static DateOnly? BirthDate(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
    }

    /// <summary>The check character of the first 17 digits: 0 to 9 or X.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> seventeen)
    {
        var sum = 0;
        for (var i = 0; i < s_weights.Length; i++)
        {
            sum += (seventeen[i] - '0') * s_weights[i];
        }

        return CheckCharacters[sum % 11];
    }
}
