namespace Meters;

/// <summary>The functions of this module, one right each.</summary>
internal static class MeterRights
{
    public static readonly Right See = New("see", "See meter accounts, users and cards", "仪表账户、用户与卡片查询");
    public static readonly Right ManageAccounts = New("manage-accounts", "Create meter accounts", "仪表账户管理");
    public static readonly Right ManagePrices = New("manage-prices", "Add, adjust, modify and delete meter prices", "仪表价格管理");
    public static readonly Right ManageUsers = New("manage-users", "Register and remove meter users", "仪表用户管理");
    public static readonly Right Sell = New("sell", "Open meter users, sell and correct purchases", "仪表开户与充值");
    public static readonly Right GiveBack = New("give-back", "Give purchases back, close and transfer meter users", "仪表退购、销户与过户");
    public static readonly Right ReplaceCard = New("replace-card", "Replace meter cards", "仪表补卡");

    /// <summary>Apart from selling, and given to administrators alone by default (PM-08.2).</summary>
    public static readonly Right ChangeMeter = New("change-meter", "Replace meters", "换表卡调整");

    /// <summary>As <see cref="ChangeMeter"/>.</summary>
    public static readonly Right MakeCards = New("make-cards", "Make and recycle meter cards", "仪表工具卡制作与回收");

    public static readonly Right SeeReports = New("see-reports", "See meter reports", "仪表报表查询");

    public static readonly IReadOnlyList<Right> All =
    [
        See,
        ManageAccounts,
        ManagePrices,
        ManageUsers,
        Sell,
        GiveBack,
        ReplaceCard,
        ChangeMeter,
        MakeCards,
        SeeReports,
    ];

    private static Right New(string function, string en, string zh) => new($"meters.{function}", "meters", en, zh);
}
