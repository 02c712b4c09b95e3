namespace Platform;

/// <summary>收款方式 as it stands on documents.</summary>
public static class PaymentWords
{
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
