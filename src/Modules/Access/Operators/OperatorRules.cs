using FluentValidation;

namespace Access.Operators;

/// <summary>Rules that several slices about operators share.</summary>
internal static class OperatorRules
{
    public static void NewLogin<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches("^[A-Za-z0-9._-]{1,32}$")
            .WithErrorCode("login")
            .WithMessage(_ =>
                Language.IsChinese
                    ? "登录名为 1 至 32 位字母、数字、点、下划线或连字符。"
                    : "A login has 1 to 32 letters, digits, dots, underscores or hyphens."
            );

    public static void PersonName<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(Operator.NameLength);

    public static void Phone<T>(this IRuleBuilder<T, string?> rule) => rule.Matches(@"^\+?[0-9][0-9-]{4,18}$").WithErrorCode("phone");

    public static void RoleIds<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) =>
        rule.NotNull()
            .SetValidator(ListRules.Of<T, string>(0, Operator.MaxRoles))
            .Must(ids => ids.All(i => IdText.Parse(i) is not null))
            .WithErrorCode("role-ids");
}
