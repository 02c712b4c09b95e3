using Microsoft.AspNetCore.Builder;

namespace Access.SigningIn;

/// <summary>One answer for a wrong password, an unknown login, a locked password and a closed account (PL-01.2).</summary>
/// <param name="TriesLeft">Only for an existing login, and only where the parameter show-tries-left says so.</param>
public sealed record SignInFailed(int? TriesLeft)
    : Refusal(
        "sign-in-failed",
        401,
        "Branch, login or password is wrong, or the password is locked.",
        "网点、登录名或密码错误，或密码已被锁定。"
    );

/// <summary>The new password is one that guessers try first, or holds the login or the branch code (PL-01.6).</summary>
public sealed record PasswordTooCommon()
    : Refusal(
        "password-too-common",
        422,
        "This password is too easy to guess; choose another one.",
        "该密码过于常见或包含登录名、网点代码，请更换。"
    );

/// <summary>The password is right and too old, or was set by somebody else; only changing it is left (PL-01.4).</summary>
public sealed record PasswordExpired()
    : Refusal("password-expired", 403, "The password has expired; change it, then sign in.", "密码已过期，请先修改密码再登录。");

/// <summary>What every route that takes a password can say.</summary>
internal static class PasswordRoutes
{
    public static RouteHandlerBuilder TriesPasswords(this RouteHandlerBuilder route) =>
        route.Refuses(typeof(TooManyRequests), typeof(SignInThrottled), typeof(SignInBusy), typeof(ValidationFailed));
}
