using Platform.CardOperations.Scripts;

namespace Platform.CardOperations;

/// <summary>What the agent sends: the answers to the commands it was given, as far as they were run.</summary>
/// <param name="Round">0, 1, 2, …; the same round sent again gives the same reply.</param>
/// <param name="Atr">The card's ATR as hex; in round 0.</param>
/// <param name="Answers">At most 32, in the commands' order.</param>
/// <param name="Failure">Why it stopped before the end; null when a status word stopped it or all were run.</param>
public sealed record CardExchangeRequest(
    int Round,
    string? Atr = null,
    IReadOnlyList<CardAnswer>? Answers = null,
    CardFailure? Failure = null
);

/// <summary>What the agent is to do next.</summary>
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
/// <param name="SerialNumber">Of the transaction that booked its end; null when nothing was booked.</param>
public sealed record CardExchangeOutcome(string OperationId, string Kind, string State, string Code, string Message, string? SerialNumber);
