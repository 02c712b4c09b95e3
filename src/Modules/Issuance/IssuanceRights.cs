namespace Issuance;

/// <summary>The rights of the module, one per function.</summary>
public static class IssuanceRights
{
    public static readonly Right OpenPersonalSingle = New(
        "open-personal-single",
        "Open and issue: personal single-user",
        "个人单用户开户发卡"
    );
    public static readonly Right OpenPersonalMain = New("open-personal-main", "Open and issue: personal multi-user", "个人多用户开户发卡");
    public static readonly Right IssuePersonalSubs = New("issue-personal-subs", "Issue sub-cards: personal", "个人多用户发副卡");
    public static readonly Right IssuePersonalSubsWithCard = New(
        "issue-personal-subs-with-card",
        "Issue sub-cards: personal, main card present",
        "个人多用户主卡发副卡"
    );
    public static readonly Right OpenOrganisationSingle = New(
        "open-organisation-single",
        "Open and issue: organisation single-user",
        "单位单用户开户发卡"
    );
    public static readonly Right OpenOrganisationMain = New(
        "open-organisation-main",
        "Open and issue: organisation multi-user",
        "单位多用户开户发卡"
    );
    public static readonly Right IssueOrganisationSubs = New(
        "issue-organisation-subs",
        "Issue sub-cards: organisation",
        "单位多用户发副卡"
    );
    public static readonly Right IssueOrganisationSubsWithCard = New(
        "issue-organisation-subs-with-card",
        "Issue sub-cards: organisation, main card present",
        "单位多用户主卡发副卡"
    );
    public static readonly Right RestrictCard = New("restrict-card", "Restrict a card", "添加限制信息");
    public static readonly IReadOnlyList<Right> All =
    [
        OpenPersonalSingle,
        OpenPersonalMain,
        IssuePersonalSubs,
        IssuePersonalSubsWithCard,
        OpenOrganisationSingle,
        OpenOrganisationMain,
        IssueOrganisationSubs,
        IssueOrganisationSubsWithCard,
        RestrictCard,
    ];

    private static Right New(string function, string en, string zh) => new($"issuance.{function}", "issuance", en, zh);
}
