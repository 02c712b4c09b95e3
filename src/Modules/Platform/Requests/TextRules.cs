using FluentValidation;
using FluentValidation.Validators;
using Platform.Persistence;
using Platform.Problems;

namespace Platform.Requests;

/// <summary>Rules that many slices share. What no text may have is said by <see cref="Platform.Requests.PlainText"/> alone.</summary>
public static class TextRules
{
    private const int CardNumberLength = 16;
    private const int CustomerCodeLength = 10;

    /// <summary>A card number: 16 digits with a right check digit.</summary>
    public static IRuleBuilderOptions<T, string> CardNumber<T>(this IRuleBuilder<T, string> rule) =>
        rule.SetValidator(new CheckedNumber<T>("CardNumber", CardNumberLength));

    /// <summary>A customer code: ten digits with a right check digit.</summary>
    public static IRuleBuilderOptions<T, string> CustomerCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.SetValidator(new CheckedNumber<T>("CustomerCode", CustomerCodeLength));

    /// <summary>A serial number of a transaction: 20 digits with a right check digit.</summary>
    public static IRuleBuilderOptions<T, string> SerialNumber<T>(this IRuleBuilder<T, string> rule) =>
        rule.SetValidator(new CheckedNumber<T>("SerialNumber", Platform.Persistence.SerialNumber.Length));

    /// <summary>A branch's code: eight digits; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> BranchCode<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches("^[0-9]{8}$").WithErrorCode("branch-code");

    /// <summary>An id of ours in a body: 1 to 19 digits; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> IdText<T>(this IRuleBuilder<T, string?> rule) => rule.Matches("^[0-9]{1,19}$");

    /// <summary>The number of a certificate: 5 to 30 letters, digits, brackets and hyphens; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> CertificateNumber<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Length(5, 30).Matches("^[0-9A-Za-z()-]+$");

    /// <summary>The name of one of the values, as JSON writes it; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> NameOf<T, TEnum>(this IRuleBuilder<T, string?> rule)
        where TEnum : struct, Enum => rule.Matches($"^({string.Join('|', Enum.GetValues<TEnum>().Select(Json.Name))})$");

    /// <summary>What is wrong, in the language of the request.</summary>
    public static IRuleBuilderOptions<T, TProperty> WithMessage<T, TProperty>(
        this IRuleBuilderOptions<T, TProperty> rule,
        string en,
        string zh
    ) => rule.WithMessage(_ => Language.IsChinese ? zh : en);

    /// <summary>Text of 1 to <paramref name="max"/> characters without control characters; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.SetValidator(new PlainTextValidator<T>(max));

    /// <summary>The description reads <see cref="IRegularExpressionValidator"/>: so it says how many digits.</summary>
    private sealed class CheckedNumber<T>(string name, int length) : PropertyValidator<T, string>, IRegularExpressionValidator
    {
        public override string Name => name;

        public string Expression => $"^[0-9]{{{length}}}$";

        public override bool IsValid(ValidationContext<T> context, string value) =>
            value is not null
            && value.Length == length
            && Luhn.IsValid(value)
            && (name != "SerialNumber" || Platform.Persistence.SerialNumber.Parse(value) is not null);

        protected override string GetDefaultMessageTemplate(string errorCode) =>
            Language.IsChinese ? $"须为 {length} 位数字，末位为校验码。" : $"{length} digits, the last a check digit.";
    }

    private sealed class PlainTextValidator<T>(int max) : PropertyValidator<T, string?>, ILengthValidator
    {
        public override string Name => "PlainText";

        public int Min => 1;

        public int Max => max;

        public override bool IsValid(ValidationContext<T> context, string? value) =>
            value is null || (value.Length >= 1 && value.Length <= max && Platform.Requests.PlainText.Holds(value));

        protected override string GetDefaultMessageTemplate(string errorCode) =>
            Language.IsChinese ? $"须为 1 至 {max} 个字符，不含控制字符。" : $"1 to {max} characters, no control characters.";
    }
}

/// <summary>How many items a list may have.</summary>
public interface ICountLimit
{
    int Min { get; }

    int Max { get; }
}

/// <summary>A limit on every list: what a request may hold is bounded, and the description says by how much.</summary>
public static class ListRules
{
    /// <summary>From <paramref name="min"/> to <paramref name="max"/> items; null passes.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> Count<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>?> rule,
        int min,
        int max
    ) => rule.SetValidator(Of<T, TItem>(min, max));

    /// <summary>The same as a value, where a rule goes on after it.</summary>
    public static PropertyValidator<T, IReadOnlyList<TItem>?> Of<T, TItem>(int min, int max) => new CountValidator<T, TItem>(min, max);

    private sealed class CountValidator<T, TItem>(int min, int max) : PropertyValidator<T, IReadOnlyList<TItem>?>, ICountLimit
    {
        public override string Name => "Count";

        public int Min => min;

        public int Max => max;

        public override bool IsValid(ValidationContext<T> context, IReadOnlyList<TItem>? value) =>
            value is null || (value.Count >= min && value.Count <= max);

        protected override string GetDefaultMessageTemplate(string errorCode) =>
            Language.IsChinese ? $"须为 {min} 至 {max} 项。" : $"{min} to {max} items.";
    }
}
