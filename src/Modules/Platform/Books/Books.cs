using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Persistence.Dialects;

namespace Platform;

/// <summary>
/// How a booking ended: answered (booked now, or before under the same key), refused, or stale (what it was decided on has changed).
/// </summary>
public abstract record BookingResult
{
    /// <param name="Version">Of the row that the answer shows, for the header ETag; edits only, so it is not stored beside a key.</param>
    public sealed record Answered(int Status, string? Location, byte[] Body, bool Replayed, int? Version = null) : BookingResult;

    public sealed record Refused(Refusal Refusal) : BookingResult;

    public sealed record Stale : BookingResult;
}

/// <summary>A decision that must see the branch's day closed to everybody else: day-end. It runs inside the transaction that books it.</summary>
public delegate Task<Outcome<Booking>> DecisionUnderLock(AppDb db, BranchDay day, CancellationToken ct);

/// <summary>
/// The only code that writes balances and entries. Callers hand over bookings as values; writers gather what waits and write it in one transaction
/// (<see cref="BookingBatch"/>), each booking accepted or refused alone. Nothing waits when nothing else is there.
/// A caller that goes away does not stop its booking half way; stopping the process drains the queue.
/// </summary>
public sealed class Books(
    IDbContextFactory<AppDb> contexts,
    Dialect dialect,
    TimeProvider clock,
    BooksMetrics metrics,
    IConfiguration configuration,
    ILogger<Books> log
) : IHostedService, IAsyncDisposable
{
    /// <summary>Bookings that may wait, unless the setting <c>Books:QueueLimit</c> names another number; one more is refused at once.</summary>
    public const int QueueLimit = 4_096;
    public const int BatchLimit = 128;
    private const int LineLimit = 900;
    private const int TransientTries = 6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Channel<PendingBooking> _queue = Channel.CreateBounded<PendingBooking>(
        new BoundedChannelOptions(configuration.GetValue("Books:QueueLimit", QueueLimit))
        {
            SingleReader = false,
            FullMode = BoundedChannelFullMode.Wait,
        }
    );

    private readonly ConcurrentDictionary<(long, string, string), bool> _running = new();
    private Task[] _writers = [];

    /// <summary>Writes one booking. Its outcome is final when the task ends; the task is not bound to the caller's patience.</summary>
    public Task<BookingResult> Post(Booking booking, IdempotencyClaim? claim = null) =>
        Post(new PendingBooking(booking, claim, clock.GetTimestamp()));

    /// <summary>Decides and writes while the branch's day is closed to everybody else.</summary>
    public Task<BookingResult> PostUnderDayLock(long branchId, DecisionUnderLock decision, IdempotencyClaim? claim) =>
        Post(new PendingBooking(branchId, decision, claim, clock.GetTimestamp()));

    /// <summary>Marks a key as running in this process; false when it already is. Dispose to release.</summary>
    public IDisposable? TryRun(IdempotencyClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var id = (claim.CallerId, claim.Operation, claim.Key);
        return _running.TryAdd(id, true) ? new Running(() => _running.TryRemove(id, out _)) : null;
    }

    /// <summary>The stored answer of an earlier request with this key, if there is one.</summary>
    public async Task<BookingResult?> Replay(IdempotencyClaim claim, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var record = await db.Set<IdempotencyRecord>()
            .AsNoTracking()
            .SingleOrDefaultAsync(r => r.Key == claim.Key && r.CallerId == claim.CallerId && r.Operation == claim.Operation, ct);
        return record is null ? null : FailedBooking.Replay(record, claim);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writers = [.. Enumerable.Range(0, dialect.Writers).Select(_ => Task.Run(Write, CancellationToken.None))];
        return Task.CompletedTask;
    }

    /// <summary>Takes no more, and ends when all that was taken is written.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_writers).WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private Task<BookingResult> Post(PendingBooking pending)
    {
        if (!_queue.Writer.TryWrite(pending))
        {
            pending.End(new BookingResult.Refused(new Overloaded()));
        }

        return pending.Result;
    }

    private async Task Write()
    {
        var batch = new List<PendingBooking>(BatchLimit);
        PendingBooking? next = null;
        while (next is not null || await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            var lines = 0;
            while (batch.Count < BatchLimit && (next is not null || _queue.Reader.TryRead(out next)))
            {
                if (batch.Count > 0 && (next.MustBeAlone || batch[0].MustBeAlone || lines + next.LineCount > LineLimit))
                {
                    break;
                }

                lines += next.LineCount;
                if (clock.GetElapsedTime(next.QueuedAt) > LongestWait)
                {
                    next.End(new BookingResult.Refused(new Overloaded()));
                }
                else
                {
                    batch.Add(next);
                }

                next = null;
            }

            if (batch.Count > 0)
            {
                await WriteOrSplit([.. batch]);
            }
        }
    }

    /// <summary>Writes a batch; when it fails, its halves, until the booking at fault is alone.</summary>
    private async Task WriteOrSplit(PendingBooking[] batch)
    {
        var since = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var work = new BookingBatch(contexts, dialect, clock, batch);
                await work.Write();
                metrics.Written(batch.Length);
                return;
            }
            catch (Exception e) when (MayTryAgain(e, attempt, batch.Length, since))
            {
                metrics.Retried();
            }
#pragma warning disable CA1031 // whatever went wrong, each waiting caller must be told; the failure itself is handed to the one booking it belongs to
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (batch.Length == 1)
                {
                    await FailedBooking.End(contexts, dialect, batch[0], e, log);
                    return;
                }

                metrics.Split();
                await WriteOrSplit(batch[..(batch.Length / 2)]);
                await WriteOrSplit(batch[(batch.Length / 2)..]);
                return;
            }
        }
    }

    private bool MayTryAgain(Exception failure, int attempt, int bookings, long since) =>
        dialect.IsTransient(failure)
        && attempt < TransientTries
        && clock.GetElapsedTime(since) < LongestWait
        && !(dialect.IsLockTimeout(failure) && (bookings > 1 || attempt > 1));

    private sealed class Running(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
