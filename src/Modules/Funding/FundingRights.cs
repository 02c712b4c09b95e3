using Funding.Allocations;
using Funding.Collections;

namespace Funding;

/// <summary>The functions of this module, one right each (PL-01.8).</summary>
internal static class FundingRights
{
    public static readonly Right CollectPayment = New("collect-payment", "Collect payments", "客户收款");
    public static readonly Right RechargeCustomer = New("recharge-customer", "Recharge customers", "客户充值");
    public static readonly Right RechargeWithCard = New("recharge-with-card", "Recharge customers, card present", "客户持卡充值");
    public static readonly Right CollectWithCard = New("collect-with-card", "Collect payments, card present", "客户主卡收款");
    public static readonly Right VoidCollection = New("void-collection", "Void collections", "收款撤单");
    public static readonly Right ReverseCollection = New("reverse-collection", "Reverse collections", "收款冲销");
    public static readonly Right Allocate = New("allocate", "Allocate quota to cards", "预分配");
    public static readonly Right AllocateWithCard = New("allocate-with-card", "Allocate quota, card present", "主卡预分配");
    public static readonly Right EditTemplates = New("edit-templates", "Edit allocation templates", "客户预分配模板维护");
    public static readonly Right ReturnReserve = New("return-reserve", "Return reserve to quota", "备付金回退");
    public static readonly Right RechargePurse = New("recharge-purse", "Recharge card purses", "单用户卡充值");
    public static readonly Right UnloadCard = New("unload-card", "Unload a card", "圈提");
    public static readonly Right SellBearerCards = New("sell-bearer-cards", "Sell bearer cards", "不记名卡发售");
    public static readonly Right SettleCardOperation = New("settle-card-operation", "Settle pending card operations", "异常流水处理");
    public static readonly Right SubmitRechargeList = New("submit-recharge-list", "Submit recharge lists", "批量充值提交");
    public static readonly Right VoidRechargeList = New("void-recharge-list", "Void recharge lists", "批量充值撤销");
    public static readonly Right ReleaseRechargeList = New("release-recharge-list", "Review and release recharge lists", "批量充值复核");
    public static readonly Right RetrieveRechargeList = New(
        "retrieve-recharge-list",
        "Retrieve results of recharge lists",
        "批量充值结果取回"
    );
    public static readonly Right SeeRechargeLists = New("see-recharge-lists", "See recharge lists", "批量充值查询");
    public static readonly Right SeeContracts = New("see-contracts", "See discount contracts", "优惠合约查询");
    public static readonly Right EditContracts = New("edit-contracts", "Edit discount contracts", "优惠合约维护");

    public static readonly IReadOnlyList<Right> All =
    [
        CollectPayment,
        RechargeCustomer,
        RechargeWithCard,
        CollectWithCard,
        VoidCollection,
        ReverseCollection,
        Allocate,
        AllocateWithCard,
        EditTemplates,
        ReturnReserve,
        RechargePurse,
        UnloadCard,
        SellBearerCards,
        SettleCardOperation,
        SubmitRechargeList,
        VoidRechargeList,
        ReleaseRechargeList,
        RetrieveRechargeList,
        SeeRechargeLists,
        SeeContracts,
        EditContracts,
    ];

    private static Right New(string function, string en, string zh) => new($"funding.{function}", "funding", en, zh);
}
