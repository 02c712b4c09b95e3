using Issuance.Issuing;
using Issuance.Issuing.SubCards;
using Platform.Parameters;

namespace Issuance;

/// <summary>The parameters of customers and cards.</summary>
public static class IssuanceParameters
{
    private const long HundredYuan = 10_000;

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
    public static readonly Parameter TransferWaitingDays = new(
        "transfer-waiting-days",
        ParameterUnit.Days,
        7,
        0,
        365,
        "Days a balance transfer waits",
        "余额转移等待天数"
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
    public static readonly Parameter UnencodableNameSubstitute = new(
        "unencodable-name-substitute",
        ParameterUnit.Switch,
        0,
        0,
        1,
        "Write a substitute for characters that the chip cannot hold in the holder's name (0: refuse the name)",
        "持卡人姓名含芯片不支持的字符时写入替代符（0 为拒绝）"
    );

    private static readonly (CardType Type, long Fee, long Deposit, string En, string Zh)[] s_types =
    [
        (CardType.PersonalSingle, 2_000, 0, "personal single-user card", "个人单用户卡"),
        (CardType.PersonalMain, 2_000, 0, "personal main card", "个人主卡"),
        (CardType.PersonalSub, 2_000, 0, "personal sub-card", "个人副卡"),
        (CardType.OrganisationSingle, 2_000, 0, "organisation single-user card", "单位单用户卡"),
        (CardType.OrganisationMain, 2_000, 0, "organisation main card", "单位主卡"),
        (CardType.OrganisationSub, 2_000, 0, "organisation sub-card", "单位副卡"),
        (CardType.Bearer, 0, 1_000, "bearer card", "不记名卡"),
    ];

    private static readonly Dictionary<CardType, Parameter> s_fees = s_types.ToDictionary(
        t => t.Type,
        t => OfType("card-fee", t.Type, t.Fee, $"Card cost fee, {t.En}", $"{t.Zh}工本费")
    );

    private static readonly Dictionary<CardType, Parameter> s_deposits = s_types.ToDictionary(
        t => t.Type,
        t => OfType("deposit", t.Type, t.Deposit, $"Deposit, {t.En}", $"{t.Zh}押金")
    );

    internal static readonly IReadOnlyList<Parameter> All =
    [
        .. s_types.Select(t => CardFee(t.Type)),
        .. s_types.Select(t => Deposit(t.Type)),
        ServiceFee,
        SubCardLimit,
        TransferWaitingDays,
        CardValidYears,
        UnencodableNameSubstitute,
    ];

    /// <summary>The set card cost fee of a type of card, in fen.</summary>
    public static Parameter CardFee(CardType type) => s_fees[type];

    /// <summary>The set deposit of a type of card, in fen.</summary>
    public static Parameter Deposit(CardType type) => s_deposits[type];

    private static Parameter OfType(string name, CardType type, long fen, string en, string zh) =>
        new($"{name}.{IssueDesk.Name(type)}", ParameterUnit.Fen, fen, 0, HundredYuan, en, zh);
}
