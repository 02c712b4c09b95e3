namespace Access;

/// <summary>What a parameter counts.</summary>
public enum ParameterUnit
{
    /// <summary>An amount of money, 分.</summary>
    Fen,

    /// <summary>天.</summary>
    Days,

    /// <summary>年.</summary>
    Years,

    /// <summary>A number of things.</summary>
    Count,

    /// <summary>0 is no, 1 is yes.</summary>
    Switch,
}

/// <summary>A system parameter (FC-42): what it is called and counts, its value until somebody sets another, and its limits.</summary>
public sealed record Parameter(string Name, ParameterUnit Unit, long Default, long Min, long Max, string En, string Zh)
{
    private const long HundredYuan = 10_000;
    private const long MillionYuan = 100_000_000;

    public static readonly Parameter PasswordTries = new(
        "password-tries",
        ParameterUnit.Count,
        3,
        1,
        10,
        "Wrong passwords in a row that lock",
        "密码连续输错锁定次数"
    );
    public static readonly Parameter PasswordValidDays = new(
        "password-valid-days",
        ParameterUnit.Days,
        90,
        1,
        3650,
        "Days a password is valid",
        "密码有效天数"
    );
    public static readonly Parameter ShowTriesLeft = new(
        "show-tries-left",
        ParameterUnit.Switch,
        0,
        0,
        1,
        "Say how many tries are left",
        "提示剩余尝试次数"
    );

    public static readonly Parameter FirstPasswordValidDays = new(
        "first-password-valid-days",
        ParameterUnit.Days,
        3,
        1,
        30,
        "Days in which a first or reset password must be changed",
        "初始或重置密码须修改的天数"
    );
    public static readonly Parameter SessionsPerOperator = new(
        "sessions-per-operator",
        ParameterUnit.Count,
        5,
        1,
        50,
        "Sessions an operator may have at once",
        "每名操作员同时登录数上限"
    );

    public static readonly Parameter ServiceFee = new("service-fee", ParameterUnit.Fen, 0, 0, HundredYuan, "Service fee", "服务费");
    public static readonly Parameter SubCardLimit = new(
        "sub-card-limit",
        ParameterUnit.Count,
        10,
        0,
        10_000,
        "Sub-cards of a customer without approval (M)",
        "副卡数量上限 M"
    );
    public static readonly Parameter SmallRefundLimit = new(
        "small-refund-limit",
        ParameterUnit.Fen,
        1_000,
        0,
        MillionYuan,
        "Refund that counts as small",
        "小额退款限额"
    );
    public static readonly Parameter ChequeLargeAmountLimit = new(
        "cheque-large-amount-limit",
        ParameterUnit.Fen,
        5_000_000,
        0,
        100 * MillionYuan,
        "Cheque amount that needs confirmation",
        "支票大额限额"
    );
    public static readonly Parameter TransferWaitingDays = new(
        "transfer-waiting-days",
        ParameterUnit.Days,
        7,
        0,
        365,
        "Days a balance transfer waits",
        "余额转移等待天数"
    );
    public static readonly Parameter LateConsumptionDays = new(
        "late-consumption-days",
        ParameterUnit.Days,
        7,
        0,
        365,
        "Days in which consumption may still arrive",
        "消费数据迟到天数"
    );
    public static readonly Parameter PendingSettlementDays = new(
        "pending-settlement-days",
        ParameterUnit.Days,
        7,
        0,
        365,
        "Days a settlement stays pending",
        "待结算天数"
    );
    public static readonly Parameter PurseLimit = new(
        "purse-limit",
        ParameterUnit.Fen,
        500_000,
        1,
        MillionYuan,
        "Most money on a card",
        "卡钱包限额"
    );
    public static readonly Parameter CardValidYears = new(
        "card-valid-years",
        ParameterUnit.Years,
        10,
        1,
        50,
        "Years a card is valid",
        "卡有效年限"
    );

    public static readonly Parameter RechargeListCardTwice = new(
        "recharge-list-card-twice",
        ParameterUnit.Switch,
        0,
        0,
        1,
        "A recharge list may name a card twice",
        "批量充值清单允许卡号重复"
    );

    public static readonly Parameter LookUpsPerMinute = new(
        "look-ups-per-minute",
        ParameterUnit.Count,
        30,
        1,
        10_000,
        "Look-ups of other branches' customers and of unknown numbers, for each operator and minute",
        "每操作员每分钟查询其他网点客户及未知号码次数"
    );
    public static readonly Parameter UnencodableNameSubstitute = new(
        "unencodable-name-substitute",
        ParameterUnit.Switch,
        0,
        0,
        1,
        "Write a substitute for characters that the chip cannot hold in the holder's name (0: refuse the name)",
        "持卡人姓名含芯片不支持的字符时写入替代符(0 为拒绝)"
    );

    private static readonly (string Type, long Fee, long Deposit, string En, string Zh)[] s_cardTypes =
    [
        ("personal-single", 2_000, 0, "personal single-user card", "个人单用户卡"),
        ("personal-main", 2_000, 0, "personal main card", "个人主卡"),
        ("personal-sub", 2_000, 0, "personal sub-card", "个人副卡"),
        ("organisation-single", 2_000, 0, "organisation single-user card", "单位单用户卡"),
        ("organisation-main", 2_000, 0, "organisation main card", "单位主卡"),
        ("organisation-sub", 2_000, 0, "organisation sub-card", "单位副卡"),
        ("bearer", 0, 1_000, "bearer card", "不记名卡"),
    ];

    /// <summary>Every parameter there is, in the order of the list.</summary>
    public static readonly IReadOnlyList<Parameter> All =
    [
        PasswordTries,
        PasswordValidDays,
        ShowTriesLeft,
        FirstPasswordValidDays,
        SessionsPerOperator,
        .. s_cardTypes.Select(t => new Parameter(
            $"card-fee.{t.Type}",
            ParameterUnit.Fen,
            t.Fee,
            0,
            HundredYuan,
            $"Card cost fee, {t.En}",
            $"{t.Zh}工本费"
        )),
        .. s_cardTypes.Select(t => new Parameter(
            $"deposit.{t.Type}",
            ParameterUnit.Fen,
            t.Deposit,
            0,
            HundredYuan,
            $"Deposit, {t.En}",
            $"{t.Zh}押金"
        )),
        ServiceFee,
        SubCardLimit,
        SmallRefundLimit,
        ChequeLargeAmountLimit,
        TransferWaitingDays,
        LateConsumptionDays,
        PendingSettlementDays,
        PurseLimit,
        CardValidYears,
        RechargeListCardTwice,
        LookUpsPerMinute,
        UnencodableNameSubstitute,
    ];

    private static readonly Dictionary<string, Parameter> s_byName = All.ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Money is at stake: a change needs a second operator.</summary>
    public bool NeedsApproval => Unit == ParameterUnit.Fen;

    public static Parameter? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The set card cost fee, in fen, of a card type such as <c>personal-single</c>.</summary>
    public static Parameter CardFee(string cardType) => s_byName[$"card-fee.{cardType}"];

    /// <summary>The set deposit, in fen, of a card type such as <c>personal-single</c>.</summary>
    public static Parameter Deposit(string cardType) => s_byName[$"deposit.{cardType}"];
}
