namespace Platform;

/// <summary>Where a payment comes in, by its method: what we own grows by a debit of this account.</summary>
public static class PaymentAccounts
{
    public static AccountRef Of(PaymentMethod method, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return method switch
        {
            PaymentMethod.Cash => new AccountRef(AccountKind.Drawer, actor.OperatorId),
            PaymentMethod.BankCard => new AccountRef(AccountKind.BankCard, actor.BranchId),
            PaymentMethod.Transfer => new AccountRef(AccountKind.Bank, actor.BranchId),
            PaymentMethod.Voucher => new AccountRef(AccountKind.Voucher, actor.BranchId),
            PaymentMethod.Credit => new AccountRef(AccountKind.Receivable, actor.BranchId),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "A cheque is an account of its own."),
        };
    }
}
