namespace Platform;

/// <summary>The Chinese words for what transactions are and how they were paid, as they stand on documents.</summary>
public static class TransactionWords
{
    /// <summary>A type of transaction; one that a later module brings stands under its own name until it has a word here.</summary>
    public static string Of(string type) =>
        type switch
        {
            TransactionTypes.Collection => "收款",
            TransactionTypes.VoidCollection => "撤单",
            TransactionTypes.Reversal => "冲销",
            TransactionTypes.Issue => "发卡",
            TransactionTypes.IssueFeesHeld => "发卡收费（预留）",
            TransactionTypes.IssueFeesReleased => "发卡收费（撤回）",
            TransactionTypes.SubCardBatch => "发副卡清单",
            TransactionTypes.Allocation => "预分配",
            TransactionTypes.Return => "备付金回退",
            TransactionTypes.LoadAuthorised => "圈存（授权）",
            TransactionTypes.Load => "圈存",
            TransactionTypes.LoadReleased => "圈存（撤回）",
            TransactionTypes.PointsLoadAuthorised => "积分圈存（授权）",
            TransactionTypes.PointsLoad => "积分圈存",
            TransactionTypes.PointsLoadReleased => "积分圈存（撤回）",
            TransactionTypes.ChequeReceived => "支票收取",
            TransactionTypes.ChequeCleared => "支票到账",
            TransactionTypes.ChequeBounced => "支票退票",
            TransactionTypes.ClaimPayment => "支票欠款收款",
            TransactionTypes.ClaimPaymentVoid => "支票欠款收款撤销",
            TransactionTypes.DayEnd => "日结",
            TransactionTypes.Unload => "圈提",
            TransactionTypes.Recharge => "充值",
            TransactionTypes.Replacement => "补换卡",
            TransactionTypes.BalanceTransfer => "补换卡转余额",
            TransactionTypes.Consumption => "加油消费",
            TransactionTypes.BatchRecharge => "批量充值",
            TransactionTypes.RechargeListSubmitted => "批量充值提交",
            TransactionTypes.RechargeListVoided => "批量充值撤销",
            TransactionTypes.RechargeListReleased => "批量充值复核",
            TransactionTypes.RechargeListFinished => "批量充值结清",
            TransactionTypes.RechargeListRetrieved => "批量充值结果取回",
            _ => type,
        };

    /// <summary>收款方式.</summary>
    public static string Of(PaymentMethod? method) =>
        method switch
        {
            PaymentMethod.Cash => "现金",
            PaymentMethod.BankCard => "银行卡",
            PaymentMethod.Cheque => "支票",
            PaymentMethod.Transfer => "转账",
            PaymentMethod.Voucher => "充值券",
            PaymentMethod.Credit => "赊销",
            null => "—",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No word for it."),
        };
}
