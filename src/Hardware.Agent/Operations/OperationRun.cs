using Hardware.Agent.Cards;
using Hardware.Agent.Exchange;
using Hardware.Agent.Journal;
using Hardware.Agent.Problems;

namespace Hardware.Agent.Operations;

/// <summary>How a run ended: the API's outcome, or a refusal for the front end.</summary>
/// <param name="Times">Where its time went; null where the card was not touched.</param>
internal sealed record OperationEnd(OperationOutcome? Outcome, Refusal? Refusal, OperationTimes? Times = null);

/// <summary>One card operation from its first round to its end, on one powered card.</summary>
internal sealed class OperationRun(
    Ticket ticket,
    string reader,
    ICardConnection connection,
    CardChannel card,
    ExchangeClient api,
    OperationJournal journal,
    OperationRegister register,
    OperationTimes times,
    ILogger log
)
{
    // After a failure the card's RAM is gone or in doubt, and another card may have been put in: no further command of this
    // operation goes to it. The API hears the same failure until it ends the operation.
    private string? _sessionOver;
    private bool _journalled;
    private bool _commitSent;

    internal async Task<OperationEnd> ToTheEnd(string? language)
    {
        var round = new ExchangeRound(0, Convert.ToHexString(connection.Atr.Span), [], null);
        while (true)
        {
            switch (await times.Of(TimePart.Api, () => api.Send(ticket, round, language, CancellationToken.None)))
            {
                case ExchangeResult.Heard { Script: var script }:
                    Heard(round, script);
                    if (script.Outcome is { } outcome)
                    {
                        return new OperationEnd(outcome, null);
                    }

                    round = await RunRound(script);
                    break;
                case ExchangeResult.Over { Why: var why }:
                    return Over(round, why);
                case ExchangeResult.Lost { Why: var why }:
                    return Lost(round, why);
            }
        }
    }

    private void Heard(ExchangeRound round, CardScript script)
    {
        register.RoundHeard(ticket.OperationId);
        if (_journalled)
        {
            Note(() => journal.Delivered(ticket.OperationId, round.Round));
        }

        if (script.Outcome is { } outcome)
        {
            Close(round, outcome, outcome.Code);
        }
    }

    private async Task<ExchangeRound> RunRound(CardScript script)
    {
        var answers = new List<ExchangeAnswer>();
        var failure = _sessionOver is { } over ? new ExchangeFailure(over, 0) : null;
        if (failure is null && script.HasCommit && !BeginJournal(script))
        {
            failure = Fail(FailureKind.Transport, 0);
        }

        for (var i = 0; failure is null && i < script.Commands.Count; i++)
        {
            failure = await RunCommand(script, i, answers);
            if (failure is null && !script.Commands[i].ContinueOn.Contains(answers[i].StatusWord))
            {
                break;
            }
        }

        var body = new ExchangeRound(script.Round, null, answers, failure);
        if (_journalled)
        {
            Note(() => journal.Ran(ticket.OperationId, ticket.Text, reader, body));
        }

        return body;
    }

    private async Task<ExchangeFailure?> RunCommand(CardScript script, int index, List<ExchangeAnswer> answers)
    {
        var command = script.Commands[index];
        try
        {
            if (command.Commit)
            {
                // On disk before the command leaves: a row without an answer is what tells, after a crash, that the card may have it.
                times.Of(TimePart.Journal, () => journal.Sending(ticket.OperationId, script.Round, index, answers));
                _commitSent = true;
            }

            var answer = await times.Of(TimePart.Card, () => card.Run(command.Apdu, CancellationToken.None));
            answers.Add(new ExchangeAnswer(Convert.ToHexString(answer.Data), answer.StatusWordHex));
        }
        catch (CardException e)
        {
            log.LogWarning("Operation {OperationId} stopped at command {Index}: {Fault}", ticket.OperationId, index, e.Fault);
            return Fail(KindOf(e.Fault), index);
        }
        catch (IOException e)
        {
            log.LogError(
                e,
                "Operation {OperationId}: the journal cannot be written; command {Index} is not sent",
                ticket.OperationId,
                index
            );
            return Fail(FailureKind.Transport, index);
        }

        if (command.Commit)
        {
            var stops = !command.ContinueOn.Contains(answers[^1].StatusWord);
            var last = stops || index == script.Commands.Count - 1;
            Note(() => journal.Answered(ticket.OperationId, script.Round, index, answers, stops, last));
        }

        return null;
    }

    private bool BeginJournal(CardScript script)
    {
        try
        {
            times.Of(
                TimePart.Journal,
                () => journal.Received(ticket.OperationId, ticket.Text, reader, script.Round, script.Commands.Count)
            );
        }
        catch (IOException e)
        {
            log.LogError(e, "Operation {OperationId}: the journal cannot be written; no command is sent", ticket.OperationId);
            return false;
        }

        _journalled = true;
        register.JournalOpened(ticket.OperationId);
        return true;
    }

    /// <summary>The API says it is over, so nothing is owed to it; what it decided is its own to tell.</summary>
    private OperationEnd Over(ExchangeRound round, Refusal why)
    {
        Close(round, null, why.Code);
        return new OperationEnd(null, why with { Outcome = OutcomeWord });
    }

    /// <summary>The API may not have the round. From the first round on it holds money for us, so it must hear how far we came.</summary>
    private OperationEnd Lost(ExchangeRound round, Refusal why)
    {
        var refusal = why with { Outcome = OutcomeWord };
        if (round.Round == 0)
        {
            register.Ended(ticket.OperationId, null, why.Code);
            return new OperationEnd(null, refusal);
        }

        Note(() => journal.Ran(ticket.OperationId, ticket.Text, reader, round));
        register.Waits(ticket.OperationId, why.Code);
        return new OperationEnd(null, refusal);
    }

    private string OutcomeWord => _commitSent ? Refusals.Unknown : Refusals.NothingWritten;

    private void Close(ExchangeRound round, OperationOutcome? outcome, string? code)
    {
        if (_journalled)
        {
            Note(() => journal.Closed(ticket.OperationId, round.Round, outcome, code));
        }

        register.Ended(ticket.OperationId, outcome, code);
    }

    private ExchangeFailure Fail(string kind, int index)
    {
        _sessionOver = kind;
        return new ExchangeFailure(kind, index);
    }

    /// <summary>A row that only shortens the way after a crash: the operation goes on without it, and health shows it.</summary>
    private void Note(Action write)
    {
        try
        {
            times.Of(TimePart.Journal, write);
        }
        catch (IOException e)
        {
            log.LogError(e, "Operation {OperationId}: a journal row could not be written", ticket.OperationId);
        }
    }

    private static string KindOf(CardFault fault) =>
        fault switch
        {
            CardFault.NoAnswer or CardFault.NotResponding => FailureKind.NoAnswer,
            CardFault.CardRemoved or CardFault.NoCard => FailureKind.CardRemoved,
            CardFault.CardReset => FailureKind.CardReset,
            _ => FailureKind.Transport,
        };
}
