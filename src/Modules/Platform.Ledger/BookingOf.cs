using System.Text.Json;
using Platform.Outbox;

namespace Platform.Ledger;

/// <summary>A booking that answers its caller, with what the command promised and nothing else.</summary>
public sealed class Booking<TResponse>(long id, Actor actor, AuditNote audit, Func<Posted, Answer<TResponse>> answer)
    : Booking(id, actor, audit)
{
    internal override AnswerBytes Answered(Posted posted)
    {
        var made = answer(posted);
        var body = JsonSerializer.SerializeToUtf8Bytes(made.Body, Json.Options);
        return new AnswerBytes(made.Status, made.Location, body, (made.Body as IVersionedResponse)?.Version);
    }
}

/// <summary>A booking that answers nobody: a job's, or a step's of something larger.</summary>
public sealed class SilentBooking(long id, Actor actor, AuditNote audit) : Booking(id, actor, audit)
{
    internal override AnswerBytes Answered(Posted posted) => AnswerBytes.Nothing;
}

/// <summary>An answer as it is sent and stored.</summary>
/// <param name="Version">Of the row that it shows, for the header ETag.</param>
internal readonly record struct AnswerBytes(int Status, string? Location, byte[] Body, int? Version)
{
    public static readonly AnswerBytes Nothing = new(200, null, "{}"u8.ToArray(), null);
}

/// <summary>What a booking is put together from. Each gives back the booking it was given, with the answer it is bound to.</summary>
public static class BookingParts
{
    public static TBooking WithHead<TBooking>(this TBooking booking, Transaction head)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.SetHead(head);
        return booking;
    }

    /// <summary>Moves an amount of zero or more from one account to another of the same unit.</summary>
    public static TBooking Move<TBooking>(this TBooking booking, AccountRef debit, AccountRef credit, long amount)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddMove(debit, credit, amount);
        return booking;
    }

    /// <summary>The refusal to give when this account has too little; its argument is the balance found.</summary>
    public static TBooking IfShort<TBooking>(this TBooking booking, AccountRef account, Func<long, Refusal> refusal)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddIfShort(account, refusal);
        return booking;
    }

    /// <summary>
    /// The refusal to give for the business date that the booking is about to land on; null lets it land. It is asked while the branch's day is
    /// held, so that what it says is still so at the commit: a decision's own look at the day may be old by then.
    /// </summary>
    public static TBooking RefuseOn<TBooking>(this TBooking booking, Func<DateOnly, Refusal?> refusal)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddRefuseOn(refusal);
        return booking;
    }

    /// <summary>
    /// The decision goes by what was read of an account at this version (0: it was not there), which must be one that the booking moves. Where
    /// it was moved since, nothing is booked and the outcome is stale. A guard against zero needs no such thing.
    /// </summary>
    public static TBooking DecidedOn<TBooking>(this TBooking booking, AccountRef account, int version)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddDecidedOn(account, version);
        return booking;
    }

    public static TBooking Insert<TBooking>(this TBooking booking, object row)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddInsert(row);
        return booking;
    }

    /// <summary>Writes a row that was read (untracked) and changed, if nobody else changed it since.</summary>
    public static TBooking Update<TBooking>(this TBooking booking, IVersioned row)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddUpdate(row);
        return booking;
    }

    public static TBooking Delete<TBooking>(this TBooking booking, object row)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddDelete(row);
        return booking;
    }

    public static TBooking Raise<TBooking>(this TBooking booking, DomainEvent happened)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddEvent(happened);
        return booking;
    }

    /// <summary>
    /// Moves the branch to its next business date with this booking (PL-04.1). Only for a decision made under the closed day's lock.
    /// </summary>
    public static TBooking ClosingDay<TBooking>(this TBooking booking, DateOnly next)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.NextDay = next;
        return booking;
    }

    /// <summary>The refusal to give when an insert or update meets this unique index.</summary>
    public static TBooking IfDuplicate<TBooking>(this TBooking booking, string indexName, Refusal refusal)
        where TBooking : Booking
    {
        ArgumentNullException.ThrowIfNull(booking);
        booking.AddIfDuplicate(indexName, refusal);
        return booking;
    }
}
