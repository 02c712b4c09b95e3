using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Persistence.Dialects;

namespace Platform;

/// <summary>A line drawn in the books: everything with a transaction id up to <see cref="ToId"/> was proved.</summary>
public sealed class ProvenStretch
{
    public long Number { get; init; }

    public long ToId { get; init; }

    /// <summary>Entries proved so far, all stretches together.</summary>
    public long Entries { get; init; }

    /// <summary>The sum of all internal accounts' entries up to the line, in fen; with the customer-side balances it is zero.</summary>
    public long InternalFen { get; init; }

    /// <summary>The same in points.</summary>
    public long InternalPoints { get; init; }

    public DateTime ProvedAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ProvenStretch>
    {
        public void Configure(EntityTypeBuilder<ProvenStretch> builder)
        {
            builder.ToTable("proven_stretches");
            builder.HasKey(p => p.Number);
        }
    }
}

/// <summary>Something in the books that is not as it must be.</summary>
/// <param name="Rule">Stable name of the rule that is broken.</param>
/// <param name="Where">Serial number, or account.</param>
public sealed record BooksFlaw(string Rule, string Where);

/// <summary>What the running check of the books found (PL-03.8).</summary>
/// <param name="Sound">No rule is broken.</param>
/// <param name="EntriesProven">Entries proved earlier, which this check did not read again.</param>
/// <param name="EntriesChecked">Entries read by this check.</param>
/// <param name="ProvenTo">Instant up to which the books were proved before.</param>
/// <param name="Flaws">At most 20 of what is wrong.</param>
public sealed record BooksReport(
    bool Sound,
    long EntriesProven,
    long EntriesChecked,
    DateTimeOffset ProvenTo,
    IReadOnlyList<BooksFlaw> Flaws
);

/// <summary>
/// Proves the books by induction: each transaction is zero in each unit; each entry of an account with a running balance follows the one before it
/// without a gap and adds up; each running balance is the one after the account's last entry; all balances together are zero in each unit; and what
/// the chip's account holds came from loads, unloads and consumption. What was proved before is not read again, but by <c>full</c>.
/// </summary>
public sealed class BooksProof(IDbContextFactory<AppDb> contexts, Dialect dialect, TimeProvider clock)
{
    private const int ShownFlaws = 20;

    /// <summary>Entries of one stretch, which one statement reads in a few seconds: a backlog of any size is proved bit by bit.</summary>
    private const int StretchEntries = 1_000_000;

    /// <summary>Most that one call proves; what is left is proved at the next.</summary>
    private const int StretchesAtOnce = 50;

    private static readonly string[] s_chipTypes =
    [
        TransactionTypes.Load,
        TransactionTypes.PointsLoad,
        TransactionTypes.Unload,
        TransactionTypes.Consumption,
        TransactionTypes.BalanceTransfer,
    ];

    /// <summary>Checks everything since the last proved stretch, or everything.</summary>
    public async Task<BooksReport> Check(bool full, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var proven = await LastProven(db, ct);
        var from = full ? 0 : proven?.ToId ?? 0;
        var flaws = await AllFlaws(db, full ? null : proven, ct);
        if (flaws.Count > 0)
        {
            // Where readers are not isolated from writers, a balance may be read before and its entry after a booking: a true flaw is still there
            // when read again.
            var again = await AllFlaws(db, full ? null : proven, ct);
            flaws = [.. flaws.Where(again.Contains)];
        }

        var entries = await db.Set<Entry>().LongCountAsync(e => e.TransactionId > from, ct);
        return new BooksReport(flaws.Count == 0, full ? 0 : proven?.Entries ?? 0, entries, Ids.TimeOf(from), flaws);
    }

    /// <summary>Proves what is older than <paramref name="age"/> and draws the next lines, as far as nothing is wrong.</summary>
    public async Task Advance(TimeSpan age, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var until = Ids.At(clock.GetUtcNow() - age);
        for (var i = 0; i < StretchesAtOnce && await DrawLine(db, until, ct); i++) { }
    }

    /// <summary>Draws the next line; false when nothing is left to prove, or something is wrong.</summary>
    private async Task<bool> DrawLine(AppDb db, long until, CancellationToken ct)
    {
        var proven = await LastProven(db, ct);
        var from = proven?.ToId ?? 0;
        var to = await EndOfStretch(db, from, until, ct);
        var entries = await db.Set<Entry>().LongCountAsync(e => e.TransactionId > from && e.TransactionId <= to, ct);
        if (entries == 0 || (await Flaws(db, from, to, ct)).Count > 0)
        {
            return false;
        }

        db.Add(
            new ProvenStretch
            {
                Number = (proven?.Number ?? 0) + 1,
                ToId = to,
                Entries = (proven?.Entries ?? 0) + entries,
                InternalFen = (proven?.InternalFen ?? 0) + await Internal(db, from, to, points: false).SumAsync(e => e.Amount, ct),
                InternalPoints = (proven?.InternalPoints ?? 0) + await Internal(db, from, to, points: true).SumAsync(e => e.Amount, ct),
                ProvedAt = clock.GetUtcNow().UtcDateTime,
            }
        );
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (dialect.IsUniqueViolation(e))
        {
            // Another process drew the line.
            return false;
        }

        return to < until;
    }

