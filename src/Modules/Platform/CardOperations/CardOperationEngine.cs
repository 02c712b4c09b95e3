using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.CardOperations.Scripts;

namespace Platform.CardOperations;

/// <summary>
/// Runs card operations: takes the agent's answers to the operation's script, books what the script says is certain in the same transaction as the
/// script's new state, and gives the next commands. Whatever process dies at whatever moment, the row tells the next one where the operation
/// stands.
/// </summary>
public sealed class CardOperationEngine(AppDb db, Books books, CardKeyRing keys, IEnumerable<CardOperationFlow> flows, TimeProvider clock)
{
    private const int Decisions = 5;
    private const int StepsPerRound = 8;

    /// <summary>Adds a new operation to a booking; its ticket goes into the booking's answer.</summary>
    public CardOperationTicket Create(Booking booking, NewCardOperation wanted)
    {
        ArgumentNullException.ThrowIfNull(booking);
        ArgumentNullException.ThrowIfNull(wanted);
        var secret = Secrets.NewToken();
        var operation = Row(wanted, booking.Actor, Ids.Next(), root: null);
        operation.TicketHash = Secrets.Hash(secret);
        operation.Reply = Store(new CardExchangeReply(1, wanted.Start.Commands, false, null));
        booking.Insert(operation).IfDuplicate(CardOperation.OpenCardIndex, new CardBusy());
        return Ticket(operation, secret);
    }

    /// <summary>Gives an operation whose end is unknown a new ticket, under which the card is read again (FC-35.2).</summary>
    public async Task<Outcome<(CardOperation Operation, CardOperationTicket Ticket)>> Reread(long id, CancellationToken ct)
    {
        var operation = await db.Set<CardOperation>().SingleOrDefaultAsync(o => o.Id == id, ct);
        if (operation is null)
        {
            return new NotFound("card operation");
        }

        if (operation.EndedAt is null && operation.TicketExpiresAt < clock.GetUtcNow().UtcDateTime)
        {
            // Running out of its ticket is an end like a card torn away: first learn what that means for this script.
            var root = await db.Set<CardOperation>().SingleAsync(o => o.Id == operation.RootId, ct);
            await Advance(root, new CardExchangeRequest(root.Round, Answers: [], Failure: CardReport.TimedOut.Failure), ct);
            operation = await db.Set<CardOperation>().SingleAsync(o => o.Id == id, ct);
        }

        if (operation.EndedAt is null)
        {
            return new CardOperationRunning();
        }

        if (operation.State != CardOperationState.Unknown)
        {
            return new CardOperationNotUnknown(operation.State.ToString());
        }

        var start = (ScriptStep.Send)RecoverScript.Start(CardScript.Restore(operation.Script), Context());
        var secret = Secrets.NewToken();
        operation.Script = CardScript.Store(start.State);
        operation.TicketHash = Secrets.Hash(secret);
        operation.TicketExpiresAt = clock.GetUtcNow().UtcDateTime + CardOperation.TicketGoodFor;
        (operation.RootId, operation.ActiveId, operation.EndedAt) = (operation.Id, operation.Id, null);
        operation.Round = 0;
        operation.RoundHash = [];
        operation.State = CardOperationState.Held;
        operation.Reply = Store(new CardExchangeReply(1, start.Commands, false, null));
        return (operation, Ticket(operation, secret));
    }

    /// <summary>Takes one message of the agent.</summary>
    public async Task<Outcome<string>> Exchange(long id, string ticket, CardExchangeRequest message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        var body = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(message, Json.Options));
        for (var i = 0; i < Decisions; i++)
        {
            var root = await db.Set<CardOperation>().SingleOrDefaultAsync(o => o.Id == id && o.RootId == id, ct);
            if (root is null || !TicketFits(root, ticket))
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
            if (await Advance(root, message, ct) is { } reply)
            {
                return reply;
            }
        }

