using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Seals;
using Platform.Parameters;
using Platform.Persistence.Dialects;

namespace Platform.Ledger;

/// <summary>Something in the books that is not as it must be.</summary>
/// <param name="Rule">Stable name of the rule that is broken.</param>
/// <param name="Where">Serial number, or account.</param>
public sealed record BooksFlaw(string Rule, string Where);

/// <summary>What a check of the books found (PL-03.8, PL-03.9).</summary>
/// <param name="Sound">No rule is broken.</param>
/// <param name="EntriesProven">Entries proved earlier, which this check did not read again.</param>
/// <param name="EntriesChecked">Entries read by this check.</param>
/// <param name="ProvenTo">Instant up to which the books were proved before.</param>
/// <param name="SealedTo">Transactions up to this instant are under a seal; later ones are proved by the rules alone.</param>
/// <param name="Unsealed">How many later ones there are.</param>
/// <param name="LastSeal">The newest seal.</param>
/// <param name="Flaws">At most 20 of what is wrong.</param>
public sealed record BooksReport(
    bool Sound,
    long EntriesProven,
    long EntriesChecked,
    DateTimeOffset ProvenTo,
    DateTimeOffset? SealedTo,
    long Unsealed,
    SealMark? LastSeal,
    IReadOnlyList<BooksFlaw> Flaws
);

