namespace Billing;

/// <summary>Something that is decided and not booked yet, with what the decision went by.</summary>
internal sealed record Intent(SilentBooking Booking, IReadOnlyList<Premise> Premises);

/// <summary>Books the intent of something before a partner is told, once for each request.</summary>
internal sealed class Intents(Books books)
{
    private const int Tries = 5;

    /// <summary>What this request opened before, or what it opens now.</summary>
    public async Task<Outcome<T>> Open<T>(Func<Task<T?>> known, Func<Task<Outcome<Intent>>> decide)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(decide);
        for (var i = 0; i < Tries; i++)
        {
            if (await known() is { } row)
            {
                return row;
            }

            var decided = await decide();
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            // What another request changed meanwhile is decided again.
            if (
                await books.Post(decided.Value.Booking, premises: decided.Value.Premises) is BookingResult.Refused
                {
                    Refusal: not ConcurrentChange
                } refused
            )
            {
                return refused.Refusal;
            }
        }

        return await known() is { } made ? made : new ConcurrentChange();
    }
}
