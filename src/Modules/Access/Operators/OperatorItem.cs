using Platform;

namespace Access;

/// <summary>An operator, as lists show it.</summary>
/// <param name="Id">The operator's id. <example>7293847293847</example></param>
/// <param name="BranchCode">The branch where the operator signs in. <example>10000000</example></param>
/// <param name="Login">Unique at the branch; lower case. <example>wang</example></param>
/// <param name="Name">1 to 40 characters. <example>王芳</example></param>
/// <param name="Phone">All but head and tail masked. <example>138****5678</example></param>
/// <param name="Active">False: cannot sign in.</param>
/// <param name="Locked">True: too many wrong passwords; an administrator unlocks.</param>
/// <param name="MustChangePassword">True: the password was set by somebody else, and must be changed before signing in.</param>
public sealed record OperatorItem(
    string Id,
    string BranchCode,
    string Login,
    string Name,
    string? Phone,
    bool Active,
    bool Locked,
    bool MustChangePassword
);

/// <summary>An operator whole.</summary>
/// <param name="Id">The operator's id. <example>7293847293847</example></param>
/// <param name="BranchCode">The branch where the operator signs in; never changes. <example>10000000</example></param>
/// <param name="Login">Unique at the branch; lower case; never changes. <example>wang</example></param>
/// <param name="Name">1 to 40 characters. <example>王芳</example></param>
/// <param name="Phone">Whole for those with the right to see personal data, else masked. <example>138****5678</example></param>
/// <param name="RoleIds">The roles the operator has.</param>
/// <param name="Active">False: cannot sign in.</param>
/// <param name="Locked">True: too many wrong passwords; an administrator unlocks.</param>
/// <param name="MustChangePassword">True: the password was set by somebody else, and must be changed before signing in.</param>
/// <param name="Version">For If-Match, as the ETag <c>"version"</c>.</param>
public sealed record OperatorDetail(
    string Id,
    string BranchCode,
    string Login,
    string Name,
    string? Phone,
    IReadOnlyList<string> RoleIds,
    bool Active,
    bool Locked,
    bool MustChangePassword,
    int Version
) : IVersionedResponse
{
    internal static OperatorDetail Of(Operator o, Credential c, string branchCode, IEnumerable<long> roles, Caller seenBy) =>
        new(
            IdText.Of(o.Id),
            branchCode,
            o.Login,
            o.Name,
            seenBy.Has(AccessRights.SeePersonalData) ? o.Phone : (o.Phone is null ? null : Mask.Phone(o.Phone)),
            [.. roles.Order().Select(IdText.Of)],
            o.Active,
            c.LockedAt is not null,
            c.MustChange,
            o.Version
        );
}
