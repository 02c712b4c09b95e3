using Billing.TopUps.Documents;

namespace Billing.TopUps;

/// <summary>The types of transaction of top-ups.</summary>
public static class TopUpTransactions
{
    /// <summary>在线充值 sold at a till.</summary>
    public static readonly TransactionType OnlineSale = new("top-up-online", "Online top-up", "在线充值", TopUpPapers.Receipt);

    /// <summary>找零充值 sold at a till.</summary>
    public static readonly TransactionType ChangeSale = new("top-up-change", "Change top-up", "找零充值", TopUpPapers.Receipt);

    /// <summary>The carrier has credited the phone.</summary>
    public static readonly TransactionType Succeeded = new("top-up-succeeded", "Top-up succeeded", "充值成功");

    /// <summary>The phone is certainly not credited.</summary>
    public static readonly TransactionType Failed = new("top-up-failed", "Top-up failed", "充值失败");

    /// <summary>The money of a failed one given back at the desk.</summary>
    public static readonly TransactionType Refund = new("top-up-refund", "Top-up refund", "充值退货", TopUpPapers.Return);

    /// <summary>A contradiction settled.</summary>
    public static readonly TransactionType Settled = new("top-up-settled", "Top-up exception settled", "充值异常处理");

    /// <summary>Credit paid to a carrier in advance.</summary>
    public static readonly TransactionType CreditPaid = new("top-up-credit-paid", "Carrier credit paid in", "预存运营商充值款");

    /// <summary>PINs received into stock.</summary>
    public static readonly TransactionType PinsReceived = new("top-up-pins-received", "Prepaid PINs received", "充值卡密入库");

    /// <summary>离线充值: a PIN sold at a till.</summary>
    public static readonly TransactionType PinSale = new("top-up-offline", "Offline top-up", "离线充值", TopUpPapers.PinReceipt);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TransactionType> All =
    [
        OnlineSale,
        ChangeSale,
        Succeeded,
        Failed,
        Refund,
        Settled,
        CreditPaid,
        PinsReceived,
        PinSale,
    ];
}
