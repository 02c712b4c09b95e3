using Access;
using Access.Branches;
using Access.Roles;
using Platform.Documents;

namespace Api.DemoData;

/// <summary>An operator whom every branch of the demonstration has.</summary>
internal sealed record DemoPerson(string Login, string Password, string Role);

/// <summary>
/// Who works at the branches of the demonstration, and what each may do: a cut that a company may copy. Who takes money does not decide what became
/// of a cheque or of a disputed record, and who approves books nothing.
/// </summary>
internal static class DemoPeople
{
    /// <summary>The first administrator is there from the first start; rights and amounts of money that he sets need a second one.</summary>
    public static readonly IReadOnlyList<DemoPerson> AtHeadquarters =
    [
        new("approver", "Approver2026", "supervisor"),
        new("admin2", "Second2026", "manager"),
    ];

    public static readonly IReadOnlyList<DemoPerson> AtEachBranch =
    [
        new("cashier", "Cashier2026", "cashier"),
        new("approver", "Approver2026", "supervisor"),
        new("manager", "Manager2026", "manager"),
        new("cheques", "Cheques2026", "cheque-clerk"),
        new("backoffice", "Backoffice26", "back-office"),
    ];

    private static readonly string[] s_looksUp =
    [
        "customers.show-customer",
        "counter.see-transactions",
        "funding.see-contracts",
        "cheques.see",
        DocumentRights.Print.Name,
    ];

    /// <summary>Takes and gives money with the customer at the counter, issues cards, and reports what happened to them.</summary>
    private static readonly string[] s_cashier =
    [
        "issuance.open-personal-single",
        "issuance.open-personal-main",
        "issuance.issue-personal-subs",
        "issuance.issue-personal-subs-with-card",
        "issuance.open-organisation-single",
        "issuance.open-organisation-main",
        "issuance.issue-organisation-subs",
        "issuance.issue-organisation-subs-with-card",
        "issuance.restrict-card",
        "issuance.report-lost",
        "issuance.find-again",
        "issuance.report-damaged",
        "issuance.replace-card",
        "funding.collect-payment",
        "funding.recharge-customer",
        "funding.recharge-with-card",
        "funding.collect-with-card",
        "funding.void-collection",
        "funding.reverse-collection",
        "funding.allocate",
        "funding.allocate-with-card",
        "funding.edit-templates",
        "funding.return-reserve",
        "funding.recharge-purse",
        "funding.load-card",
        "funding.unload-card",
        "funding.unlock-grey-card",
        "funding.sell-bearer-cards",
        "funding.submit-recharge-list",
        "funding.void-recharge-list",
        "funding.retrieve-recharge-list",
        "funding.see-recharge-lists",
        "funding.see-consumption",
        "counter.see-day-end",
        "cheques.receive",
        "cheques.pay-claim",
        "refunds.close-customer",
        "refunds.refund",
        "refunds.special-refund",
        "refunds.special-refund-with-card",
        "refunds.small-refund",
        "refunds.refund-deposits",
        "refunds.cancel-refund",
        "refunds.issue-invoice",
        "refunds.see",
        "counter.hold-blanks",
        "electricity.see",
        "electricity.keep-payer-accounts",
        "electricity.pay-in",
        "electricity.collect",
        "electricity.reverse",
        "electricity.pay-owed",
        "electricity.print-invoice",
        "electricity.deposit",
        "electricity.reverse-deposit",
        "electricity.keep-contracts",
        "meters.see",
        "meters.manage-users",
        "meters.sell",
        "meters.give-back",
        "meters.replace-card",
        "topups.sell",
        "topups.see",
        "topups.look-up",
        "topups.refund",
        "topups.redeem",
    ];

    /// <summary>Approves what others ask for, reviews lists, and stops cards.</summary>
    private static readonly string[] s_supervisor =
    [
        AccessRights.Approve.Name,
        "issuance.block-card",
        "counter.see-day-end",
        "funding.see-consumption",
        "funding.see-recharge-lists",
        "funding.release-recharge-list",
    ];

    /// <summary>Says what became of cheques.</summary>
    private static readonly string[] s_chequeClerk =
    [
        "cheques.clear",
        "cheques.bounce",
        "cheques.set-mode",
        "cheques.take-claim-payment-back",
    ];

    /// <summary>Works on what stations and machines left over, away from the counter.</summary>
    private static readonly string[] s_backOffice =
    [
        "issuance.expire-card",
        "issuance.read-blacklist",
        "funding.upload-consumption",
        "funding.see-consumption",
        "funding.decide-set-aside-consumption",
        "funding.settle-card-operation",
        "meters.see",
        "meters.manage-accounts",
        "meters.manage-prices",
        "meters.see-reports",
        "funding.see-recharge-lists",
        "refunds.confirm-refund",
        "refunds.see",
        "counter.keep-blanks",
        "counter.hold-blanks",
        "electricity.see",
        "electricity.apply-admission",
        "electricity.run-debits",
        "electricity.run-days",
        "electricity.settle-differences",
        "electricity.charge-fee",
        "topups.keep-carriers",
        "topups.pay-credit",
        "topups.see",
        "topups.settle",
        "topups.keep-pins",
        "topups.take-tills",
    ];

    /// <summary>The roles, kept at headquarters, so that they serve every branch.</summary>
    public static IReadOnlyList<Role> Roles(IReadOnlyList<Right> rights)
    {
        var known = rights.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            NewRole("cashier", s_cashier, known),
            NewRole("supervisor", s_supervisor, known),
            NewRole("cheque-clerk", s_chequeClerk, known),
            NewRole("back-office", s_backOffice, known),
            new Role
            {
                Id = Ids.Next(),
                BranchId = Branch.HeadquartersId,
                Name = "manager",
                AllRights = true,
            },
        ];
    }

    private static Role NewRole(string name, string[] own, HashSet<string> known)
    {
        var all = own.Concat(s_looksUp).Distinct().ToList();
        return all.Find(r => !known.Contains(r)) is { } unknown
            ? throw new InvalidOperationException($"The role {name} of the demonstration has the unknown right {unknown}.")
            : new Role
            {
                Id = Ids.Next(),
                BranchId = Branch.HeadquartersId,
                Name = name,
                RightNames = string.Join(' ', all.Order(StringComparer.Ordinal)),
            };
    }
}
