using FluentValidation;

namespace Platform;

/// <summary>Rules that many slices share. A control character in a text breaks documents and logs, and a NUL breaks PostgreSQL.</summary>
public static class TextRules
{
    /// <summary>A card number: 16 digits with a right check digit.</summary>
    public static IRuleBuilderOptions<T, string> CardNumber<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(n => n is { Length: 16 } && Luhn.IsValid(n))
            .WithErrorCode("CardNumber")
            .WithMessage("16 digits, the last a check digit.");

    /// <summary>A customer code: ten digits with a right check digit.</summary>
    public static IRuleBuilderOptions<T, string> CustomerCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(n => n is { Length: 10 } && Luhn.IsValid(n))
            .WithErrorCode("CustomerCode")
            .WithMessage("10 digits, the last a check digit.");

    /// <summary>A serial number of a transaction: 20 digits with a right check digit.</summary>
    public static IRuleBuilderOptions<T, string> SerialNumber<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(n => Platform.SerialNumber.Parse(n) is not null)
            .WithErrorCode("SerialNumber")
            .WithMessage("20 digits, the last a check digit.");

    /// <summary>Text of 1 to <paramref name="max"/> characters without control characters; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.Must(t => t is null || (t.Length >= 1 && t.Length <= max && !t.Any(char.IsControl)))
            .WithErrorCode("PlainText")
            .WithMessage($"1 to {max} characters, no control characters.");
}