/// <summary>
/// Proves the books by induction: each transaction is zero in each unit; each entry of an account with a running balance follows the one before it
/// without a gap and adds up; each running balance is the one after the account's last entry; all balances together are zero in each unit; and what
/// modules know of their own rows beside them (<see cref="IBooksRule"/>). What was proved before is not read again, but by <c>full</c>, which also
/// reads all that was sealed (<see cref="SealChain"/>).
/// </summary>
public sealed class BooksProof(
    IDbContextFactory<AppDb> contexts,
    SealChain seals,
    SealKey key,
    AccountTypes types,
    TransactionTypes transactionTypes,
    IEnumerable<IBooksRule> rules,
    Dialect dialect,
    TimeProvider clock
)
{
    public const int ShownFlaws = 20;

    /// <summary>Entries of one stretch, which one statement reads in a few seconds: a backlog of any size is proved bit by bit.</summary>
    private const int StretchEntries = 1_000_000;

    /// <summary>Most that one call proves; what is left is proved at the next.</summary>
    private const int StretchesAtOnce = 50;

    private readonly IReadOnlyList<IBooksRule> _rules = [new EntriesRule(types), new HeadsRule(types, transactionTypes), .. rules];
    private readonly short[] _points = types.Numbers(t => t.Unit == Unit.Points);

    /// <summary>Checks everything since the last proved stretch and the newest seals, or everything.</summary>
    public async Task<BooksReport> Check(bool full, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await LastProven(db, ct);
        var altered = last is not null && !IsOurs(last);
        var proven = altered || full ? null : last;
        var from = proven?.ToId ?? long.MinValue;
        var flaws = await AllFlaws(db, proven, full, ct);
        if (flaws.Count > 0)
        {
            // Where readers are not isolated from writers, a balance may be read before and its entry after a booking: a true flaw is still there
            // when read again.
            var again = await AllFlaws(db, proven, full, ct);
            flaws = [.. flaws.Where(again.Contains)];
        }

        if (altered)
        {
            flaws.Insert(0, new BooksFlaw("proof-line-altered", string.Create(CultureInfo.InvariantCulture, $"line {last!.Number}")));
        }

        var chain = full ? await seals.Prove(ct) : await seals.ProveTail(ct);
        flaws.AddRange(chain.Flaws);
        return new BooksReport(
            flaws.Count == 0,
            proven?.Entries ?? 0,
            await db.Set<Entry>().LongCountAsync(e => e.TransactionId > from, ct),
            Ids.TimeOf(Math.Max(from, 0)),
            chain.SealedTo,
            await db.Set<Transaction>().LongCountAsync(t => t.Id > chain.SealedToId, ct),
            chain.Newest,
            [.. flaws.Distinct().Take(ShownFlaws)]
        );
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
        if (proven is not null && !IsOurs(proven))
        {
            return false;
        }

        var from = proven?.ToId ?? long.MinValue;
        var to = await EndOfStretch(db, from, until, ct);
        var entries = await db.Set<Entry>().LongCountAsync(e => e.TransactionId > from && e.TransactionId <= to, ct);
        if (entries == 0 || (await Flaws(db, from, to, ct)).Count > 0)
        {
            return false;
        }

        var line = new ProvenStretch
        {
            Number = (await db.Set<ProvenStretch>().MaxAsync(p => (long?)p.Number, ct) ?? 0) + 1,
            ToId = to,
            Entries = (proven?.Entries ?? 0) + entries,
            InternalFen = (proven?.InternalFen ?? 0) + await Internal(db, from, to, points: false).SumAsync(e => e.Amount, ct),
            InternalPoints = (proven?.InternalPoints ?? 0) + await Internal(db, from, to, points: true).SumAsync(e => e.Amount, ct),
            ProvedAt = clock.GetUtcNow().UtcDateTime,
        };
        line.Mac = key.Of(line);
        try
        {
            db.Add(line);
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

    /// <summary>A line without a hash is of before lines had one: what it stood for is proved again.</summary>
    private static Task<ProvenStretch?> LastProven(AppDb db, CancellationToken ct) =>
        db.Set<ProvenStretch>().Where(p => p.Mac != null).OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct);

    private bool IsOurs(ProvenStretch line) => key.Of(line).AsSpan().SequenceEqual(line.Mac);

    private async Task<List<BooksFlaw>> AllFlaws(AppDb db, ProvenStretch? proven, bool full, CancellationToken ct)
    {
        var flaws = new List<BooksFlaw>();
        for (long from = proven?.ToId ?? long.MinValue, to; from < long.MaxValue && flaws.Count == 0; from = to)
        {
            to = await EndOfStretch(db, from, long.MaxValue, ct);
            flaws.AddRange(await Flaws(db, from, to, ct));
        }

        if (full)
        {
            flaws.AddRange(await EntriesRule.AccountsWithoutEntries(db, types, ct));
        }

        var (fen, points) = await Totals(db, proven, ct);
        if (fen != 0 || points != 0)
        {
            flaws.Add(new BooksFlaw("books-do-not-sum-to-zero", $"{fen} fen, {points} points"));
        }

        return flaws;
    }

    private async Task<List<BooksFlaw>> Flaws(AppDb db, long from, long to, CancellationToken ct)
    {
        var flaws = new List<BooksFlaw>();
        foreach (var rule in _rules)
        {
            flaws.AddRange(await rule.Find(db, from, to, ct));
        }

        return flaws;
    }

    /// <summary>All balances and all internal entries in one statement, so that both are seen at one instant while bookings go on.</summary>
    private async Task<(long Fen, long Points)> Totals(AppDb db, ProvenStretch? proven, CancellationToken ct)
    {
        var from = proven?.ToId ?? long.MinValue;
        var internalFen = Internal(db, from, long.MaxValue, points: false);
        var internalPoints = Internal(db, from, long.MaxValue, points: true);
        var sums = await db.Set<ProcessNode>()
            .OrderBy(n => n.Number)
            .Take(1)
            .Select(_ => new
            {
                Fen = db.Set<Account>().Where(a => !_points.Contains(a.Kind)).Sum(a => a.Balance) + internalFen.Sum(e => e.Amount),
                Points = db.Set<Account>().Where(a => _points.Contains(a.Kind)).Sum(a => a.Balance) + internalPoints.Sum(e => e.Amount),
            })
            .SingleAsync(ct);
        return (sums.Fen + (proven?.InternalFen ?? 0), sums.Points + (proven?.InternalPoints ?? 0));
    }

    private IQueryable<Entry> Internal(AppDb db, long from, long to, bool points) =>
        db.Set<Entry>()
            .Where(e => e.TransactionId > from && e.TransactionId <= to && e.BalanceAfter == null && _points.Contains(e.Kind) == points);
}
