using System.Text.RegularExpressions;

namespace Billing.Electricity.Numbers;

/// <summary>The check that a supply company's customer numbers carry in their last digit.</summary>
public enum CustomerNumberCheck
{
    /// <summary>No check digit.</summary>
    None,

    /// <summary>Luhn (ISO/IEC 7812-1).</summary>
    Luhn,

    /// <summary>ISO 7064, MOD 11,10.</summary>
    Mod11And10,
}

/// <summary>The forms of the numbers of this business.</summary>
internal static partial class ElectricityNumbers
{
    public const int BankNumberLength = 12;
    public const int InvoiceCodeLength = 12;
    public const int InvoiceNumberLength = 8;
    public const int AccountLength = 19;

    public static bool IsMerchant(string number) => Digits(number, 4, 4);

    public static bool IsUnit(string number) => Digits(number, 5, 9);

    /// <summary>机构号 of the bank.</summary>
    public static bool IsInstitution(string number) => Digits(number, 9, 9);

    public static bool IsTeller(string number) => Tellers().IsMatch(number);

    public static bool IsWorkstation(string number) => Workstations().IsMatch(number);

    /// <summary>A payer's account: 19 digits.</summary>
    public static bool IsAccount(string number) => Digits(number, AccountLength, AccountLength);

    /// <summary>联行号: 12 digits, the last a check digit by ISO 7064, MOD 11,10.</summary>
    public static bool IsBankNumber(string number) =>
        Digits(number, BankNumberLength, BankNumberLength) && Mod11And10(number.AsSpan(0, BankNumberLength - 1)) == number[^1];

    public static bool IsInvoiceCode(string code) => Digits(code, InvoiceCodeLength, InvoiceCodeLength);

    public static bool IsInvoiceNumber(string number) => Digits(number, InvoiceNumberLength, InvoiceNumberLength);

    /// <summary>Is it one of the lengths that the supply company gives out, with the check digit that it gives them?</summary>
    public static bool IsCustomer(string number, IReadOnlyList<int> lengths, CustomerNumberCheck check)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(lengths);
        return lengths.Contains(number.Length)
            && number.All(char.IsAsciiDigit)
            && check switch
            {
                CustomerNumberCheck.Luhn => Luhn.IsValid(number),
                CustomerNumberCheck.Mod11And10 => Mod11And10(number.AsSpan(0, number.Length - 1)) == number[^1],
                _ => true,
            };
    }

    /// <summary>The check digit of ISO 7064, MOD 11,10.</summary>
    public static char Mod11And10(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits)
        {
            var sum = (product + (digit - '0')) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (char)('0' + ((11 - product) % 10));
    }

    private static bool Digits(string number, int least, int most) =>
        number is not null && number.Length >= least && number.Length <= most && number.All(char.IsAsciiDigit);

    [GeneratedRegex("^[0-9]{9}-[0-9]{3}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tellers();

    [GeneratedRegex("^[0-9]{9}-[A-Z]-[0-9]{2}-[0-9]{3}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Workstations();
}
