using Hardware.Agent.Exchange;

namespace Hardware.Agent.Operations;

/// <summary>How far an operation is, as the agent sees it.</summary>
public enum OperationState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>The API gave its outcome.</summary>
    Done,

    /// <summary>Ended without an outcome of the API; the API decides by what it has heard.</summary>
    Failed,

    /// <summary>The API has not heard the last round; the agent goes on trying.</summary>
    ToReport,
}

/// <summary>A card operation at this agent.</summary>
/// <param name="OperationId">The operation's number at the API.</param>
/// <param name="Reader">The reader it ran on.</param>
/// <param name="State">How far it is.</param>
/// <param name="JournalOpen">Whether the journal holds something the API has not confirmed.</param>
/// <param name="Rounds">How many rounds the API has answered since the agent started.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended, if it has.</param>
/// <param name="Code">Why it failed or waits.</param>
/// <param name="Outcome">The API's outcome, when done.</param>
public sealed record CardOperation(
    string OperationId,
    string Reader,
    OperationState State,
    bool JournalOpen,
    int Rounds,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? Code,
    OperationOutcome? Outcome
);

/// <summary>Body of starting an operation.</summary>
/// <param name="Ticket">The API's one-time ticket.</param>
/// <param name="Reader">The reader's name; may be left out when only one has a card.</param>
public sealed record StartOperationRequest(string Ticket, string? Reader = null);

/// <summary>The latest operations, newest first.</summary>
/// <param name="Items">At most 100.</param>
public sealed record CardOperationList(IReadOnlyList<CardOperation> Items);
