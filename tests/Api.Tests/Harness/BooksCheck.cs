using Microsoft.EntityFrameworkCore;
using Platform.Parameters;

namespace Api.Tests.Harness;

/// <summary>Holds rows of the books against each other, by other code than the product's own proof.</summary>
internal static class BooksCheck
{
    /// <summary>Each transaction of the branch is zero in each unit, and its entries carry its date.</summary>
    public static async Task Transactions(AppDb db, AccountTypes types, long branchId)
    {
        var rows = await db.Set<Transaction>()
            .Where(t => t.BranchId == branchId)
            .Join(db.Set<Entry>(), t => t.Id, e => e.TransactionId, (t, e) => new { t.BusinessDate, Entry = e })
            .ToListAsync();
        foreach (var unit in rows.GroupBy(r => (r.Entry.TransactionId, types.Of(r.Entry.Kind).Unit)))
        {
            Assert.Equal(0, unit.Sum(r => r.Entry.Amount));
        }

        Assert.All(rows, r => Assert.Equal(r.BusinessDate, r.Entry.BusinessDate));
    }

    /// <summary>Each account is the sum of its entries, never below zero on the way where it is guarded, with sequences 1, 2, 3, ….</summary>
    public static async Task Accounts(AppDb db, AccountTypes types, long[] owners)
    {
        var accounts = await db.Set<Account>().Where(a => owners.Contains(a.Owner)).ToListAsync();
        var entries = await db.Set<Entry>().Where(e => owners.Contains(e.Owner)).OrderBy(e => e.Sequence).ToListAsync();
        var byAccount = entries.Where(e => types.Of(e.Kind).KeepsBalance).ToLookup(e => (e.Kind, e.Owner));
        Assert.Equal(accounts.Select(a => (a.Kind, a.Owner)).ToHashSet(), byAccount.Select(g => g.Key).ToHashSet());
        foreach (var account in accounts)
        {
            var (balance, sequence) = (0L, 0L);
            foreach (var entry in byAccount[(account.Kind, account.Owner)])
            {
                balance += entry.Amount;
                Assert.Equal(++sequence, entry.Sequence);
                Assert.Equal(balance, entry.BalanceAfter);
                Assert.True(balance >= 0 || !types.Of(account.Kind).IsGuarded, $"{account.Key} went below zero at entry {sequence}.");
            }

            Assert.Equal(balance, account.Balance);
            Assert.Equal(sequence, account.Version);
        }
    }
}
