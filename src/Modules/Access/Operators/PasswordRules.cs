using FluentValidation;

namespace Access.Operators;

/// <summary>What a new password must look like (PL-01.6).</summary>
public static class PasswordRules
{
    public const int MinLength = 8;
    public const int MaxLength = 12;

    /// <summary>The longest that is taken as an old password, before it is hashed.</summary>
    internal const int MaxTyped = 128;

    /// <summary>8 to 12 characters, at least one digit and one letter.</summary>
    public static bool IsAcceptable(string? password) =>
        password is { Length: >= MinLength and <= MaxLength }
        && password.Any(char.IsAsciiDigit)
        && password.Any(char.IsAsciiLetter)
        && !password.Any(char.IsControl);

    internal static IRuleBuilderOptions<T, string> NewPassword<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsAcceptable)
            .WithErrorCode("password-rule")
            .WithMessage(_ =>
                Platform.Problems.Language.IsChinese
                    ? "密码须为 8 至 12 位，至少含一个数字和一个字母。"
                    : "A password has 8 to 12 characters, at least one digit and one letter."
            );

    internal static IRuleBuilderOptions<T, string> Login<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().MaximumLength(Operator.LoginLength);

    internal static IRuleBuilderOptions<T, string> TypedPassword<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().MaximumLength(MaxTyped);
}
