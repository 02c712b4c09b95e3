namespace Hardware.Agent.Exchange;

// The messages between agent and API, version 1. Names and casing are the wire's.

/// <summary>What the agent tells the API: what the card answered to the commands of the last response.</summary>
internal sealed record ExchangeRound(int Round, string? Atr, IReadOnlyList<ExchangeAnswer> Answers, ExchangeFailure? Failure);

/// <summary>One answer: data in hex without the status word, and the final status word.</summary>
internal sealed record ExchangeAnswer(string Data, string StatusWord);

/// <summary>Why the round stopped before its end, and before or at which of its commands.</summary>
internal sealed record ExchangeFailure(string Kind, int CommandIndex);

internal static class FailureKind
{
    internal const string NoAnswer = "no-answer";
    internal const string CardRemoved = "card-removed";
    internal const string CardReset = "card-reset";
    internal const string Transport = "transport";
    internal const string AgentRestarted = "agent-restarted";
}

/// <summary>What the API wants next.</summary>
internal sealed record ExchangeReply(int Round, IReadOnlyList<ExchangeCommand>? Commands, bool Done, OperationOutcome? Outcome);

/// <summary>A command in hex; with <c>commit</c> it changes money or identity and is journalled around its sending.</summary>
internal sealed record ExchangeCommand(string Apdu, bool Commit, IReadOnlyList<string>? ContinueOn);

/// <summary>The outcome of the card operation, reported by the API.</summary>
/// <param name="OperationId">The operation's id at the API.</param>
/// <param name="Kind">The kind of operation: issue, load, unload, …</param>
/// <param name="State">confirmed, rejected, unknown, exception or notDone.</param>
/// <param name="Code">A stable code if the state is not confirmed; null otherwise.</param>
/// <param name="Message">A sentence for the operator.</param>
/// <param name="SerialNumber">The serial number on the document; null if nothing was booked.</param>
public sealed record OperationOutcome(
    string OperationId,
    string Kind,
    string State,
    string? Code,
    string? Message,
    string? SerialNumber = null
);

internal static class ExchangeLimits
{
    internal const int Commands = 32;
    internal const int ContinueOn = 16;
    internal const int Rounds = 64;
    internal const int ReplyBytes = 64 * 1024;
}
