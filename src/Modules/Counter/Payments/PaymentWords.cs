namespace Counter.Payments;

/// <summary>The Chinese words for how a transaction was paid (收款方式), as they stand on documents.</summary>
public static class PaymentWords
{
    /// <summary>A dash where nothing was paid.</summary>
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
