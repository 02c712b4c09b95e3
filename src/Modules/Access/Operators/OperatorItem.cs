using Platform.Languages;

namespace Access.Operators;

/// <summary>An operator in a list.</summary>
/// <param name="Id">The operator's id. <example>7293847293847</example></param>
/// <param name="BranchCode">The operator's branch. <example>10000000</example></param>
/// <param name="Login">Unique at the branch; lower case. <example>wang</example></param>
/// <param name="Name">1 to 40 characters. <example>王芳</example></param>
/// <param name="Phone">The phone number, masked except for its first and last digits. <example>138****5678</example></param>
/// <param name="Active">False if the operator is deactivated and cannot sign in.</param>
/// <param name="Locked">True if the password is locked after too many wrong passwords. An administrator unlocks it.</param>
/// <param name="MustChangePassword">True if an administrator set the password. The operator must change it before sign-in.</param>
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

/// <summary>An operator with all details.</summary>
/// <param name="Id">The operator's id. <example>7293847293847</example></param>
/// <param name="BranchCode">The operator's branch. It never changes. <example>10000000</example></param>
/// <param name="Login">Unique at the branch, lower case. It never changes. <example>wang</example></param>
/// <param name="Name">1 to 40 characters. <example>王芳</example></param>
/// <param name="Phone">The phone number, masked unless the caller may see personal data. <example>138****5678</example></param>
/// <param name="RoleIds">The roles the operator has.</param>
/// <param name="Active">False if the operator is deactivated and cannot sign in.</param>
/// <param name="Locked">True if the password is locked after too many wrong passwords. An administrator unlocks it.</param>
/// <param name="MustChangePassword">True if an administrator set the password. The operator must change it before sign-in.</param>
/// <param name="Version">The version. Send it in If-Match as the ETag <c>"version"</c>.</param>
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
