namespace Counter.Payments;

/// <summary>How a customer paid (收款方式, FC-09.2).</summary>
public enum PaymentMethod
{
    /// <summary>现金.</summary>
    Cash,

    /// <summary>银行卡.</summary>
    BankCard,

    /// <summary>支票: one of the customer's usable cheques.</summary>
    Cheque,

    /// <summary>转账.</summary>
    Transfer,

    /// <summary>充值券: a recharge voucher.</summary>
    Voucher,

    /// <summary>赊销: on credit, to be paid later.</summary>
    Credit,
}

/// <summary>Reads how transactions were paid: the books keep a payment method by its name.</summary>
public static class PaymentMethods
{
    /// <summary>How it was paid; null for types that take no payment.</summary>
    public static PaymentMethod? PaidBy(this Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Named(transaction.PaymentMethod);
    }

    /// <summary>The method with this name; null for none.</summary>
    public static PaymentMethod? Named(string? name) => name is null ? null : Enum.Parse<PaymentMethod>(name);
}
