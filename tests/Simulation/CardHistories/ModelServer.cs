using Simulation.CardOperations;

namespace Simulation.CardHistories;

/// <summary>
/// The engine without its database: takes the agent's rounds, runs the real scripts on their stored state, books into the model, gives the same reply
/// to the same round, and keeps one open operation per card.
/// </summary>
internal sealed class ModelServer(ScriptContext context, ModelBooks books)
{
    private int knownCounter;

    /// <summary>The card's operation that is not settled; null when there is none.</summary>
    internal ModelOperation? Open { get; private set; }

    internal ModelOperation Begin(ModelKind kind, long amount, PurseOrder order)
    {
        if (kind == ModelKind.Recharge)
        {
            books.Move(ModelBooks.Paid, ModelBooks.Reserve, amount);
        }

        var start = (ScriptStep.Send)PurseScript.Start(order, context, paysFirst: kind == ModelKind.RechargePaidFirst);
        return Open = new ModelOperation(kind, amount, start, knownCounter);
    }

    /// <summary>Re-read card: the operation goes on with the script that settles it.</summary>
    internal ModelOperation Reread(ModelOperation operation)
    {
        var start = (ScriptStep.Send)Counter.Scripts.Recover(Counter.Scripts.Restore(operation.Script), context);
        (operation.Script, operation.Round, operation.Reply) = (Counter.Scripts.Store(start.State), 1, new(start.Commands, null));
        return Open = operation;
    }

    /// <summary>One message of the agent; a round that was taken already is answered as it was then.</summary>
    internal ModelReply Exchange(ModelOperation operation, int round, CardReport report)
    {
        if (round == operation.Round - 1)
        {
            return operation.Reply;
        }

        Require(round == operation.Round, $"round {round} instead of {operation.Round}");
        var step = Counter.Scripts.Next(Counter.Scripts.Restore(operation.Script), context, report);
        while (step is ScriptStep.Book book)
        {
            step = Take(operation, book);
        }

        if (step is ScriptStep.Send send)
        {
            return Answer(operation, send.State, new(send.Commands, null));
        }

        var finish = (ScriptStep.Finish)step;
        Open = finish.Outcome.State is CardOutcomeState.Unknown or CardOutcomeState.Exception ? operation : null;
        return Answer(operation, finish.State, new([], finish.Outcome));
    }

    /// <summary>The card stays away: what was held goes back.</summary>
    internal void SettleWithoutCard(ModelOperation operation)
    {
        Require(books.Book(operation, new BookingPoint.Released("settled-without-card")), "the release was refused");
        operation.SettledAs = CardOutcomeState.NotDone;
        Open = null;
    }

    /// <summary>A person decides that an operation was done after all.</summary>
    internal void DecideDone(ModelOperation operation)
    {
        while (!books.Book(operation, new BookingPoint.Done(ConfirmedBy.Settlement, AfterRelease: true)))
        {
            Require(false, "the decision was refused");
        }

        knownCounter++;
        Open = null;
    }

    private ScriptStep Take(ModelOperation operation, ScriptStep.Book book)
    {
        var next = Counter.Scripts.Resume(book.State, context);
        if (operation.SettledAs is not null && book.Point is BookingPoint.Confirmed or BookingPoint.Released)
        {
            return book.Point is BookingPoint.Released
                ? next
                : new ScriptStep.Finish(book.State, new(CardOutcomeState.Exception, "card-late-proof", "The card shows another end."));
        }

        if (!books.Book(operation, book.Point))
        {
            Require(book.Point is PurseScript.Authorised, $"the books refused {book.Point.GetType().Name}");
            return new ScriptStep.Finish(book.State, new(CardOutcomeState.NotDone, "refused-by-books", "The books said no."));
        }

        if (book.Point is PurseScript.Done { Counter: { } counter })
        {
            Require(counter > knownCounter, $"counter {counter} was confirmed after {knownCounter}");
            knownCounter = counter;
        }

        return next;
    }

    private static ModelReply Answer(ModelOperation operation, ScriptState state, ModelReply reply)
    {
        (operation.Script, operation.Reply) = (Counter.Scripts.Store(state), reply);
        operation.Round++;
        return reply;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
