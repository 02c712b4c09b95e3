using Microsoft.Extensions.Logging;

namespace Platform;

/// <summary>
/// One writer of bookings, on a thread of its own: takes what waits, as much as one transaction may hold, and writes it. Nothing waits when nothing
/// else is there: while one batch is written the next one gathers.
/// </summary>
internal sealed class BooksWriter(BookingQueue queue, WriterContext writer, TimeProvider clock, BooksMetrics metrics, ILogger log)
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
                WriteOrSplit([.. _batch]);
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

        booking.End(new BookingResult.Refused(new Overloaded()));
        return true;
    }

    /// <summary>Writes a batch; when it fails, its halves, until the booking at fault is alone.</summary>
    private void WriteOrSplit(PendingBooking[] batch)
    {
        var since = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                new BookingBatch(writer, clock, batch, asksKeys: _keysAsked > 0).Write();
                _keysAsked = Math.Max(0, _keysAsked - 1);
                metrics.Written(batch.Length);
                return;
            }
#pragma warning disable CA1031 // whatever went wrong, each waiting caller must be told; the failure itself is handed to the one booking it belongs to
            catch (Exception e)
#pragma warning restore CA1031
            {
                writer.Failed(e);
                _keysAsked = writer.Dialect.IsUniqueViolation(e) ? BatchesWithKeys : _keysAsked;
                if (MayTryAgain(e, attempt, batch.Length, since))
                {
                    metrics.Retried();
                    continue;
                }

                Fail(batch, e);
                return;
            }
        }
    }

    private void Fail(PendingBooking[] batch, Exception failure)
    {
        if (batch.Length == 1)
        {
            FailedBooking.End(writer.Contexts, writer.Dialect, batch[0], failure, log).GetAwaiter().GetResult();
            return;
        }

        metrics.Split();
        WriteOrSplit(batch[..(batch.Length / 2)]);
        WriteOrSplit(batch[(batch.Length / 2)..]);
    }

    private bool MayTryAgain(Exception failure, int attempt, int bookings, long since)
    {
        if (failure is CommitUnknownException || clock.GetElapsedTime(since) >= s_longestWait)
        {
            return false;
        }

        var dialect = writer.Dialect;
        return dialect.IsTransient(failure)
            ? attempt < TransientTries && !(dialect.IsLockTimeout(failure) && (bookings > 1 || attempt > 1))
            // Another process used one of the keys, or opened one of the accounts, meanwhile: both are found there when read again.
            : dialect.IsUniqueViolation(failure) && bookings > 1 && attempt == 1;
    }
}
