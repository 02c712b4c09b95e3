using Access.Roles;
using Platform.Approvals;

namespace Access.Operators;

/// <summary>What of administration a second administrator approves (PL-01.12).</summary>
internal static class AdministratorActions
{
    public static readonly ApprovalAction CreateRole = new(
        "create-role",
        "Create a role with rights to move money",
        "新建含资金权限的角色"
    );
    public static readonly ApprovalAction EditRole = new("edit-role", "Change the rights of a role", "修改角色权限");
    public static readonly ApprovalAction CreateOperator = new(
        "create-operator",
        "Create an operator with rights to move money",
        "新建有资金权限的操作员"
    );
    public static readonly ApprovalAction EditOperator = new("edit-operator", "Change the rights of an operator", "修改操作员权限");
    public static readonly ApprovalAction ResetPassword = new(
        "reset-password",
        "Reset the password of an operator with rights to move money",
        "重置有资金权限的操作员密码"
    );

    public static readonly ApprovalAction CreateApplication = new(
        "create-application",
        "Register an application with rights to move money",
        "登记有资金权限的应用"
    );
    public static readonly ApprovalAction EditApplication = new(
        "edit-application",
        "Change the scopes of an application",
        "修改应用权限范围"
    );
    public static readonly ApprovalAction AddApplicationSecret = new(
        "add-application-secret",
        "Add a secret to an application with rights to move money",
        "为有资金权限的应用新增密钥"
    );

    public static ApprovalFact Application(string name, string clientId, string branchCode) =>
        new("Application", "应用", $"{name} ({branchCode} {clientId})");

    public static ApprovalFact Role(string name, string branchCode) => new("Role", "角色", $"{name} ({branchCode})");

    public static ApprovalFact Operator(string name, string login, string branchCode) =>
        new("Operator", "操作员", $"{name} ({branchCode} {login})");
}
