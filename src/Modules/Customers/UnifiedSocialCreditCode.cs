namespace Customers;

/// <summary>
/// 统一社会信用代码 (GB 32100-2015): 18 characters without I, O, S, V and Z, the region in digits, the last a check character modulo 31.
/// </summary>
public static class UnifiedSocialCreditCode
{
    private const string Characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Modulus = 31;

    /// <summary>Is it 18 characters of the alphabet, with the region in digits and the right check character?</summary>
    public static bool IsValid(string? code) =>
        code is { Length: 18 }
        && code.All(Characters.Contains)
        && code.AsSpan(2, 6).IndexOfAnyExceptInRange('0', '9') < 0
        && code[17] == CheckCharacter(code.AsSpan(0, 17));

    /// <summary>The check character of the first 17 characters, which must be of the alphabet.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> seventeen)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in seventeen)
        {
            sum += Characters.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % Modulus;
        }

        return Characters[(Modulus - (sum % Modulus)) % Modulus];
    }
}
