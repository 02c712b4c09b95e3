namespace Access;

/// <summary>The rights of this module. Each is bound to the operator's own branch and those below it.</summary>
public static class AccessRights
{
    /// <summary>Manage branches, operators, roles and parameters of the own branch and below (PL-01.10).</summary>
    public static readonly Right Administer = new("access.administer", "Access", "Administer branches and operators", "网点与操作员管理")
    {
        PeopleOnly = true,
    };

    /// <summary>Approve what another operator of the same branch asks for (PL-02).</summary>
    public static readonly Right Approve = new("approve", "Access", "Approve operations", "复核授权") { PeopleOnly = true };

    /// <summary>See certificate numbers and phones whole (PL-06.9).</summary>
    public static readonly Right SeePersonalData = new(
        "access.see-personal-data",
        "Access",
        "See unmasked personal data",
        "查看完整个人信息"
    );

    /// <summary>Read and export the audit trail of the own branch and below (PL-06.32).</summary>
    public static readonly Right ReadAuditTrail = new("access.read-audit-trail", "Access", "Read the audit trail", "查看审计记录")
    {
        PeopleOnly = true,
    };

    /// <summary>Does it move money, approve, or look into what other modules keep? All but what this module itself administers (PL-01.12).</summary>
    internal static bool IsSensitive(string name) => name != Administer.Name && name != SeePersonalData.Name;

    internal static readonly IReadOnlyList<Right> All = [Administer, Approve, SeePersonalData, ReadAuditTrail];
}

/// <summary>The operation is bound to the operator's own branch, or to it and those below; this branch is neither (PL-01.8).</summary>
public sealed record BranchOutOfReach()
    : Refusal("branch-out-of-reach", 403, "Your branch may not act for that branch.", "本网点无权办理该网点的业务。");
