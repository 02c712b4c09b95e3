using Platform;

namespace Issuance;

/// <summary>The rights of the module, one per function.</summary>
public static class IssuanceRights
{
    public static readonly Right OpenPersonalSingle = new(
        "issuance.open-personal-single",
        "issuance",
        "Open and issue: personal single-user",
        "个人单用户开户发卡"
    );
    public static readonly Right RestrictCard = new("issuance.restrict-card", "issuance", "Restrict a card", "添加限制信息");
    public static readonly Right ShowCustomer = new("issuance.show-customer", "issuance", "Show a customer", "客户信息查询");

    public static readonly IReadOnlyList<Right> All = [OpenPersonalSingle, RestrictCard, ShowCustomer];
}
