using Hardware.Agent.Exchange;

namespace Hardware.Agent.Operations;

/// <summary>The state of an operation at the agent.</summary>
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
/// <param name="OperationId">The operation's id at the API.</param>
/// <param name="Reader">The reader that runs the operation.</param>
/// <param name="State">How far it is.</param>
/// <param name="JournalOpen">Whether the journal has an entry that the API has not confirmed.</param>
/// <param name="Rounds">The number of rounds that the API answered since the agent started.</param>
/// <param name="StartedAt">When the operation began.</param>
/// <param name="EndedAt">When the operation ended; null while it runs.</param>
/// <param name="Code">Why the operation failed or waits; null otherwise.</param>
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

/// <summary>The request to run an operation.</summary>
/// <param name="Ticket">The API's one-time ticket.</param>
/// <param name="Reader">The reader's name. Optional if only one reader holds a card.</param>
public sealed record StartOperationRequest(string Ticket, string? Reader = null);

/// <summary>The latest operations, newest first.</summary>
/// <param name="Items">At most 100.</param>
public sealed record CardOperationList(IReadOnlyList<CardOperation> Items);
