using Microsoft.EntityFrameworkCore;
using Platform.Cards.Scripts;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>
/// One message's way through a script: each step is booked with the script's new state, until there are commands or an end to answer with.
/// </summary>
internal sealed class CardOperationSteps(
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
    private const int StepsPerRound = 8;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Null when somebody else moved the operation at the same time.</summary>
    internal async Task<string?> Advance(CardOperation root, CardExchangeRequest message, CancellationToken ct)
    {
        var active = await Active(root, ct);
        root.TouchedAt = Now;
        if (message.Round == 0 && message.Failure is null)
        {
            // The first commands were made with the operation; the agent only asks for them.
            root.Round = 1;
            return (await Post(root, active, Draft(root, active, null))).Saved ? root.Reply : null;
        }

        var context = keys.Context(clock);
        var step = scripts.Next(scripts.StateOf(active), context, new CardReport(message.Answers ?? [], message.Failure));
        for (var i = 0; i < StepsPerRound; i++)
        {
            var point = (step as ScriptStep.Book)?.Point;
            (step, var booking) = await Take(root, active, step, context, ct);
            await Enter(root, active, step, booking, message.Round, ct);
            var (saved, refusal) = await Post(root, active, booking);
            if (!saved)
            {
                return refusal is null ? null : await NotBooked(root, active, point, refusal, message.Round, ct);
            }

            if (step is not ScriptStep.Book)
            {
                return root.Reply;
            }
        }

        throw new InvalidOperationException($"The script of card operation {active.Id} does not come to an end.");
    }

    /// <summary>What is booked at a step, and the step that follows when it is booked.</summary>
    private async Task<(ScriptStep Step, Booking Booking)> Take(
        CardOperation root,
        CardOperation active,
        ScriptStep step,
        ScriptContext context,
        CancellationToken ct
    )
    {
        if (step is not ScriptStep.Book book)
        {
            return (step, Draft(root, active, step));
        }

        var next = scripts.Resume(book.State, context);
        if (active.SettledAs is { } settled && book.Point is BookingPoint.Confirmed or BookingPoint.Released)
        {
            next = AfterSettlement(active, settled, book, next);
            return (next, Draft(root, active, next));
        }

        var booking = Draft(root, active, next);
        if (await Refuse(active, book.Point, booking, ct) is { } refused)
        {
            next = new ScriptStep.Finish(book.State, new CardOutcome(CardOutcomeState.NotDone, refused.Code, refused.En));
            return (next, Draft(root, active, next));
        }

        active.State = CardOperationState.Held;
        active.TransactionId = booking.Head?.Id ?? active.TransactionId;
        active.ChipSerial = book.Point.Chip ?? active.ChipSerial;
        foreach (var kept in book.Point is BookingPoint.Confirmed ? evidence : [])
        {
            kept.Keep(active, (BookingPoint.Confirmed)book.Point, Now, booking);
        }

        return (next, booking);
    }

    private async Task<Refusal?> Refuse(CardOperation active, BookingPoint point, Booking booking, CancellationToken ct)
    {
        foreach (var proved in evidence)
        {
            if (await proved.Contradiction(active, point, ct) is { } contradiction)
            {
                return contradiction;
            }
        }

        return await flows.Single(f => f.Kind == active.Kind).Book(active, point, booking, ct);
    }

    /// <summary>
    /// The card of an operation that was settled without it has come back. What it shows is booked already, or is for a person: never booked twice.
    /// </summary>
    private static ScriptStep AfterSettlement(CardOperation active, CardOperationState settled, ScriptStep.Book book, ScriptStep next)
    {
        var shown = book.Point is BookingPoint.Confirmed ? CardOperationState.Confirmed : CardOperationState.NotDone;
        return shown == settled
            ? next
            : new ScriptStep.Finish(
                book.State,
                CardRefusals.Exception(
                    "card-late-proof",
                    $"The card shows another end than the one settled without it ({active.SettledAs})."
                )
            );
    }

    /// <summary>Writes the step into the rows: the script's state, the reply, and the end when it is over.</summary>
    private async Task Enter(CardOperation root, CardOperation active, ScriptStep step, Booking booking, int round, CancellationToken ct)
    {
        switch (step)
        {
            case ScriptStep.Send send:
                active.Script = scripts.Store(send.State);
                CardOperationRows.Reply(root, round, send.Commands, null);
                break;
            case ScriptStep.Book book:
                active.Script = scripts.Store(book.State);
                break;
            case ScriptStep.Finish finish:
                active.Script = scripts.Store(finish.State);
                CardOperationRows.End(active, finish.Outcome, Now);
                if (await Following(active, ct) is { } next)
                {
                    Begin(root, next, booking, round);
                }
                else
                {
                    root.EndedAt = Now;
                    CardOperationRows.Reply(root, round, [], root);
                }

                break;
        }
    }

    private void Begin(CardOperation root, NewCardOperation next, Booking booking, int round)
    {
        var follower = CardOperationRows.Make(
            next,
            scripts.Store(next.Start.State),
            new Actor(root.BranchId, root.OperatorId, root.ApproverId),
            Now,
            root
        );
        booking.Insert(follower);
        (root.ActiveId, root.EndedAt) = (follower.Id, null);
        CardOperationRows.Reply(root, round, next.Start.Commands, null);
    }

    private async Task<NewCardOperation?> Following(CardOperation active, CancellationToken ct)
    {
        if (active.State != CardOperationState.Confirmed || active.SettledAs is not null)
        {
            return null;
        }

        var next = await flows.Single(f => f.Kind == active.Kind).Follow(active, ct);
        foreach (var follower in followers.Where(f => f.After == active.Kind))
        {
            next ??= await follower.Follow(active, ct);
        }

        return next;
    }

    /// <summary>
    /// The books said no. Before the commit that ends the operation; after it the chip has done what cannot be booked, which is a bug.
    /// </summary>
    private async Task<string?> NotBooked(
        CardOperation root,
        CardOperation active,
        BookingPoint? point,
        Refusal refusal,
        int round,
        CancellationToken ct
    )
    {
        var moved = await db.Set<CardOperation>().AnyAsync(o => o.Id == root.Id && (o.Round != round || o.EndedAt != null), ct);
        if (moved)
        {
            // The same message sent twice: the other one moved the operation on, and with it the money that this one missed.
            return null;
        }

        if (point is { IsOver: true })
        {
            throw new InvalidOperationException(
                $"Card operation {active.Id}: what the chip has done was refused by the books: {refusal.Code}."
            );
        }

        var now = await db.Set<CardOperation>().SingleAsync(o => o.Id == root.Id, ct);
        now.RoundHash = root.RoundHash;
        now.TouchedAt = Now;
        var ended = await Active(now, ct);
        CardOperationRows.End(ended, new CardOutcome(CardOutcomeState.NotDone, refusal.Code, refusal.En), Now);
        now.EndedAt = ended.EndedAt;
        CardOperationRows.Reply(now, round, [], now);
        return (await Post(now, ended, Draft(now, ended, null))).Saved ? now.Reply : null;
    }

    private async Task<CardOperation> Active(CardOperation root, CancellationToken ct) =>
        root.ActiveId == root.Id ? root : await db.Set<CardOperation>().SingleAsync(o => o.Id == root.ActiveId, ct);

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

    /// <summary>Each step is in the audit trail; an end with its reason, so that a refused, forged or copied card can be found there.</summary>
    private static SilentBooking Draft(CardOperation root, CardOperation active, ScriptStep? step)
    {
        var subject = $"card-operation:{active.Id}";
        var (state, code) = step is ScriptStep.Finish finish
            ? (CardOperationRows.StateOf(finish.Outcome), finish.Outcome.Code)
            : (active.State, active.OutcomeCode);
        var note =
            step is ScriptStep.Finish || (step is null && active.EndedAt is not null)
                ? new AuditNote("card-operation-ended", subject, new CardOperationEnd(active.Kind, active.CardId, state, code))
                : new AuditNote("card-operation-step", subject, new { active.Kind, root.Round });
        return new SilentBooking(Ids.Next(), new Actor(root.BranchId, root.OperatorId, root.ApproverId), note);
    }

    private sealed record CardOperationEnd(string Kind, long? CardId, CardOperationState State, string? Code);
}
