using Refunds.Documents;

namespace Refunds;

/// <summary>The types of transaction of closings and refunds.</summary>
public static class RefundTransactions
{
    /// <summary>A customer asked to be closed; no money moves (FC-25.1).</summary>
    public static readonly TransactionType ClosingOpened = new("closing-opened", "Closing opened", "清户申请", ClosingApplication.Name);

    /// <summary>The closing was given up; no money moves.</summary>
    public static readonly TransactionType ClosingGivenUp = new("closing-given-up", "Closing given up", "清户撤回");

    /// <summary>The customer was closed: reserves swept, bonus and points lapsed, the handling fee taken (FC-25.4, FC-25.10).</summary>
    public static readonly TransactionType Closing = new("closing", "Customer closed", "清户", ClosingNotice.Name) { MovesChip = true };

    /// <summary>What was left on cards that could not be unloaded, into the quota account after the waiting time (FC-25.9).</summary>
    public static readonly TransactionType PurseSwept = new("closing-purse-swept", "Purses of a closed customer", "清户卡余额转入")
    {
        MovesChip = true,
    };

    /// <summary>清户退款 (FC-26).</summary>
    public static readonly TransactionType Refund = new("refund", "Refund after closing", "清户退款", RefundReceipt.Name);

    /// <summary>特殊退款 (FC-27).</summary>
    public static readonly TransactionType SpecialRefund = new("special-refund", "Special refund", "特殊退款", RefundReceipt.Name);

    /// <summary>小额退款 (FC-29): it unloads the chip with it.</summary>
    public static readonly TransactionType SmallRefund = new("small-refund", "Small refund", "小额退款", RefundReceipt.Name)
    {
        MovesChip = true,
    };

    /// <summary>The handling fee of a special refund.</summary>
    public static readonly TransactionType RefundFee = new("refund-fee", "Handling fee of a refund", "退款手续费");

    /// <summary>The payment of a special refund's handling fee was voided.</summary>
    public static readonly TransactionType RefundFeeVoid = new("refund-fee-void", "Refund fee voided", "退款手续费撤销");

    /// <summary>A customer paid what it owes for collections on credit.</summary>
    public static readonly TransactionType CreditPayment = new("credit-payment", "Credit paid", "赊销收款");

    /// <summary>A refund that was sent has arrived (FC-26.7).</summary>
    public static readonly TransactionType Confirmed = new("refund-confirmed", "Refund arrived", "退款到账");

    /// <summary>A refund that was sent came back (FC-26.7).</summary>
    public static readonly TransactionType Returned = new("refund-returned", "Refund came back", "退款退回");

    /// <summary>A refund that had not left the branch was cancelled (FC-27.6).</summary>
    public static readonly TransactionType Cancelled = new("refund-cancelled", "Refund cancelled", "退款撤销", RefundReceipt.Name);

    /// <summary>退押金 (FC-30).</summary>
    public static readonly TransactionType DepositRefund = new("deposit-refund", "Deposits refunded", "退押金", DepositList.Name);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TransactionType> All =
    [
        ClosingOpened,
        ClosingGivenUp,
        Closing,
        PurseSwept,
        Refund,
        SpecialRefund,
        SmallRefund,
        RefundFee,
        RefundFeeVoid,
        CreditPayment,
        Confirmed,
        Returned,
        Cancelled,
        DepositRefund,
    ];
}
