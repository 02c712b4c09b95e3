using Platform;
using Platform.CardOperations;

namespace Funding.Pending;

/// <summary>
/// What the later use of a card shows of an operation whose end is unknown and whose card is away (FC-35.3): consumption that the card could not have
/// paid without it. Whoever keeps consumption answers it; where nobody can show anything, the operation counts as not done.
/// </summary>
public abstract class LaterUse
{
    /// <summary>True when what the card did later is possible only if the chip has done the operation.</summary>
    public abstract Task<bool> ShowsDone(AppDb db, CardOperation operation, CancellationToken ct);
}
