using Platform.Ledger.Batches;
using Platform.Persistence.Dialects;

namespace Platform.Ledger;

/// <summary>
/// One writer of bookings, on a thread of its own: takes what waits, as much as one transaction may hold, and writes it. Nothing waits when nothing
/// else is there: while one batch is written the next one gathers.
/// </summary>
internal sealed class BooksWriter(BookingQueue queue, WriterContext writer, TimeProvider clock, BooksMetrics metrics, OutageLog outages)
    : IDisposable
{
    /// <summary>Account lines of one transaction: it locks no more rows than this.</summary>
    private const int LineLimit = 900;

    /// <summary>Rows of the slices' own tables in one transaction; one booking alone may have more (<see cref="Booking.MaxRows"/>).</summary>
    private const int RowLimit = 2_000;

    private const int TransientTries = 6;

    /// <summary>
    /// After a key that was used before, so many batches look their keys up: whoever retries one thing retries others. In between the unique index
    /// finds them, for hardly one request in thousands is a retry and each look costs as much as the insert.
    /// </summary>
    private const int BatchesWithKeys = 1_000;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);

    /// <summary>A connection that was lost while it was idle fails at once; what took longer was not idle, and would take as long again.</summary>
    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(2);

    private readonly List<PendingBooking> _batch = new(Books.BatchLimit);
    private int _keysAsked;
    private int _lines;
    private int _rows;

    /// <summary>Writes until the queue is closed and empty.</summary>
    public void Run()
    {
        while (queue.Take(_batch, Fits))
        {
            var taken = _batch.Count;
            _batch.RemoveAll(TooLate);
            if (_batch.Count > 0)
            {
                WriteOrSplit([.. _batch], Dialect.LockWait);
            }

            queue.Done(taken);
            _batch.Clear();
            (_lines, _rows) = (0, 0);
        }
    }

    public void Dispose() => writer.Dispose();

    private bool Fits(PendingBooking next)
    {
        var full = _batch.Count == Books.BatchLimit || _lines + next.LineCount > LineLimit || _rows + next.RowCount > RowLimit;
        if (_batch.Count > 0 && (full || next.MustBeAlone || _batch[0].MustBeAlone))
        {
            return false;
        }

        _lines += next.LineCount;
        _rows += next.RowCount;
        return true;
    }

    private bool TooLate(PendingBooking booking)
    {
        if (clock.GetElapsedTime(booking.QueuedAt) <= s_longestWait)
        {
            return false;
        }

        booking.End(new BookingResult.Refused(queue.Trouble ?? new Overloaded()));
        return true;
    }

    /// <summary>Writes a batch; when it fails, its halves, until the booking at fault is alone.</summary>
    private void WriteOrSplit(PendingBooking[] batch, TimeSpan lockWait)
    {
        var since = clock.GetTimestamp();
        for (var attempt = 1; batch.Length > 0; attempt++)
        {
            var reused = writer.HasConnection;
            try
            {
                new BookingBatch(writer, clock, metrics, batch, asksKeys: _keysAsked > 0, lockWait).Write();
                _keysAsked = Math.Max(0, _keysAsked - 1);
                queue.Trouble = null;
                return;
            }
#pragma warning disable CA1031 // whatever went wrong, each waiting caller must be told; the failure itself is handed to the one booking it belongs to
            catch (Exception e)
#pragma warning restore CA1031
            {
                var failure = writer.Failed(e);
                if (e is CommitUnknownException || failure == DatabaseFailure.Duplicate)
                {
                    _keysAsked = BatchesWithKeys;
                }

                if (e is CommitUnknownException)
                {
                    batch = AfterLostCommit(batch);
                }

                if (MayTryAgain(e, failure, attempt, batch.Length, reused, clock.GetElapsedTime(since)))
                {
                    metrics.Retried();
                    continue;
                }

                Fail(batch, e, failure, lockWait);
                return;
            }
        }
    }

    /// <summary>
    /// Writing them again under their keys tells what became of them: the key's unique index, and the accounts' locks, wait for the first try to end.
    /// One without a key cannot be asked for.
    /// </summary>
    private static PendingBooking[] AfterLostCommit(PendingBooking[] batch)
    {
        foreach (var pending in batch)
        {
            pending.MaybeCommitted = true;
            if (pending.Claim is null)
            {
                pending.End(new BookingResult.Refused(new OutcomeUnknown()));
            }
        }

        return Array.FindAll(batch, p => p.Claim is not null);
    }

    private void Fail(PendingBooking[] batch, Exception failure, DatabaseFailure meaning, TimeSpan lockWait)
    {
        var all = meaning == DatabaseFailure.Unavailable || (meaning == DatabaseFailure.LockTimeout && !writer.Dialect.LocksRows);
        if (all)
        {
            // No booking of it is at fault, and none would fare better alone.
            outages.Failed(failure);
            Refusal trouble = meaning == DatabaseFailure.Unavailable ? new DatabaseUnavailable() : new DatabaseBusy();
            queue.Trouble = trouble;
            Array.ForEach(batch, p => p.End(new BookingResult.Refused(trouble)));
            return;
        }

        if (batch.Length == 1)
        {
            FailedBooking.End(writer.Contexts, writer.Dialect, batch[0], failure, meaning).GetAwaiter().GetResult();
            return;
        }

        metrics.Split();
        var wait = meaning == DatabaseFailure.LockTimeout ? Dialect.ShortLockWait : lockWait;
        WriteOrSplit(batch[..(batch.Length / 2)], wait);
        WriteOrSplit(batch[(batch.Length / 2)..], wait);
    }

    private static bool MayTryAgain(Exception failure, DatabaseFailure meaning, int attempt, int bookings, bool reused, TimeSpan elapsed) =>
        elapsed < s_longestWait
        && meaning switch
        {
            _ when failure is CommitUnknownException => attempt <= 2 && elapsed < s_atOnce,
            // Nothing was committed: the commit was not sent.
            DatabaseFailure.Unavailable => attempt == 1 && reused && elapsed < s_atOnce,
            DatabaseFailure.Conflict => attempt < TransientTries,
            // Another process used one of the keys, or opened one of the accounts, meanwhile: both are found there when read again.
            DatabaseFailure.Duplicate => bookings > 1 && attempt == 1,
            _ => false,
        };
}
