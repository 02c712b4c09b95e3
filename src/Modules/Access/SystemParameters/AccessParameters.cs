using Platform.Parameters;

namespace Access.SystemParameters;

/// <summary>The parameters of signing in.</summary>
internal static class AccessParameters
{
    public static readonly Parameter PasswordTries = new(
        "password-tries",
        ParameterUnit.Count,
        3,
        1,
        10,
        "Wrong passwords in a row that lock",
        "密码连续输错锁定次数"
    );
    public static readonly Parameter PasswordValidDays = new(
        "password-valid-days",
        ParameterUnit.Days,
        90,
        1,
        3650,
        "Days a password is valid",
        "密码有效天数"
    );
    public static readonly Parameter ShowTriesLeft = new(
        "show-tries-left",
        ParameterUnit.Switch,
        0,
        0,
        1,
        "Say how many tries are left",
        "提示剩余尝试次数"
    );
    public static readonly Parameter FirstPasswordValidDays = new(
        "first-password-valid-days",
        ParameterUnit.Days,
        3,
        1,
        30,
        "Days in which a first or reset password must be changed",
        "初始或重置密码须修改的天数"
    );
    public static readonly Parameter SessionsPerOperator = new(
        "sessions-per-operator",
        ParameterUnit.Count,
        5,
        1,
        50,
        "Sessions an operator may have at once",
        "每名操作员同时登录数上限"
    );

    public static readonly IReadOnlyList<Parameter> All =
    [
        PasswordTries,
        PasswordValidDays,
        ShowTriesLeft,
        FirstPasswordValidDays,
        SessionsPerOperator,
    ];
}
