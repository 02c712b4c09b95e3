using Access;
using Platform;

namespace Api.DemoData;

/// <summary>An operator whom every branch of the demonstration has.</summary>
internal sealed record DemoPerson(string Login, string Password, string Role);

/// <summary>Who works at the branches of the demonstration, and what each may do.</summary>
internal static class DemoPeople
{
    /// <summary>The administrator is there from the first start; amounts of money that he sets need a second operator.</summary>
    public static readonly IReadOnlyList<DemoPerson> AtHeadquarters = [new("approver", "Approver2026", "approver")];

    public static readonly IReadOnlyList<DemoPerson> AtEachBranch =
    [
        new("cashier", "Cashier2026", "cashier"),
        new("approver", "Approver2026", "approver"),
        new("manager", "Manager2026", "manager"),
    ];

    /// <summary>
    /// What a cashier leaves to others: approving, reviewing lists, administering, closing the day, contracts, personal data whole, other
    /// branches.
    /// </summary>
    private static readonly string[] s_notForCashiers =
    [
        AccessRights.Administer.Name,
        AccessRights.Approve.Name,
        AccessRights.SeePersonalData.Name,
        "funding.close-day",
        "funding.edit-contracts",
        "funding.release-recharge-list",
        DocumentRights.PrintAnyBranch.Name,
        "issuance.see-other-branches",
    ];

    private static readonly string[] s_forApprovers =
    [
        AccessRights.Approve.Name,
        "issuance.show-customer",
        "funding.see-transactions",
        "funding.see-contracts",
        "funding.see-day-end",
        "funding.see-recharge-lists",
        "funding.release-recharge-list",
        DocumentRights.Print.Name,
    ];

    /// <summary>The roles, kept at headquarters, so that they serve every branch.</summary>
    public static IReadOnlyList<Role> Roles(IReadOnlyList<Right> rights)
    {
        var all = rights.Select(r => r.Name).ToList();
        return
        [
            NewRole("cashier", all.Except(s_notForCashiers)),
            NewRole("approver", all.Intersect(s_forApprovers)),
            new Role
            {
                Id = Ids.Next(),
                BranchId = Branch.HeadquartersId,
                Name = "manager",
                AllRights = true,
            },
        ];
    }

    private static Role NewRole(string name, IEnumerable<string> rights) =>
        new()
        {
            Id = Ids.Next(),
            BranchId = Branch.HeadquartersId,
            Name = name,
            RightNames = string.Join(' ', rights),
        };
}
