namespace Access.Branches;

/// <summary>A branch.</summary>
/// <param name="Id">The branch's id. <example>1</example></param>
/// <param name="Code">8 digits; never changes. <example>10000000</example></param>
/// <param name="Name">1 to 60 characters. <example>总部</example></param>
/// <param name="Level">The branch's level.</param>
/// <param name="ParentId">The parent branch; null for headquarters.</param>
/// <param name="Active">A closed branch's operators cannot sign in.</param>
/// <param name="Networks">Networks from which the branch's operators can sign in (CIDR). An empty list allows every network.</param>
/// <param name="Version">The version. Send it in If-Match as the ETag <c>"version"</c>.</param>
public sealed record BranchItem(
    string Id,
    string Code,
    string Name,
    BranchLevel Level,
    string? ParentId,
    bool Active,
    IReadOnlyList<string> Networks,
    int Version
) : IVersionedResponse
{
    internal static BranchItem Of(Branch b) =>
        new(
            IdText.Of(b.Id),
            b.Code,
            b.Name,
            b.Level,
            b.ParentId is { } p ? IdText.Of(p) : null,
            b.Active,
            BranchNetworks.Split(b.Networks),
            b.Version
        );
}
