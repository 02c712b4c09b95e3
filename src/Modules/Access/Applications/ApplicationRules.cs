using FluentValidation;

namespace Access.Applications;

/// <summary>Rules that several slices about applications share.</summary>
internal static class ApplicationRules
{
    public static void ClientId<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches("^[a-z][a-z0-9-]{2,31}$")
            .WithErrorCode("client-id")
            .WithMessage(
                "A client id has 3 to 32 lower-case letters, digits and hyphens, and begins with a letter.",
                "客户端标识为 3 至 32 位小写字母、数字或连字符，以字母开头。"
            );

    public static void Channel<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches("^[a-z][a-z0-9-]{1,31}$")
            .WithErrorCode("channel")
            .WithMessage(
                "A channel has 2 to 32 lower-case letters, digits and hyphens, and begins with a letter.",
                "渠道为 2 至 32 位小写字母、数字或连字符，以字母开头。"
            );

    public static void Scopes<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) =>
        rule.NotNull().SetValidator(ListRules.Of<T, string>(1, Application.MostScopes));
}
