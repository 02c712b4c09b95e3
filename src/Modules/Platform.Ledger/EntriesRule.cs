using Microsoft.EntityFrameworkCore;
using Platform.Parameters;

namespace Platform.Ledger;

/// <summary>Entries among themselves, against the accounts' rows, and against the declared types.</summary>
internal sealed class EntriesRule(AccountTypes types) : IBooksRule
{
    private const string NotDeclared = "account-type-not-declared";
    private const string DiffersFromEntries = "balance-differs-from-entries";

    private readonly short[] _declared = types.Numbers(_ => true);
    private readonly short[] _points = types.Numbers(t => t.Unit == Unit.Points);

    public async Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct)
    {
        var entries = db.Set<Entry>().Where(e => e.TransactionId > from && e.TransactionId <= to);
        return
        [
            .. await Place.Flaws("transaction-does-not-balance", Unbalanced(entries).Select(id => new Place(id, null, 0)), types, ct),
            .. await Place.Flaws("entry-does-not-follow", Unchained(db, entries), types, ct),
            .. await Place.Flaws(DiffersFromEntries, Drifted(db, entries), types, ct),
            .. await Place.Flaws(NotDeclared, Undeclared(entries), types, ct),
        ];
    }

    /// <summary>
    /// Every account's row against its last entry: also one that no entry of a stretch would lead to, since it was put in or its version was raised.
    /// </summary>
    public static Task<IEnumerable<BooksFlaw>> AccountsWithoutEntries(AppDb db, AccountTypes types, CancellationToken ct) =>
        Place.Flaws(
            DiffersFromEntries,
            from a in db.Set<Account>()
            where
                !db.Set<Entry>().Any(e => e.Kind == a.Kind && e.Owner == a.Owner && e.Sequence == a.Version && e.BalanceAfter == a.Balance)
            select new Place(0, a.Kind, a.Owner),
            types,
            ct
        );

    private IQueryable<long> Unbalanced(IQueryable<Entry> entries) =>
        entries
            .GroupBy(e => new { e.TransactionId, Points = _points.Contains(e.Kind) })
            .Where(g => g.Sum(e => e.Amount) != 0)
            .Select(g => g.Key.TransactionId);

    private IQueryable<Place> Undeclared(IQueryable<Entry> entries) =>
        entries.Where(e => !_declared.Contains(e.Kind)).Select(e => new Place(e.TransactionId, e.Kind, e.Owner));

    private static IQueryable<Place> Unchained(AppDb db, IQueryable<Entry> entries) =>
        from e in entries
        where e.BalanceAfter != null
        join p in db.Set<Entry>()
            on new
            {
                e.Kind,
                e.Owner,
                Sequence = e.Sequence - 1,
            } equals new
            {
                p.Kind,
                p.Owner,
                p.Sequence,
            }
            into before
        from p in before.DefaultIfEmpty()
        where e.Sequence == 1 ? e.BalanceAfter != e.Amount : p == null || e.BalanceAfter != p.BalanceAfter + e.Amount
        select new Place(e.TransactionId, e.Kind, e.Owner);

    /// <summary>The account's row against its last entry, both ways: a balance changed by hand, and an entry beyond the row's version.</summary>
    private static IQueryable<Place> Drifted(AppDb db, IQueryable<Entry> entries) =>
        from e in entries
        where e.BalanceAfter != null
        join a in db.Set<Account>() on new { e.Kind, e.Owner } equals new { a.Kind, a.Owner } into accounts
        from a in accounts.DefaultIfEmpty()
        where a == null || e.Sequence > a.Version || (e.Sequence == a.Version && e.BalanceAfter != a.Balance)
        select new Place(e.TransactionId, e.Kind, e.Owner);
}
