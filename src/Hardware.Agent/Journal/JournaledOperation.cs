using Hardware.Agent.Exchange;

namespace Hardware.Agent.Journal;

/// <summary>An operation as the journal's rows tell it.</summary>
internal sealed record JournaledOperation(string OperationId, string Ticket, string Reader, DateTimeOffset StartedAt, JournalRow Last)
{
    /// <summary>Of an ended operation's ticket only this is left, so that its outcome is given again to whoever asks with it.</summary>
    public string TicketHash { get; init; } = "";

    /// <summary>How many commands the round under way has; from the Received row.</summary>
    public int CommandCount { get; init; }

    internal bool Open => Last.Step != JournalStep.Closed;

    /// <summary>
    /// A row whose beginning was lost changes nothing; one with a ticket after the end begins anew, as when the card is read again.
    /// </summary>
    internal static JournaledOperation? Apply(JournaledOperation? known, JournalRow row) =>
        (known, row.Step) switch
        {
            (not { Open: true }, JournalStep.Received or JournalStep.Ran) when row.Ticket is not null => new(
                row.OperationId,
                row.Ticket,
                row.Reader ?? "",
                row.At,
                row
            )
            {
                CommandCount = row.CommandCount ?? 0,
                TicketHash = row.TicketHash ?? Operations.Ticket.HashOf(row.Ticket),
            },
            (null, _) => null,
            _ => known with { Last = row, CommandCount = row.CommandCount ?? known.CommandCount },
        };

    /// <summary>
    /// What the API must be told when the card session is over and the API has not heard how the round ended: after a restart of
    /// the agent, or when the API was away. The failure names the first command that is not known to be done. A commit whose row
    /// was never written never left for the card, because the row comes first.
    /// </summary>
    internal ExchangeRound Report(string failure) =>
        Last switch
        {
            { Step: JournalStep.Ran, Body: { } body } => body,
            { Step: JournalStep.Delivered } => new(Last.Round + 1, null, [], new(failure, 0)),
            { Step: JournalStep.Sending } => new(Last.Round, null, Last.Answers ?? [], new(failure, Last.CommandIndex ?? 0)),
            { Step: JournalStep.Answered } => AfterAnswer(failure),
            _ => new(Last.Round, null, [], new(failure, 0)),
        };

    private ExchangeRound AfterAnswer(string failure)
    {
        var next = (Last.CommandIndex ?? 0) + 1;
        var ended = Last.Stops is true || next >= CommandCount;
        return new(Last.Round, null, Last.Answers ?? [], ended ? null : new(failure, next));
    }
}
