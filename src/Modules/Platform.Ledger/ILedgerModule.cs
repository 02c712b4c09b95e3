namespace Platform.Ledger;

/// <summary>A module that books: it declares what its bookings move, and what they are.</summary>
public interface ILedgerModule : IModule
{
    /// <summary>Types of account that the module declares.</summary>
    IReadOnlyList<AccountType> AccountTypes => [];

    /// <summary>Types of transaction that the module declares.</summary>
    IReadOnlyList<TransactionType> TransactionTypes => [];
}
