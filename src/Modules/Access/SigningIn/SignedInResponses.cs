using System.Collections.Frozen;

namespace Access.SigningIn;

/// <summary>Get the signed-in operator.</summary>
/// <param name="Id">The operator's id. <example>7293847293847</example></param>
/// <param name="Login">The login name, lower case. <example>wang</example></param>
/// <param name="Name">The person's name. <example>王芳</example></param>
public sealed record SignedInOperator(string Id, string Login, string Name);

/// <summary>The operator's branch.</summary>
/// <param name="Id">The branch's id. <example>1</example></param>
/// <param name="Code">8 digits. <example>10000000</example></param>
/// <param name="Name">The branch's name. <example>总部</example></param>
public sealed record SignedInBranch(string Id, string Code, string Name);

/// <summary>A module with the functions that the operator may use.</summary>
/// <param name="Module">A stable name. <example>Access</example></param>
/// <param name="Functions">The functions, at least one.</param>
public sealed record AllowedModule(string Module, IReadOnlyList<AllowedFunction> Functions)
{
    internal static IReadOnlyList<AllowedModule> Of(IReadOnlyList<Right> all, FrozenSet<string> held) =>
        [
            .. all.Where(r => held.Contains(r.Name))
                .GroupBy(r => r.Module)
                .Select(m => new AllowedModule(m.Key, [.. m.Select(AllowedFunction.Of)])),
        ];
}

/// <summary>A function that the operator may use.</summary>
/// <param name="Name">The right's stable name. <example>access.administer</example></param>
/// <param name="Title">The name in the language of the request. <example>网点与操作员管理</example></param>
public sealed record AllowedFunction(string Name, string Title)
{
    internal static AllowedFunction Of(Right right) => new(right.Name, Language.IsChinese ? right.Zh : right.En);
}
