using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Scripts;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>
/// Runs card operations: takes the agent's answers to the operation's script, books what the script says is certain in the same transaction as the
/// script's new state, and gives the next commands. Whatever process dies at whatever moment, the row tells the next one where the operation
/// stands.
/// </summary>
public sealed class CardOperationEngine(
    AppDb db,
    Books books,
    CardKeyRing keys,
    CardScripts scripts,
    IEnumerable<CardEvidence> evidence,
    IEnumerable<CardOperationFlow> flows,
    IEnumerable<CardOperationFollower> followers,
    TimeProvider clock
)
{
    private const int Decisions = 5;

    /// <summary>
    /// An agent sends again within half a minute. One that was silent for longer has lost the operation, and the card may be read elsewhere: what
    /// it was given last dies with the card's power.
    /// </summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(1);

    private readonly CardOperationSteps _steps = new(db, books, keys, scripts, evidence, flows, followers, clock);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Adds a new operation to a booking; its ticket goes into the booking's answer.</summary>
    public CardOperationTicket Create(Booking booking, NewCardOperation wanted)
    {
        ArgumentNullException.ThrowIfNull(booking);
        ArgumentNullException.ThrowIfNull(wanted);
        var operation = CardOperationRows.Make(wanted, scripts.Store(wanted.Start.State), booking.Actor, Now);
        var ticket = CardOperationRows.Issue(operation, wanted.Start.Commands, Now);
        booking.Insert(operation).IfDuplicate(CardOperation.OpenCardIndex, new CardBusy());
        return ticket;
    }

    /// <summary>
    /// Gives an operation whose end is unknown a new ticket, under which the card is read again (FC-35.2). One that was settled without its card is
    /// read again when the card comes back: nothing is booked by it.
    /// </summary>
    public async Task<Outcome<(CardOperation Operation, CardOperationTicket Ticket)>> Reread(long id, CancellationToken ct)
    {
        var operation = await db.Set<CardOperation>().SingleOrDefaultAsync(o => o.Id == id, ct);
        if (operation is null)
        {
            return new NotFound("card operation");
        }

        if (operation.EndedAt is null)
        {
            operation = await EndIfLost(operation, ct);
        }

        if (operation.EndedAt is null)
        {
            return new CardOperationRunning();
        }

        if (operation.State != CardOperationState.Unknown && operation.OutcomeCode != SettledWithoutCard)
        {
            return new CardOperationNotUnknown(operation.State.ToString());
        }

        var start = (ScriptStep.Send)scripts.Recover(scripts.StateOf(operation), keys.Context(clock));
        operation.Script = scripts.Store(start.State);
        (operation.RootId, operation.ActiveId, operation.EndedAt) = (operation.Id, operation.Id, null);
        (operation.Round, operation.RoundHash, operation.State) = (0, [], CardOperationState.Held);
        operation.OpenCard = operation.CardId;
        return (operation, CardOperationRows.Issue(operation, start.Commands, Now));
    }

    /// <summary>The code of an operation that was settled without its card: when the card comes back, it is looked at again.</summary>
    public const string SettledWithoutCard = "settled-without-card";

    /// <summary>The code of an operation that a person decided.</summary>
    public const string SettledByDecision = "settled-by-decision";

    /// <summary>
    /// Ends an operation whose card is away, or which a person must decide, as done or not done on the chip: adds what its flow books, and
    /// the operation, to the booking. Two at once: the row's version lets one of them in.
    /// </summary>
    public async Task<Refusal?> SettleWithoutCard(CardOperation operation, bool done, Booking booking, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(booking);
        var wasDone = operation.SettledAs == CardOperationState.Confirmed;
        if (operation.SettledAs is null || (done && !wasDone))
        {
            BookingPoint point = done
                ? scripts.SettledOf(operation, afterRelease: operation.SettledAs is not null)
                : new BookingPoint.Released(SettledWithoutCard);
            if (await flows.Single(f => f.Kind == operation.Kind).Book(operation, point, booking, ct) is { } refusal)
            {
                return refusal;
            }

            operation.TransactionId = booking.Head?.Id ?? operation.TransactionId;
            foreach (var kept in point is BookingPoint.Confirmed ? evidence : [])
            {
                kept.Keep(operation, (BookingPoint.Confirmed)point, Now, booking);
            }
        }

        var code = operation.State == CardOperationState.Exception ? SettledByDecision : SettledWithoutCard;
        var end = done ? CardOutcomeState.Confirmed : CardOutcomeState.NotDone;
        var message = done ? "Settled as done." : "Settled as not done.";
        CardOperationRows.End(operation, new CardOutcome(end, code, message), Now);
        operation.SettledAs = operation.State;
        booking.Update(operation);
        return null;
    }

    /// <summary>Takes one message of the agent.</summary>
    public async Task<Outcome<string>> Exchange(long id, string ticket, CardExchangeRequest message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        var body = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(message, Json.Options));
        for (var i = 0; i < Decisions; i++)
        {
            var root = await db.Set<CardOperation>().SingleOrDefaultAsync(o => o.Id == id && o.RootId == id, ct);
            if (root is null || !CardOperationRows.TicketFits(root, ticket, Now))
            {
                return new CardTicketInvalid();
            }

            if (message.Round == root.Round - 1)
            {
                return root.RoundHash.AsSpan().SequenceEqual(body) ? root.Reply : new CardRoundConflict(root.Round);
            }

            if (root.EndedAt is not null)
            {
                return new CardOperationOver();
            }

            if (message.Round != root.Round)
            {
                return new CardRoundConflict(root.Round);
            }

            root.RoundHash = body;
            if (await _steps.Advance(root, message, ct) is { } reply)
            {
                return reply;
            }
        }

        return new ConcurrentChange();
    }

    /// <summary>
    /// Ends operations whose ticket ran out: what was not written is released, what may have been written becomes unknown. One that cannot be ended
    /// does not keep the others from it.
    /// </summary>
    public async Task<int> ExpireTickets(CancellationToken ct)
    {
        var now = Now;
        var late = await db.Set<CardOperation>()
            .Where(o => o.RootId == o.Id && o.EndedAt == null && o.TicketExpiresAt < now)
            .OrderBy(o => o.Id)
            .Take(50)
            .ToListAsync(ct);
        var failures = new List<Exception>();
        foreach (var root in late)
        {
            try
            {
                await Lose(root, ct);
            }
#pragma warning disable CA1031 // all are tried before any is reported
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                failures.Add(new InvalidOperationException($"Card operation {root.Id} could not be ended.", e));
            }
        }

        return failures.Count == 0 ? late.Count : throw new AggregateException(failures);
    }

    /// <summary>Nobody carries it any more: an end like a card torn away. First learn what that means for this script.</summary>
    private async Task<CardOperation> EndIfLost(CardOperation operation, CancellationToken ct)
    {
        var root = await db.Set<CardOperation>().SingleAsync(o => o.Id == operation.RootId, ct);
        if (root.TicketExpiresAt >= Now && Now - root.TouchedAt < LostAfter)
        {
            return operation;
        }

        await Lose(root, ct);
        return await db.Set<CardOperation>().SingleAsync(o => o.Id == operation.Id, ct);
    }

    private Task<string?> Lose(CardOperation root, CancellationToken ct) =>
        _steps.Advance(root, new CardExchangeRequest(root.Round, Answers: [], Failure: CardReport.TimedOut.Failure), ct);
}
