namespace Access.Roles;

/// <summary>A role.</summary>
/// <param name="Id">The role's id. <example>1</example></param>
/// <param name="BranchCode">The role's branch. The role serves this branch and those below it. <example>10000000</example></param>
/// <param name="Name">1 to 40 characters, unique at its branch. <example>administrator</example></param>
/// <param name="AllRights">The role has all rights, including rights of later versions.</param>
/// <param name="Rights">Names of the rights, unless the role has all rights.</param>
/// <param name="Version">The version. Send it in If-Match as the ETag <c>"version"</c>.</param>
public sealed record RoleItem(string Id, string BranchCode, string Name, bool AllRights, IReadOnlyList<string> Rights, int Version)
    : IVersionedResponse
{
    internal static RoleItem Of(Role r, string branchCode) => new(IdText.Of(r.Id), branchCode, r.Name, r.AllRights, r.Rights, r.Version);
}

/// <summary>A right that roles can have.</summary>
/// <param name="Name">A stable name. <example>access.administer</example></param>
/// <param name="Module">The module of the right. <example>Access</example></param>
/// <param name="Title">The name in the language of the request.</param>
public sealed record RightItem(string Name, string Module, string Title);

/// <summary>All rights.</summary>
/// <param name="Items">In the order of the modules.</param>
public sealed record RightList(IReadOnlyList<RightItem> Items);
