using Platform.Cards.Scripts;
using Platform.Persistence;

namespace Platform.Cards.Operations;

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
/// first payment after a card's issue).
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

/// <summary>A card operation and its ticket. The front end hands the ticket to the agent and follows the operation.</summary>
/// <param name="OperationId">The operation's id, decimal digits.</param>
/// <param name="Ticket">The one-time ticket, valid for ten minutes. Send it to the agent's <c>POST /v1/operations</c>.</param>
/// <param name="ExpiresAt">When the ticket expires.</param>
public sealed record CardOperationTicket(string OperationId, string Ticket, DateTimeOffset ExpiresAt);

/// <summary>The state of a card operation.</summary>
/// <param name="OperationId">Decimal digits.</param>
/// <param name="Kind">issue, load, points-load, …</param>
/// <param name="Amount">Fen, or points.</param>
/// <param name="Code">The code of the outcome; null while the operation runs.</param>
/// <param name="SerialNumber">Serial number of the resulting transaction; null if nothing was booked.</param>
/// <param name="Following">The later operations under the same ticket.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CardNumber">The card number; null if not known yet.</param>
/// <param name="Message">The code as a sentence for the operator; null while the operation runs.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="EndedAt">When the operation ended; null while it runs.</param>
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