    /// <summary>
    /// The last transaction of the stretch that begins after <paramref name="from"/>; whole transactions, so it may hold a few entries more.
    /// </summary>
    private static async Task<long> EndOfStretch(AppDb db, long from, long until, CancellationToken ct)
    {
        var next = await db.Set<Entry>()
            .Where(e => e.TransactionId > from && e.TransactionId <= until)
            .OrderBy(e => e.TransactionId)
            .Skip(StretchEntries)
            .Select(e => (long?)e.TransactionId)
            .FirstOrDefaultAsync(ct);
        return next ?? until;
    }

    private static Task<ProvenStretch?> LastProven(AppDb db, CancellationToken ct) =>
        db.Set<ProvenStretch>().OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct);

    private static async Task<List<BooksFlaw>> AllFlaws(AppDb db, ProvenStretch? proven, CancellationToken ct)
    {
        var flaws = new List<BooksFlaw>();
        for (long from = proven?.ToId ?? 0, to; from < long.MaxValue && flaws.Count == 0; from = to)
        {
            to = await EndOfStretch(db, from, long.MaxValue, ct);
            flaws.AddRange(await Flaws(db, from, to, ct));
        }

        var (fen, points) = await Totals(db, proven, ct);
        if (fen != 0 || points != 0)
        {
            flaws.Add(new BooksFlaw("books-do-not-sum-to-zero", $"{fen} fen, {points} points"));
        }

        return flaws;
    }

    /// <summary>All balances and all internal entries in one statement, so that both are seen at one instant while bookings go on.</summary>
    private static async Task<(long Fen, long Points)> Totals(AppDb db, ProvenStretch? proven, CancellationToken ct)
    {
        var from = proven?.ToId ?? 0;
        var internalFen = Internal(db, from, long.MaxValue, points: false);
        var internalPoints = Internal(db, from, long.MaxValue, points: true);
        var sums = await db.Set<ProcessNode>()
            .OrderBy(n => n.Number)
            .Take(1)
            .Select(_ => new
            {
                Fen = db.Set<Account>().Where(a => a.Kind < AccountKind.QuotaPoints).Sum(a => a.Balance) + internalFen.Sum(e => e.Amount),
                Points = db.Set<Account>().Where(a => a.Kind >= AccountKind.QuotaPoints).Sum(a => a.Balance)
                    + internalPoints.Sum(e => e.Amount),
            })
            .SingleAsync(ct);
        return (sums.Fen + (proven?.InternalFen ?? 0), sums.Points + (proven?.InternalPoints ?? 0));
    }

    private static IQueryable<Entry> Internal(AppDb db, long from, long to, bool points) =>
        db.Set<Entry>()
            .Where(e =>
                e.TransactionId > from && e.TransactionId <= to && e.BalanceAfter == null && (e.Kind == AccountKind.PointsIssued) == points
            );

    private static async Task<List<BooksFlaw>> Flaws(AppDb db, long from, long to, CancellationToken ct)
    {
        var entries = db.Set<Entry>().Where(e => e.TransactionId > from && e.TransactionId <= to);
        var flaws = new List<BooksFlaw>();
        await Find("transaction-does-not-balance", Unbalanced(entries).Select(id => new Place(id, null, 0)));
        await Find(
            "entry-without-head",
            entries.Where(e => !db.Set<Transaction>().Any(t => t.Id == e.TransactionId)).Select(e => new Place(e.TransactionId, null, 0))
        );
        await Find("entry-does-not-follow", Unchained(db, entries));
        await Find("balance-differs-from-entries", Drifted(db, entries));
        await Find("chip-account-differs", Unexplained(db, entries));
        return flaws;

        async Task Find(string rule, IQueryable<Place> places) =>
            flaws.AddRange(
                (await places.Take(ShownFlaws).ToListAsync(ct)).Select(p => new BooksFlaw(
                    rule,
                    p.Kind is { } kind ? new AccountRef(kind, p.Owner).ToString() : SerialNumber.Of(p.TransactionId)
                ))
            );
    }

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

    private sealed record Place(long TransactionId, AccountKind? Kind, long Owner);
}
