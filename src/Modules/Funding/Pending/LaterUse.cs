using Funding.Consumption;
using Platform.Cards.Operations;

namespace Funding.Pending;

/// <summary>
/// What the later use of a card shows of an operation whose end is unknown and whose card is away (FC-35.3): consumption that the card could not have
/// paid without it, or not with it. Where it shows nothing, the operation counts as not done.
/// </summary>
internal sealed class LaterUse(CardConsumption consumption)
{
    /// <summary>True or false where what the card did since then (UTC) fits only one of them; null where it does not tell.</summary>
    public async Task<bool?> ShowsDone(long cardId, ChipAttempt attempt, DateTime since, CancellationToken ct) =>
        (await consumption.Since(cardId, attempt.Application, since, ct)).Shows(attempt.BalanceBefore, attempt.Change);
}
