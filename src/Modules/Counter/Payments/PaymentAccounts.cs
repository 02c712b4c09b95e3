namespace Counter.Payments;

/// <summary>Where received money lies, by payment method. Also where it is taken from when it is given back.</summary>
public static class PaymentAccounts
{
    /// <summary>Null for a method that has no account here: a cheque is an account of its own, which the module Cheques books.</summary>
    public static AccountRef? AccountAt(this PaymentMethod method, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return method switch
        {
            PaymentMethod.Cash => new AccountRef(CounterAccounts.Drawer, actor.OperatorId),
            PaymentMethod.BankCard => new AccountRef(CounterAccounts.BankCard, actor.BranchId),
            PaymentMethod.Transfer => new AccountRef(CounterAccounts.Bank, actor.BranchId),
            PaymentMethod.Voucher => new AccountRef(CounterAccounts.Voucher, actor.BranchId),
            PaymentMethod.Credit => new AccountRef(CounterAccounts.Receivable, actor.BranchId),
            _ => null,
        };
    }
}

/// <summary>The payment method cannot be taken here (yet).</summary>
public sealed record PaymentMethodNotAvailable(string PaymentMethod)
    : Refusal("payment-method-not-available", 422, $"{PaymentMethod} is not accepted here.", $"此处不受理该收款方式（{PaymentMethod}）。");
