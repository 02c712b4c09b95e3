using Platform.Cards.Scripts;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>The agent's responses to the commands that it ran.</summary>
/// <param name="Round">0, 1, 2, … The same round returns the same reply.</param>
/// <param name="Atr">The card's ATR as hex; in round 0.</param>
/// <param name="Answers">At most 32, in the order of the commands.</param>
/// <param name="Failure">Why the agent stopped early; null after a status word or if all commands ran.</param>
public sealed record CardExchangeRequest(
    int Round,
    string? Atr = null,
    IReadOnlyList<CardAnswer>? Answers = null,
    CardFailure? Failure = null
);

/// <summary>The agent's next step.</summary>
/// <param name="Round">The round to send next.</param>
/// <param name="Commands">At most 32; run them in order.</param>
/// <param name="Done">The operation is over; there are no more commands.</param>
public sealed record CardExchangeReply(int Round, IReadOnlyList<CardCommand> Commands, bool Done, CardExchangeOutcome? Outcome);

/// <summary>How the operation ended.</summary>
/// <param name="OperationId">Decimal digits.</param>
/// <param name="Kind">issue, load, unload, …</param>
/// <param name="State">confirmed, rejected, notDone, unknown or exception.</param>
/// <param name="Code">A stable code for programs.</param>
/// <param name="Message">A sentence for the operator.</param>
/// <param name="SerialNumber">Serial number of the resulting transaction; null if nothing was booked.</param>
public sealed record CardExchangeOutcome(string OperationId, string Kind, string State, string Code, string Message, string? SerialNumber);
