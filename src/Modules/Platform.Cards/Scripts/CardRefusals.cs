namespace Platform.Cards.Scripts;

/// <summary>What a status word or a failure means to the counter: a stable code and a sentence.</summary>
internal static class CardRefusals
{
    internal static CardOutcome NotDone(string code, string message) => new(CardOutcomeState.NotDone, code, message);

    internal static CardOutcome Unknown(string code, string message) => new(CardOutcomeState.Unknown, code, message);

    internal static CardOutcome Exception(string code, string message) => new(CardOutcomeState.Exception, code, message);

    internal static CardOutcome Confirmed(string code, string message) => new(CardOutcomeState.Confirmed, code, message);

    /// <summary>Why a round before the commit did not come to its end.</summary>
    internal static CardOutcome Stopped(CardReport report)
    {
        var (code, message) = Reason(report);
        return NotDone(code, message);
    }

    /// <summary>The same, when the commit may have run.</summary>
    internal static CardOutcome Uncertain(CardReport report)
    {
        var (code, message) = Reason(report);
        return Unknown(code, $"{message} Read the card again to settle it.");
    }

    internal static CardOutcome WrongCard(CardOutcomeState state) =>
        new(state, "card-not-expected", "The card in the reader does not belong to this operation.");

    private static (string Code, string Message) Reason(CardReport report) =>
        report.Failure is { } failure
            ? (FailureCode(failure.Kind), $"The card did not answer ({failure.Kind}).")
            : OfStatus(report.StoppedBy);

    private static string FailureCode(string kind) =>
        kind switch
        {
            "card-removed" => "card-removed",
            "card-reset" => "card-reset",
            "agent-restarted" => "agent-restarted",
            "timeout" => "card-operation-timed-out",
            _ => "card-no-answer",
        };

    private static (string Code, string Message) OfStatus(string? status) =>
        status switch
        {
            null => ("card-no-answer", "The card did not answer as expected."),
            "6A81" or "9303" => ("card-blocked", "The card is blocked."),
            "6A82" or "6E00" or "6D00" => ("card-foreign", "The card does not belong to this issuer."),
            "6983" => ("card-pin-blocked", "The card's PIN is blocked."),
            "6985" => (
                "card-refused-amount",
                "The card refuses this amount: it exceeds the purse limit, or a station has locked the card."
            ),
            "9401" => ("card-balance-too-low", "The amount exceeds the purse balance."),
            "9402" => ("card-counter-used-up", "The card's transaction counter is used up; the card must be replaced."),
            "9403" => ("card-key-missing", "The card does not have the key this operation needs."),
            _ when status.StartsWith("63C", StringComparison.Ordinal) => (
                "card-pin-wrong",
                $"The PIN is wrong (status {status}: the last digit says how many tries are left)."
            ),
            _ => ("card-refused", $"The card refused with status {status}."),
        };
}
