using Platform.CardOperations.Scripts;

namespace Platform.CardOperations;

/// <summary>What a module adds to a kind of card operation: what to book at each certain moment. The engine does the rest.</summary>
public abstract class CardOperationFlow
{
    public abstract string Kind { get; }

    /// <summary>
    /// Adds head, lines and rows for this moment to the booking, which also carries the operation's row. A refusal ends the operation before the
    /// chip is written.
    /// </summary>
    public abstract Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct);

    /// <summary>
    /// An operation to run at once on the same card under the same ticket after this one was confirmed (points after money); null for none.
    /// </summary>
    public virtual Task<NewCardOperation?> Follow(CardOperation operation, CancellationToken ct) =>
        Task.FromResult<NewCardOperation?>(null);
}

/// <summary>
/// What another module runs at once on the same card, under the same ticket, after an operation of a kind that is not its own was confirmed (the
/// first recharge after a bearer card's issue).
/// </summary>
public abstract class CardOperationFollower
{
    /// <summary>The kind that it follows.</summary>
    public abstract string After { get; }

    /// <summary>Null where nothing is to follow this one.</summary>
    public abstract Task<NewCardOperation?> Follow(CardOperation operation, CancellationToken ct);
}

/// <summary>A card operation to be created.</summary>
/// <param name="Kind">The flow.</param>
/// <param name="Order">The flow's own record; stored as JSON of at most 4,000 characters.</param>
/// <param name="Start">The script's first step.</param>
public sealed record NewCardOperation(
    string Kind,
    long? CardId,
    long? CustomerId,
    string? CardNumber,
    long Amount,
    object Order,
    ScriptStep.Send Start
);

/// <summary>What the front end gets for a card operation: it hands the ticket to the agent beside the reader and follows the operation.</summary>
/// <param name="OperationId">The operation's id, decimal digits.</param>
/// <param name="Ticket">Good once, for ten minutes: give it to the agent's <c>POST /v1/operations</c>.</param>
/// <param name="ExpiresAt">When the ticket ends.</param>
public sealed record CardOperationTicket(string OperationId, string Ticket, DateTimeOffset ExpiresAt);

/// <summary>How a card operation stands.</summary>
/// <param name="OperationId">Decimal digits.</param>
/// <param name="Kind">issue, load, points-load, …</param>
/// <param name="Amount">Fen, or points.</param>
/// <param name="Code">Why it ended so; null while it runs.</param>
/// <param name="SerialNumber">Of the transaction that booked its end; null when nothing was booked.</param>
/// <param name="Following">The operations that ran under the same ticket after it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CardNumber">The card it is for; null while there is none.</param>
/// <param name="Message">The code in a sentence for the operator; null while it runs.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="EndedAt">When its end was known; null before.</param>
public sealed record CardOperationView(
    string OperationId,
    string Kind,
    CardOperationState State,
    string? CardNumber,
    long Amount,
    string? Code,
    string? Message,
    string? SerialNumber,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<CardOperationView> Following
);