        return new ConcurrentChange();
    }

    /// <summary>
    /// Ends operations whose ticket ran out: what was not written is released, what may have been written becomes unknown. One that cannot be ended
    /// does not keep
    /// the others from it.
    /// </summary>
    public async Task<int> ExpireTickets(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
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
                await Advance(root, new CardExchangeRequest(root.Round, Answers: [], Failure: CardReport.TimedOut.Failure), ct);
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

    /// <summary>Null when somebody else moved the operation at the same time.</summary>
    private async Task<string?> Advance(CardOperation root, CardExchangeRequest message, CancellationToken ct)
    {
        var active = root.ActiveId == root.Id ? root : await db.Set<CardOperation>().SingleAsync(o => o.Id == root.ActiveId, ct);
        if (message.Round == 0 && message.Failure is null)
        {
            // The first commands were made with the operation; the agent only asks for them.
            root.Round = 1;
            return await Save(root, active, Draft(root), ct) ? root.Reply : null;
        }

        var report = new CardReport(message.Answers ?? [], message.Failure);
        var context = Context();
        var step = CardScript.Next(CardScript.Restore(active.Script), context, report);
        for (var i = 0; i < StepsPerRound; i++)
        {
            var booking = Draft(root);
            var booked = (step as ScriptStep.Book)?.Point;
            if (step is ScriptStep.Book book)
            {
                if (await FlowOf(active).Book(active, book.Point, booking, ct) is { } refused)
                {
                    step = new ScriptStep.Finish(book.State, new CardOutcome(CardOutcomeState.NotDone, refused.Code, refused.En));
                    booking = Draft(root);
                }
                else
                {
                    active.State = CardOperationState.Held;
                    active.TransactionId = booking.Head?.Id ?? active.TransactionId;
                    step = CardScript.Resume(book.State, context);
                }
            }

            await Enter(root, active, step, booking, message.Round, ct);
            var (saved, refusal) = await Post(root, active, booking);
            if (!saved)
            {
                if (refusal is null)
                {
                    return null;
                }

                if (
                    booked is not (null or BookingPoint.Reserved or BookingPoint.Authorised or BookingPoint.Present)
                    && !await HasMoved(root, message.Round, ct)
                )
                {
                    throw new InvalidOperationException(
                        $"Card operation {active.Id}: what the chip has done was refused by the books: {refusal.Code}."
                    );
                }

                // The books said no (the reserve is too small by now): the chip is untouched, the operation is over.
                return await RefusedByBooks(root.Id, refusal, message.Round, root.RoundHash, ct);
            }

            if (step is not ScriptStep.Book)
            {
                return root.Reply;
            }
        }

        throw new InvalidOperationException($"The script of card operation {active.Id} does not come to an end.");
    }

    /// <summary>Writes the step into the rows: the script's state, the reply, and the end when it is over.</summary>
    private async Task Enter(CardOperation root, CardOperation active, ScriptStep step, Booking booking, int round, CancellationToken ct)
    {
        switch (step)
        {
            case ScriptStep.Send send:
                active.Script = CardScript.Store(send.State);
                Reply(root, round, send.Commands, null);
                break;
            case ScriptStep.Book book:
                active.Script = CardScript.Store(book.State);
                break;
            case ScriptStep.Finish finish:
                active.Script = CardScript.Store(finish.State);
                End(active, finish.Outcome);
                var next = active.State == CardOperationState.Confirmed ? await FlowOf(active).Follow(active, ct) : null;
                if (next is null)
                {
                    root.EndedAt = clock.GetUtcNow().UtcDateTime;
                    Reply(root, round, [], root);
                }
                else
                {
                    var follower = Row(next, new Actor(root.BranchId, root.OperatorId, root.ApproverId), Ids.Next(), root);
                    booking.Insert(follower);
                    root.ActiveId = follower.Id;
                    root.EndedAt = null;
                    Reply(root, round, next.Start.Commands, null);
                }

                break;
        }
    }

    private void End(CardOperation operation, CardOutcome outcome)
    {
        operation.State = outcome.State switch
        {
            CardOutcomeState.Confirmed => CardOperationState.Confirmed,
            CardOutcomeState.Rejected => CardOperationState.Rejected,
            CardOutcomeState.NotDone => CardOperationState.NotDone,
            CardOutcomeState.Unknown => CardOperationState.Unknown,
            _ => CardOperationState.Exception,
        };
        operation.OutcomeCode = outcome.Code;
        operation.OutcomeMessage = outcome.Message;
        operation.EndedAt = clock.GetUtcNow().UtcDateTime;
        operation.OpenCard = operation.IsSettled ? null : operation.OpenCard;
    }

    private static void Reply(CardOperation root, int round, IReadOnlyList<CardCommand> commands, CardOperation? over)
    {
        root.Round = round + 1;
        var outcome = over is null
            ? null
            : new CardExchangeOutcome(
                over.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                over.Kind,
                JsonNamingPolicy.CamelCase.ConvertName(over.State.ToString()),
                over.OutcomeCode!,
                over.OutcomeMessage!,
                over.TransactionId is { } t && over.State == CardOperationState.Confirmed ? SerialNumber.Of(t) : null
            );
        root.Reply = Store(new CardExchangeReply(round + 1, commands, over is not null, outcome));
    }

    private async Task<bool> HasMoved(CardOperation root, int round, CancellationToken ct) =>
        await db.Set<CardOperation>().AnyAsync(o => o.Id == root.Id && (o.Round != round || o.EndedAt != null), ct);

    private async Task<string?> RefusedByBooks(long rootId, Refusal refusal, int round, byte[] body, CancellationToken ct)
    {
        var root = await db.Set<CardOperation>().SingleAsync(o => o.Id == rootId, ct);
        var active = root.ActiveId == root.Id ? root : await db.Set<CardOperation>().SingleAsync(o => o.Id == root.ActiveId, ct);
        if (root.EndedAt is not null || root.Round != round)
        {
            // The same message sent twice: the other one moved the operation on, and with it the money that this one missed.
            return null;
        }

        root.RoundHash = body;
        End(active, new CardOutcome(CardOutcomeState.NotDone, refusal.Code, refusal.En));
        root.EndedAt = active.EndedAt;
        Reply(root, round, [], root);
        return await Save(root, active, Draft(root), ct) ? root.Reply : null;
    }

    private async Task<bool> Save(CardOperation root, CardOperation active, Booking booking, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return (await Post(root, active, booking)).Saved;
    }

    private async Task<(bool Saved, Refusal? Refusal)> Post(CardOperation root, CardOperation active, Booking booking)
    {
        booking.Update(root);
        if (active.Id != root.Id)
        {
            booking.Update(active);
        }

        return await books.Post(booking) switch
        {
            BookingResult.Answered => (true, null),
            BookingResult.Refused refused => (false, refused.Refusal),
            _ => (false, null),
        };
    }

    private static Booking Draft(CardOperation root) =>
        new(
            Ids.Next(),
            new Actor(root.BranchId, root.OperatorId, root.ApproverId),
            new AuditNote("card-operation-step", $"card-operation:{root.Id}", new { root.Kind, root.Round }),
            _ => Answer.Ok(new { })
        );

    private CardOperation Row(NewCardOperation wanted, Actor actor, long id, CardOperation? root) =>
        new()
        {
            Id = id,
            Kind = wanted.Kind,
            State = CardOperationState.Open,
            BranchId = actor.BranchId,
            OperatorId = actor.OperatorId,
            ApproverId = actor.ApproverId,
            CardId = wanted.CardId,
            CustomerId = wanted.CustomerId,
            CardNumber = wanted.CardNumber,
            Amount = wanted.Amount,
            OpenCard = wanted.CardId,
            Order = JsonSerializer.Serialize(wanted.Order, wanted.Order.GetType(), Json.Options),
            Script = CardScript.Store(wanted.Start.State),
            RootId = root?.Id ?? id,
            ActiveId = id,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
            TicketExpiresAt = root?.TicketExpiresAt ?? clock.GetUtcNow().UtcDateTime + CardOperation.TicketGoodFor,
        };

    private bool TicketFits(CardOperation root, string ticket)
    {
        var dot = ticket.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && (root.EndedAt is not null || clock.GetUtcNow().UtcDateTime < root.TicketExpiresAt)
            && CryptographicOperations.FixedTimeEquals(Secrets.Hash(ticket[(dot + 1)..]), root.TicketHash);
    }

    private static CardOperationTicket Ticket(CardOperation operation, string secret)
    {
        var id = operation.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new CardOperationTicket(id, $"{id}.{secret}", operation.TicketExpiresAt.AtUtc());
    }

    private CardOperationFlow FlowOf(CardOperation operation) => flows.Single(f => f.Kind == operation.Kind);

    private ScriptContext Context() => keys.Context(clock);

    private static string Store(CardExchangeReply reply) => JsonSerializer.Serialize(reply, Json.Options);
}

public sealed record CardTicketInvalid()
    : Refusal("card-ticket-invalid", 401, "The ticket is unknown or has expired.", "卡片操作凭证无效或已过期。");

public sealed record CardRoundConflict(int Expected)
    : Refusal("card-round-conflict", 409, "Another message is expected.", "卡片操作报文次序不符。");

public sealed record CardOperationOver() : Refusal("card-operation-over", 410, "The card operation is over.", "卡片操作已结束。");

public sealed record CardOperationRunning()
    : Refusal("card-operation-running", 409, "The card operation is still running.", "卡片操作仍在进行中。")
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 5;
}

public sealed record CardOperationNotUnknown(string State)
    : Refusal(
        "card-operation-not-unknown",
        409,
        $"The card operation is {State}; there is nothing to settle.",
        "该卡片操作无需重新读卡处理。"
    );
