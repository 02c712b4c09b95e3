using Platform.Idempotency;

namespace Platform.Ledger;

/// <summary>A booking on its way: the value or the decision still to be made, its key, and the caller who waits.</summary>
internal sealed class PendingBooking
{
    // Whoever ends it runs what its caller does next: so a writer ends its bookings on another thread, all of a batch in one go.
    private readonly TaskCompletionSource<BookingResult> _end = new();

    public PendingBooking(Booking booking, IdempotencyClaim? claim, IReadOnlyList<Premise> premises, long queuedAt)
    {
        Premises = premises;
        Booking = booking;
        Claim = claim;
        QueuedAt = queuedAt;
        BranchId = booking.Actor.BranchId;
        NetLines = booking.NetLines();
    }

    public PendingBooking(long branchId, DecisionUnderLock decision, IdempotencyClaim? claim, long queuedAt)
    {
        BranchId = branchId;
        Decision = decision;
        Claim = claim;
        QueuedAt = queuedAt;
    }

    public long BranchId { get; }

    public Booking? Booking { get; private set; }

    public DecisionUnderLock? Decision { get; }

    public IdempotencyClaim? Claim { get; }

    /// <summary>What the decision took from memory.</summary>
    public IReadOnlyList<Premise> Premises { get; } = [];

    public long QueuedAt { get; }

    public List<Line> NetLines { get; private set; } = [];

    public bool MustBeAlone => Decision is not null;

    public int LineCount => NetLines.Count;

    public int RowCount => Booking is null ? 0 : Booking.Inserts.Count + Booking.Updates.Count + Booking.Deletes.Count;

    /// <summary>A commit of it was sent and not answered. From now on only an answer that is stored says what became of it.</summary>
    public bool MaybeCommitted { get; set; }

    public Task<BookingResult> Result => _end.Task;

    /// <summary>Takes the booking that the decision under lock came to.</summary>
    public void Decided(Booking booking)
    {
        Booking = booking;
        NetLines = booking.NetLines();
    }

    public void End(BookingResult result)
    {
        if (result is BookingResult.Failed(var exception))
        {
            Fail(exception);
        }
        else
        {
            _end.TrySetResult(
                MaybeCommitted && result is not BookingResult.Answered ? new BookingResult.Refused(new OutcomeUnknown()) : result
            );
        }
    }

    public void Fail(Exception exception)
    {
        if (MaybeCommitted)
        {
            End(new BookingResult.Stale());
        }
        else
        {
            _end.TrySetException(exception);
        }
    }
}
