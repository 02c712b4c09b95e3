using System.Data.Common;
using Platform.Ledger.Batches;

namespace Platform.Ledger;

/// <summary>
/// Bookings written in one transaction: branch days held, accounts locked in key order, keys and premises looked up; each booking applied in turn to
/// the locked balances and accepted or refused alone; all rows written set by set, and committed once. Callers are answered after the commit.
/// </summary>
/// <param name="asksKeys">
/// Look the idempotency keys up. Left out, a key that was used before fails the batch by its unique index, and the batch is written again with this.
/// </param>
/// <param name="lockWait">How long a statement of it waits for a lock.</param>
internal sealed class BookingBatch(
    WriterContext writer,
    TimeProvider clock,
    BooksMetrics metrics,
    PendingBooking[] batch,
    bool asksKeys,
    TimeSpan lockWait
)
{
    private readonly List<(PendingBooking Pending, BookingResult Result)> _ends = new(batch.Length);
    private readonly BatchRows _rows = new();
    private readonly List<PendingBooking> _open = new(batch.Length);

    public void Write()
    {
        var connection = writer.Connection;
        connection.WaitForLocks(lockWait);
        var transaction = connection.Begin();
        AppDb? db = null;
        try
        {
            var found = connection.Read(transaction, WantsOf());
            foreach (var pending in batch)
            {
                Sort(pending, found);
            }

            if (_open is [{ Decision: { } decision } alone])
            {
                db = writer.Open(transaction);
                DecideUnderLock(db, alone, decision, found);
                foreach (var (key, account) in connection.Read(transaction, AddAccounts(new BatchWants(), _open)).Accounts)
                {
                    found.Accounts[key] = account;
                }
            }

            var slices = new SliceRows(() => db ??= writer.Open(transaction), row => _rows.Add(writer.Model, row));
            var posting = new BatchPosting(_rows, slices, found, clock.GetUtcNow().UtcDateTime);
            foreach (var pending in _open)
            {
                _ends.Add((pending, posting.Post(pending)));
            }

            posting.Close();
            slices.Save(writer.Dialect);
            connection.WriteAndCommit(transaction, _rows);
        }
        finally
        {
            db?.Dispose();
            End(transaction);
        }

        metrics.Written(batch.Length);
        ThreadPool.UnsafeQueueUserWorkItem(EndAll, _ends, preferLocal: false);
    }

    /// <summary>
    /// Rolls back where nothing was committed. A failure in this must not hide the one before it, nor make a committed batch look like a failed one:
    /// the connection is thrown away, and the transaction ends with it.
    /// </summary>
    private void End(DbTransaction transaction)
    {
        try
        {
            transaction.Dispose();
        }
#pragma warning disable CA1031 // see the summary
        catch (Exception)
#pragma warning restore CA1031
        {
            writer.Dispose();
        }
    }

    /// <summary>Answers the callers of a batch one after the other: waking a thread for each costs more than answering does.</summary>
    private static void EndAll(List<(PendingBooking Pending, BookingResult Result)> ends)
    {
        foreach (var (pending, result) in ends)
        {
            pending.End(result);
        }
    }

    private BatchWants WantsOf()
    {
        var wants = new BatchWants { DaysAlone = batch is [{ MustBeAlone: true }] };
        var branches = new HashSet<long>();
        var stamps = new HashSet<string>(StringComparer.Ordinal);
        var rows = new Dictionary<(Type Row, bool Held), (VersionCheck Check, HashSet<long> Ids)>();
        foreach (var pending in batch)
        {
            if (branches.Add(pending.BranchId))
            {
                wants.Branches.Add(pending.BranchId);
            }

            if (asksKeys && pending.Claim is { } claim)
            {
                wants.Keys.Add(claim.Id);
            }

            foreach (var premise in pending.Premises)
            {
                Want(wants, premise, stamps, rows);
            }
        }

        wants.Branches.Sort();
        return AddAccounts(wants, batch);
    }

    private void Want(
        BatchWants wants,
        Premise premise,
        HashSet<string> stamps,
        Dictionary<(Type Row, bool Held), (VersionCheck Check, HashSet<long> Ids)> rows
    )
    {
        if (premise.Stamp is { } name)
        {
            if (stamps.Add(name))
            {
                wants.Stamps.Add(name);
            }

            return;
        }

        var type = premise.Row!;
        if (!rows.TryGetValue((type, premise.IsHeld), out var asked))
        {
            rows[(type, premise.IsHeld)] = asked = (SliceRows.VersionsOf(writer.Model, type) with { Held = premise.IsHeld }, []);
            wants.Rows.Add(asked.Check);
        }

        if (asked.Ids.Add(premise.Id))
        {
            asked.Check.Ids.Add(premise.Id);
        }
    }

    private static BatchWants AddAccounts(BatchWants wants, IReadOnlyList<PendingBooking> bookings)
    {
        var seen = new HashSet<AccountRef>();
        foreach (var pending in bookings)
        {
            foreach (var line in pending.NetLines)
            {
                if (line.Account.Type.KeepsBalance && seen.Add(line.Account))
                {
                    wants.Accounts.Add(line.Account);
                }
            }
        }

        wants.Accounts.Sort();
        return wants;
    }

    /// <summary>
    /// One that was booked before gets its answer, whatever has changed since; one whose premises no longer hold is decided again; the others go on.
    /// </summary>
    private void Sort(PendingBooking pending, BatchReads found)
    {
        if (pending.Claim is { } claim && found.Known.TryGetValue(claim.Id, out var record))
        {
            // After a lost commit this very booking may be the earlier one.
            _ends.Add((pending, FailedBooking.Replay(record, claim, replayed: !pending.MaybeCommitted)));
            return;
        }

        foreach (var premise in pending.Premises)
        {
            if (!found.Confirms(premise))
            {
                _ends.Add((pending, new BookingResult.Stale()));
                return;
            }
        }

        _open.Add(pending);
    }

    private void DecideUnderLock(AppDb db, PendingBooking pending, DecisionUnderLock decision, BatchReads found)
    {
        var outcome = decision(db, found.Days[pending.BranchId], CancellationToken.None).GetAwaiter().GetResult();
        if (outcome.Refusal is { } refusal)
        {
            _ends.Add((pending, new BookingResult.Refused(refusal)));
            _open.Clear();
            return;
        }

        pending.Decided(outcome.Value);
    }
}
