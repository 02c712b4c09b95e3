using Microsoft.EntityFrameworkCore;

namespace Platform.Ledger;

/// <summary>Balances as they are when they are read: to show, and to refuse early. Only Books, under lock, can say that money is there.</summary>
public static class Balances
{
    /// <summary>0 for an account that nothing was booked to.</summary>
    public static Task<long> Balance(this AppDb db, AccountRef account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (kind, owner) = account.Key;
        return db.Set<Account>().Where(a => a.Kind == kind && a.Owner == owner).Select(a => a.Balance).SingleOrDefaultAsync(ct);
    }

    /// <summary>The version of an account, for a decision that goes by what is read after it; 0 for one that nothing was booked to.</summary>
    public static Task<int> VersionOf(this AppDb db, AccountRef account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (kind, owner) = account.Key;
        return db.Set<Account>().Where(a => a.Kind == kind && a.Owner == owner).Select(a => a.Version).SingleOrDefaultAsync(ct);
    }

    /// <summary>All accounts of one owner.</summary>
    public static async Task<OwnersBalances> BalancesOf(this AppDb db, long owner, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new OwnersBalances(await db.Set<Account>().Where(a => a.Owner == owner).ToDictionaryAsync(a => a.Kind, a => a.Balance, ct));
    }
}

/// <summary>The balances of one owner's accounts.</summary>
public sealed class OwnersBalances
{
    private readonly Dictionary<short, long> _byNumber;

    internal OwnersBalances(Dictionary<short, long> byNumber) => _byNumber = byNumber;

    /// <summary>0 for an account that nothing was booked to.</summary>
    public long Of(AccountType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _byNumber.GetValueOrDefault(type.Number);
    }
}
