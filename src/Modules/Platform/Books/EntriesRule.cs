using Microsoft.EntityFrameworkCore;

namespace Platform;

/// <summary>Entries among themselves and against the accounts' rows.</summary>
internal sealed class EntriesRule : IBooksRule
{
    private const string DiffersFromEntries = "balance-differs-from-entries";

    private static readonly string[] s_chipTypes =
    [
        TransactionTypes.Load,
        TransactionTypes.PointsLoad,
        TransactionTypes.Unload,
        TransactionTypes.Consumption,
        TransactionTypes.BalanceTransfer,
    ];

    public async Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct)
    {
        var entries = db.Set<Entry>().Where(e => e.TransactionId > from && e.TransactionId <= to);
        return
        [
            .. await Place.Flaws("transaction-does-not-balance", Unbalanced(entries).Select(id => new Place(id, null, 0)), ct),
            .. await Place.Flaws("entry-does-not-follow", Unchained(db, entries), ct),
            .. await Place.Flaws(DiffersFromEntries, Drifted(db, entries), ct),
            .. await Place.Flaws("chip-account-differs", Unexplained(db, entries), ct),
        ];
    }

    /// <summary>
    /// Every account's row against its last entry: also one that no entry of a stretch would lead to, since it was put in or its version was raised.
    /// </summary>
    public static Task<IEnumerable<BooksFlaw>> AccountsWithoutEntries(AppDb db, CancellationToken ct) =>
        Place.Flaws(
            DiffersFromEntries,
            from a in db.Set<Account>()
            where
                !db.Set<Entry>().Any(e => e.Kind == a.Kind && e.Owner == a.Owner && e.Sequence == a.Version && e.BalanceAfter == a.Balance)
            select new Place(0, a.Kind, a.Owner),
            ct
        );

    private static IQueryable<long> Unbalanced(IQueryable<Entry> entries) =>
        entries
            .GroupBy(e => new { e.TransactionId, Points = e.Kind >= AccountKind.QuotaPoints && e.Kind <= AccountKind.PointsIssued })
            .Where(g => g.Sum(e => e.Amount) != 0)
            .Select(g => g.Key.TransactionId);

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

    private static IQueryable<Place> Unexplained(AppDb db, IQueryable<Entry> entries) =>
        from e in entries
        where e.Kind == AccountKind.Card || e.Kind == AccountKind.CardPoints
        join t in db.Set<Transaction>() on e.TransactionId equals t.Id
        where !s_chipTypes.Contains(t.Type) || (t.Type == TransactionTypes.Load && e.Kind == AccountKind.Card && e.Amount != t.Amount)
        select new Place(e.TransactionId, e.Kind, e.Owner);
}
