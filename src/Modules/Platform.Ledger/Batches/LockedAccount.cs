namespace Platform.Ledger.Batches;

/// <summary>An account under a batch's lock: its balance as the bookings so far have left it.</summary>
internal sealed class LockedAccount(AccountKey key, long balance, int version, bool exists)
{
    public AccountKey Key => key;

    public long Balance { get; private set; } = balance;

    /// <summary>The sequence of the account's last entry.</summary>
    public int Version { get; private set; } = version;

    /// <summary>The version under the lock, which is still the row's when the batch is written.</summary>
    public int ReadVersion { get; } = version;

    public bool Exists => exists;

    public bool IsMoved => Version != ReadVersion;

    public void Move(long amount)
    {
        Balance = checked(Balance + amount);
        Version++;
    }
}
