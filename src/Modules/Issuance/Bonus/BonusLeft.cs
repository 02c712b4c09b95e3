using Microsoft.EntityFrameworkCore;
using Platform.Persistence.Dialects;

namespace Issuance.Bonus;

/// <summary>
/// How much of a quota balance is bonus, and so not refundable (FC-26.1, FC-27.4). It is folded from the customer's entries, in the order of their
/// transactions. A reader that had to read many leaves a mark, so that the next one reads only what came after (ADR 16).
/// </summary>
public sealed class BonusLeft(AppDb db, IDbContextFactory<AppDb> contexts, Dialect dialect, TimeProvider clock)
{
    /// <summary>Who had to read so many settled entries leaves a mark.</summary>
    private const int MarkEvery = 1_000;

    /// <summary>An account with so many entries since its last row in the mark gets one.</summary>
    private const int MarkAccountEvery = 100;

    private static readonly short[] s_ofCards =
    [
        IssuanceAccounts.Reserve.Number,
        IssuanceAccounts.Card.Number,
        IssuanceAccounts.InTransit.Number,
    ];

    /// <summary>Fen of the customer's quota balance that are bonus.</summary>
    public Task<long> Of(long customerId, CancellationToken ct) => After(customerId, [], ct);

    /// <summary>Fen of the quota balance that would be bonus after these transactions: for a booking that makes them.</summary>
    public async Task<long> After(long customerId, IReadOnlyList<MoneyMovement> moves, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(moves);
        // Most customers were never given any; nothing is folded for them.
        return await db.Set<Account>().AnyAsync(a => a.Kind == IssuanceAccounts.Bonus.Number && a.Owner == customerId, ct)
            ? moves.Aggregate(await Places(customerId, ct), (places, moved) => places.After(moved)).InQuota
            : 0;
    }

    private async Task<BonusPlaces> Places(long customerId, CancellationToken ct)
    {
        var mark = await db.Set<BonusMark>().SingleOrDefaultAsync(m => m.CustomerId == customerId, ct);
        var fold = new Fold(mark, Ids.At(clock.GetUtcNow() - Housekeeping.SettleAge));
        await foreach (var entry in Since(customerId, mark?.UpTo ?? 0).WithCancellation(ct))
        {
            fold.Add(entry);
        }

        var places = fold.End();
        if (fold.SettledEntries >= MarkEvery)
        {
            await Leave(customerId, mark, fold, ct);
        }

        return places;
    }

    /// <summary>The entries of the customer's accounts that its mark does not count, in the order of their transactions.</summary>
    private IAsyncEnumerable<Moved> Since(long customerId, long upTo)
    {
        var own = db.Set<Card>().Where(c => c.CustomerId == customerId).Select(c => c.Id);
        // An account's entries are found by its key, from a sequence on; the index of transactions would give those of everybody.
        return (
            from account in db.Set<Account>()
            where
                (
                    (account.Kind == IssuanceAccounts.Quota.Number || account.Kind == IssuanceAccounts.Bonus.Number)
                    && account.Owner == customerId
                ) || (s_ofCards.Contains(account.Kind) && own.Contains(account.Owner))
            join mark in db.Set<BonusMarkAccount>()
                on new
                {
                    CustomerId = customerId,
                    account.Kind,
                    account.Owner,
                } equals new
                {
                    mark.CustomerId,
                    mark.Kind,
                    mark.Owner,
                }
                into marks
            from counted in marks.DefaultIfEmpty()
            join entry in db.Set<Entry>() on new { account.Kind, account.Owner } equals new { entry.Kind, entry.Owner }
            where entry.Sequence > ((long?)counted!.Sequence ?? 0) && entry.TransactionId > upTo
            orderby entry.TransactionId
            select new Moved(entry.TransactionId, entry.Kind, entry.Owner, entry.Sequence, (long?)counted!.Sequence ?? 0, entry.Amount)
        ).AsAsyncEnumerable();
    }

    /// <summary>Nothing depends on a mark but the time that the next reader needs: where it cannot be written, it is left out.</summary>
    private async Task Leave(long customerId, BonusMark? before, Fold fold, CancellationToken ct)
    {
        try
        {
            await using var own = await contexts.CreateDbContextAsync(ct);
            await Write(own, customerId, before, fold, ct);
        }
        catch (Exception e) when (dialect.IsOfDatabase(e))
        {
            // Another reader was faster, or the database is away.
        }
    }

