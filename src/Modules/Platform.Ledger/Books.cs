using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.Idempotency;
using Platform.Ledger.Batches;
using Platform.Persistence.Dialects;

namespace Platform.Ledger;

/// <summary>
/// How a booking ended: answered (booked now, or before under the same key), refused, or stale (what it was decided on has changed). On its way
/// there it is decided and not yet written.
/// </summary>
public abstract record BookingResult : IRefusable<BookingResult>
{
    static BookingResult IRefusable<BookingResult>.Refused(Refusal refusal) => new Refused(refusal);

    /// <summary>Not an end yet: what the handler decided, for the books to write.</summary>
    internal sealed record Decided(Booking Booking) : BookingResult;

    /// <summary>What the slice has the booking run, a refusal or its answer, threw; its caller meets the exception, and nobody else.</summary>
    internal sealed record Failed(Exception Exception) : BookingResult;

    /// <summary>Not an end yet: a decision that the books let run under the day's lock.</summary>
    internal sealed record DecidedUnderLock(DecisionUnderLock Decision) : BookingResult;

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
    DbContextOptions<AppDb> options,
    Dialect dialect,
    TimeProvider clock,
    BooksMetrics metrics,
    AccountTypes accountTypes,
    TransactionTypes transactionTypes,
    IConfiguration configuration,
    OutageLog outages
) : IHostedService, IAsyncDisposable
{
    /// <summary>Bookings that may wait, unless the setting <c>Books:QueueLimit</c> names another number; one more is refused at once.</summary>
    public const int QueueLimit = 4_096;

    /// <summary>Bookings of one transaction.</summary>
    public const int BatchLimit = 128;

    private readonly BookingQueue _queue = new(configuration.GetValue("Books:QueueLimit", QueueLimit));
    private readonly ConcurrentDictionary<(long, string), bool> _running = new();
    private Task[] _writers = [];

    /// <summary>Writes one booking. Its outcome is final when the task ends; the task is not bound to the caller's patience.</summary>
    /// <param name="booking">What is to be written.</param>
    /// <param name="claim">The key it is written under.</param>
    /// <param name="premises">What the decision took from memory; where one no longer holds the outcome is <see cref="BookingResult.Stale"/>.</param>
    public Task<BookingResult> Post(Booking booking, IdempotencyClaim? claim = null, IReadOnlyList<Premise>? premises = null) =>
        Post(new PendingBooking(Declared(booking), claim, premises ?? [], clock.GetTimestamp()));

    /// <summary>Decides and writes while the branch's day is closed to everybody else.</summary>
    public Task<BookingResult> PostUnderDayLock(long branchId, DecisionUnderLock decision, IdempotencyClaim? claim) =>
        Post(
            new PendingBooking(
                branchId,
                async (db, day, ct) =>
                {
                    var outcome = await decision(db, day, ct);
                    return outcome.Refusal is null ? Declared(outcome.Value) : outcome;
                },
                claim,
                clock.GetTimestamp()
            )
        );

    /// <summary>Marks a key as running in this process; false when it already is. Dispose to release.</summary>
    public IDisposable? TryRun(IdempotencyClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var id = (claim.CallerId, claim.Key);
        return _running.TryAdd(id, true) ? new Running(() => _running.TryRemove(id, out _)) : null;
    }

    /// <summary>The stored answer of an earlier request with this key, if there is one.</summary>
    public async Task<BookingResult?> Replay(IdempotencyClaim claim, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await FailedBooking.Stored(db, claim, ct) is { } record ? FailedBooking.Replay(record, claim, replayed: true) : null;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        using (var db = contexts.CreateDbContext())
        {
            BatchRows.MustMatch(db.Model);
        }

        _writers = [.. Enumerable.Range(0, configuration.GetValue("Books:Writers", dialect.Writers)).Select(_ => StartWriter())];
        return Task.CompletedTask;
    }

    /// <summary>Takes no more, and ends when all that was taken is written.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Close();
        await Task.WhenAll(_writers).WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _queue.Close();
        return ValueTask.CompletedTask;
    }

    private Task StartWriter() =>
        Task.Factory.StartNew(
            () =>
            {
                using var writer = new BooksWriter(
                    _queue,
                    new WriterContext(dialect, options, contexts, configuration["Database:ConnectionString"]!),
                    clock,
                    metrics,
                    outages
                );
                writer.Run();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    /// <summary>The booking, which moves only what the modules declare: the proof and every reader go by that.</summary>
    private Booking Declared(Booking booking)
    {
        ArgumentNullException.ThrowIfNull(booking);
        for (var i = 0; i < booking.Lines.Count; i++)
        {
            accountTypes.MustDeclare(booking.Lines[i].Account.Type);
        }

        if (booking.Head is { } head)
        {
            transactionTypes.MustDeclare(head.Type);
        }

        return booking;
    }

    private Task<BookingResult> Post(PendingBooking pending)
    {
        if (!_queue.TryAdd(pending))
        {
            pending.End(new BookingResult.Refused(_queue.Trouble ?? new Overloaded()));
        }

        return pending.Result;
    }

    private sealed class Running(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
