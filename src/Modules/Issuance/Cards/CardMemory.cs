namespace Issuance.Cards;

/// <summary>
/// Finds a card with its customer for a booking: what was read lately is remembered per process, and confirmed by the booking's own transaction
/// (<see cref="Premise"/>). The rows are shared by requests and must not be changed; who changes a card reads it by <see cref="CardViews"/>.
/// </summary>
public sealed class CardMemory
{
    private const int Most = 5_000;
    private readonly Recent<string, CardView> _cards = new(Most);

    /// <summary>Null when no such card was ever issued or reserved.</summary>
    public async ValueTask<CardView?> Find(AppDb db, RequestContext request, string cardNumber, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.MayRemember && _cards.TryGet(cardNumber, out var known))
        {
            request.GoesBy(Premise.Of(known.Card.Id, known.Card));
            request.GoesBy(Premise.Of(known.Customer.Id, known.Customer));
            return known;
        }

        var found = await db.CardView(cardNumber, ct);
        if (found is null)
        {
            _cards.Forget(cardNumber);
        }
        else
        {
            _cards.Set(cardNumber, found);
        }

        return found;
    }
}
