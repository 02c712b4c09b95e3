using Platform.Documents;
using Refunds.Deposits;
using Refunds.Refunding;

namespace Refunds.Documents;

/// <summary>Links to this module's documents, and the Chinese words that stand on them.</summary>
internal static class RefundPapers
{
    public static DocumentLink Link(string kind, string serialNumber) => DocumentLink.To(kind, serialNumber);

    public static string Of(RefundKind kind) =>
        kind switch
        {
            RefundKind.AfterClosing => "清户退款",
            RefundKind.Special => "特殊退款",
            _ => "小额退款",
        };

    public static string Of(CardType type) =>
        type switch
        {
            CardType.PersonalSingle => "个人单用户卡",
            CardType.PersonalMain => "个人主卡",
            CardType.PersonalSub => "个人副卡",
            CardType.OrganisationSingle => "单位单用户卡",
            CardType.OrganisationMain => "单位主卡",
            CardType.OrganisationSub => "单位副卡",
            _ => "不记名卡",
        };

    public static string Of(CardState? state) =>
        state switch
        {
            CardState.Reserved => "发卡未完成",
            CardState.Active => "正常",
            CardState.Lost => "已挂失",
            CardState.Damaged => "已损坏",
            CardState.Expired => "已过期",
            CardState.Blocked => "已停用",
            CardState.Closed => "已注销",
            CardState.Released => "未发出",
            _ => "—",
        };

    public static string Of(DepositOutcome outcome) =>
        outcome switch
        {
            DepositOutcome.Refund => "退还",
            DepositOutcome.Forfeit => "不退，转入收入",
            DepositOutcome.ToRead => "待读卡",
            _ => "已结清",
        };
}