    private static async Task Write(AppDb own, long customerId, BonusMark? before, Fold fold, CancellationToken ct)
    {
        await using var transaction = await own.Database.BeginTransactionAsync(ct);
        var old = before?.UpTo ?? 0;
        // Of two readers the one that finds the mark it began with writes.
        if (
            before is not null
            && await own.Set<BonusMark>().Where(m => m.CustomerId == customerId && m.UpTo == old).ExecuteDeleteAsync(ct) == 0
        )
        {
            return;
        }

        var (upTo, places) = fold.Settled;
        own.Add(
            new BonusMark
            {
                CustomerId = customerId,
                UpTo = upTo,
                Quota = places.Quota,
                Cards = places.Cards,
                InQuota = places.InQuota,
                OnCards = places.OnCards,
            }
        );
        foreach (var (kind, owner, sequence) in fold.LongAccounts(MarkAccountEvery))
        {
            await own.Set<BonusMarkAccount>()
                .Where(m => m.CustomerId == customerId && m.Kind == kind && m.Owner == owner)
                .ExecuteDeleteAsync(ct);
            own.Add(
                new BonusMarkAccount
                {
                    CustomerId = customerId,
                    Kind = kind,
                    Owner = owner,
                    Sequence = sequence,
                }
            );
        }

        await own.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <param name="Counted">Up to this sequence the account's entries are in the mark.</param>
    private sealed record Moved(long TransactionId, short Kind, long Owner, long Sequence, long Counted, long Amount);

    /// <summary>What is folded so far. Entries come in the order of their transactions, those of one transaction together.</summary>
    private sealed class Fold(BonusMark? mark, long settledBelow)
    {
        private readonly Dictionary<(short Kind, long Owner), Counted> _accounts = [];
        private BonusPlaces _places = mark?.Places ?? default;
        private MoneyMovement _moved;
        private long _current = mark?.UpTo ?? 0;

        /// <summary>The last transaction that no smaller id can come after, and where the bonus was after it.</summary>
        public (long UpTo, BonusPlaces Places) Settled { get; private set; } = (mark?.UpTo ?? 0, mark?.Places ?? default);

        public int SettledEntries { get; private set; }

        public void Add(Moved entry)
        {
            if (entry.TransactionId != _current)
            {
                Close();
                _current = entry.TransactionId;
            }

            _moved =
                entry.Kind == IssuanceAccounts.Bonus.Number ? _moved with { Bonus = checked(_moved.Bonus - entry.Amount) }
                : entry.Kind == IssuanceAccounts.Quota.Number ? _moved with { Quota = checked(_moved.Quota + entry.Amount) }
                : _moved with { Cards = checked(_moved.Cards + entry.Amount) };
            Count(entry);
        }

        public BonusPlaces End()
        {
            Close();
            return _places;
        }

        /// <summary>Accounts with so many entries since their last row in the mark, and up to where all of them are settled.</summary>
        public IEnumerable<(short Kind, long Owner, long Sequence)> LongAccounts(int least) =>
            from account in _accounts
            let sequence = Math.Min(account.Value.Last, account.Value.FirstUnsettled - 1)
            where sequence - account.Value.From >= least
            select (account.Key.Kind, account.Key.Owner, sequence);

        private void Close()
        {
            _places = _places.After(_moved);
            _moved = default;
            if (_current < settledBelow)
            {
                Settled = (_current, _places);
            }
        }

        /// <summary>In an account, an older transaction may stand after a younger one: what is counted ends before the first unsettled.</summary>
        private void Count(Moved entry)
        {
            var settled = entry.TransactionId < settledBelow;
            SettledEntries += settled ? 1 : 0;
            var counted = _accounts.GetValueOrDefault((entry.Kind, entry.Owner), new Counted(entry.Counted, 0, long.MaxValue));
            _accounts[(entry.Kind, entry.Owner)] = settled
                ? counted with
                {
                    Last = Math.Max(counted.Last, entry.Sequence),
                }
                : counted with
                {
                    FirstUnsettled = Math.Min(counted.FirstUnsettled, entry.Sequence),
                };
        }

        private readonly record struct Counted(long From, long Last, long FirstUnsettled);
    }
}
