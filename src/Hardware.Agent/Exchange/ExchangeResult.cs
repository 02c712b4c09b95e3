using Hardware.Agent.Problems;

namespace Hardware.Agent.Exchange;

/// <summary>What became of one round.</summary>
internal abstract record ExchangeResult
{
    /// <summary>The API has the round and said what comes next.</summary>
    internal sealed record Heard(CardScript Script) : ExchangeResult;

    /// <summary>The API will never take this round: the ticket, the round or the operation is over.</summary>
    internal sealed record Over(Refusal Why) : ExchangeResult;

    /// <summary>Nobody knows whether the API has the round. The same round may be sent again later.</summary>
    internal sealed record Lost(Refusal Why) : ExchangeResult;
}
