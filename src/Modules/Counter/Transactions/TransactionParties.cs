namespace Counter.Transactions;

/// <summary>For whom a transaction is booked, where it names one. The modules that keep them say how they are called.</summary>
public static class TransactionParties
{
    /// <summary>A customer.</summary>
    public static readonly AccountOwner Customer = new("customer");

    /// <summary>A card.</summary>
    public static readonly AccountOwner Card = new("card");
}
