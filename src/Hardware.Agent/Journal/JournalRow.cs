using Hardware.Agent.Exchange;

namespace Hardware.Agent.Journal;

/// <summary>How far an operation that changes the card has come. Each step is a row on disk before the next thing happens.</summary>
internal enum JournalStep
{
    /// <summary>The API sent a round with a commit command; none of it has reached the card.</summary>
    Received,

    /// <summary>The commit command is about to leave for the card.</summary>
    Sending,

    /// <summary>The card answered the commit command.</summary>
    Answered,

    /// <summary>The round has ended; this is what the API must hear.</summary>
    Ran,

    /// <summary>The API has heard the round.</summary>
    Delivered,

    /// <summary>Nothing is owed to the API any more.</summary>
    Closed,
}

/// <summary>One line of the journal. It holds no command: a PIN or a key must not get to the disk.</summary>
internal sealed record JournalRow(string OperationId, JournalStep Step, DateTimeOffset At, int Round)
{
    /// <summary>Received: the ticket, without which the API would not listen after a restart.</summary>
    public string? Ticket { get; init; }

    /// <summary>Received, of an ended operation: what is left of its ticket.</summary>
    public string? TicketHash { get; init; }

    public string? Reader { get; init; }

    /// <summary>Received: how many commands the round has.</summary>
    public int? CommandCount { get; init; }

    /// <summary>Sending and Answered: which command of the round.</summary>
    public int? CommandIndex { get; init; }

    /// <summary>Sending: the answers before the commit. Answered: with the commit's own as the last.</summary>
    public IReadOnlyList<ExchangeAnswer>? Answers { get; init; }

    /// <summary>Answered: the status word ends the round.</summary>
    public bool? Stops { get; init; }

    /// <summary>Ran: what the API is told.</summary>
    public ExchangeRound? Body { get; init; }

    /// <summary>Closed: the API's outcome, if it gave one.</summary>
    public OperationOutcome? Outcome { get; init; }

    /// <summary>Closed without an outcome: why.</summary>
    public string? Code { get; init; }

    /// <summary>On disk only: ticket, answers and body, encrypted.</summary>
    public string? Sealed { get; init; }

    /// <summary>The row as it goes to the disk.</summary>
    internal JournalRow ToDisk(JournalSeal seal) =>
        string.IsNullOrEmpty(Ticket) && Answers is null && Body is null
            ? this
            : this with
            {
                Ticket = null,
                Answers = null,
                Body = null,
                Sealed = seal.Close(new(Ticket, Answers, Body), this),
            };

    /// <summary>The row as it was before; null when its secret part cannot be opened.</summary>
    internal JournalRow? FromDisk(JournalSeal seal) =>
        Sealed is null ? this
        : seal.Open(Sealed, this) is { } secret
            ? this with
            {
                Ticket = secret.Ticket,
                Answers = secret.Answers,
                Body = secret.Body,
                Sealed = null,
            }
        : null;
}
