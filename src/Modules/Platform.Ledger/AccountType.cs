using Platform.Parameters;

namespace Platform.Ledger;

/// <summary>Whether an account keeps a running balance.</summary>
public enum Keeping
{
    /// <summary>None is kept, so that no two bookings meet on one row: the company's own accounts.</summary>
    None,

    /// <summary>One is kept and may go below zero.</summary>
    Balance,

    /// <summary>One is kept and never goes below zero (PL-03.3): what belongs to a customer.</summary>
    Guarded,
}

/// <summary>
/// A type of account, declared by the module that books to it (<see cref="ILedgerModule.AccountTypes"/>). Credits are positive: what we owe
/// grows by a credit, what we own (drawer, bank) by a debit and therefore shows as a negative balance.
/// </summary>
/// <param name="number">What the database keeps; it never changes, and is never given to another type.</param>
/// <param name="name">The stable name, as the API writes it: camelCase.</param>
/// <param name="owner">What the accounts belong to.</param>
/// <param name="keeping">Whether a running balance is kept.</param>
/// <param name="en">What it is, in English.</param>
/// <param name="zh">What it is, in Chinese.</param>
/// <param name="unit">What it counts.</param>
public sealed class AccountType(short number, string name, AccountOwner owner, Keeping keeping, string en, string zh, Unit unit = Unit.Fen)
{
    /// <summary>What the database keeps.</summary>
    public short Number { get; } = number;

    /// <summary>The stable name.</summary>
    public string Name { get; } = name;

    /// <summary>What the accounts belong to.</summary>
    public AccountOwner Owner { get; } = owner;

    /// <summary>What it is, in English.</summary>
    public string En { get; } = en;

    /// <summary>What it is, in Chinese.</summary>
    public string Zh { get; } = zh;

    /// <summary>What it counts.</summary>
    public Unit Unit { get; } = unit;

    /// <summary>Is a running balance kept, so that it can be guarded?</summary>
    public bool KeepsBalance { get; } = keeping != Keeping.None;

    /// <summary>May the balance not go below zero (PL-03.3)?</summary>
    public bool IsGuarded { get; } = keeping == Keeping.Guarded;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
