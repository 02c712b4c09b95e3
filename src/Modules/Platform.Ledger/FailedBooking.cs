using Microsoft.EntityFrameworkCore;
using Platform.Idempotency;
using Platform.Persistence.Dialects;

namespace Platform.Ledger;

/// <summary>What the caller of a booking hears whose transaction failed while it was alone in it.</summary>
internal static class FailedBooking
{
    /// <summary>The single booking of a batch failed: what does its caller hear?</summary>
    public static async Task End(
        IDbContextFactory<AppDb> contexts,
        Dialect dialect,
        PendingBooking pending,
        Exception failure,
        DatabaseFailure meaning
    )
    {
        try
        {
            if (failure is DbUpdateConcurrencyException)
            {
                pending.End(new BookingResult.Stale());
            }
            else if (meaning == DatabaseFailure.Duplicate)
            {
                await using var db = await contexts.CreateDbContextAsync();
                await EndDuplicate(db, dialect, pending, failure);
            }
            else if (meaning is DatabaseFailure.LockTimeout or DatabaseFailure.Conflict)
            {
                // Nothing was committed: the commit was never sent.
                pending.End(new BookingResult.Refused(new DatabaseBusy()));
            }
            else
            {
                pending.Fail(failure);
            }
        }
#pragma warning disable CA1031 // the caller must be told even when the database is gone while we ask it what happened
        catch (Exception e)
#pragma warning restore CA1031
        {
            // This booking was not made; an earlier one under its key may have been.
            pending.Fail(e);
        }
    }

    public static BookingResult Replay(IdempotencyRecord record, IdempotencyClaim claim, bool replayed) =>
        record.IsOf(claim)
            ? new BookingResult.Answered(record.Status, record.Location, record.Body, replayed)
            : new BookingResult.Refused(new IdempotencyKeyReused());

    private static async Task EndDuplicate(AppDb db, Dialect dialect, PendingBooking pending, Exception failure)
    {
        if (pending.Claim is { } claim && await Stored(db, claim) is { } record)
        {
            pending.End(Replay(record, claim, replayed: !pending.MaybeCommitted));
            return;
        }

        foreach (var (index, refusal) in pending.Booking?.Duplicates ?? [])
        {
            if (dialect.Violates(failure, index, db))
            {
                pending.End(new BookingResult.Refused(refusal));
                return;
            }
        }

        // Two batches of two processes opened the same account, or took the same sequence: deciding again finds it there.
        pending.End(
            dialect.Violates(failure, Transaction.CorrectsIndex, db)
                ? new BookingResult.Refused(new AlreadyCorrected())
                : new BookingResult.Stale()
        );
    }

    /// <summary>What is stored under the claim's id, or was stored for this very request before keys belonged to their callers alone.</summary>
    public static async Task<IdempotencyRecord?> Stored(AppDb db, IdempotencyClaim claim, CancellationToken ct = default)
    {
        var before = IdempotencyRecord.IdBefore(claim.CallerId, claim.Operation, claim.Key);
        var found = await db.Set<IdempotencyRecord>().AsNoTracking().Where(r => r.Id == claim.Id || r.Id == before).ToListAsync(ct);
        return found.Find(r => r.IsOf(claim)) ?? found.Find(r => r.Id == claim.Id);
    }
}

/// <summary>The commit was sent, and nobody knows whether it was done.</summary>
internal sealed class CommitUnknownException(Exception inner) : Exception("The commit was sent and not answered.", inner);
