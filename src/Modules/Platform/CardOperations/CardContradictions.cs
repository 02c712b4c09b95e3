using Microsoft.EntityFrameworkCore;
using Platform.CardCryptography.Profiles;
using Platform.CardOperations.Scripts;

namespace Platform.CardOperations;

/// <summary>
/// Holds what a chip shows under its MAC against what is known of its card, before anything is booked: a counter that went back is a copy's, and a
/// balance above the card account is money that the books do not have.
/// </summary>
internal static class CardContradictions
{
    internal static async Task<Refusal?> Find(AppDb db, CardOperation operation, BookingPoint.Authorised shown, CancellationToken ct)
    {
        if (operation.CardId is not { } card)
        {
            return null;
        }

        var application = shown.Order.Application;
        var known = await db.Set<ChipTransaction>()
            .Where(t => t.CardId == card && t.Application == application)
            .OrderByDescending(t => t.Counter)
            .Select(t => (int?)t.Counter)
            .FirstOrDefaultAsync(ct);
        if (shown.Attempt.Counter < known)
        {
            return new CardCounterWentBack(shown.Attempt.Counter, known.Value);
        }

        if (application == CardApplication.Points)
        {
            return null;
        }

        var booked = await db.Balance(new AccountRef(AccountKind.Card, card), ct);
        return shown.Attempt.BalanceBefore > booked ? new CardHoldsMoreThanBooks(shown.Attempt.BalanceBefore, booked) : null;
    }

    /// <summary>Keeps the counters that a confirmed operation has proved; an issue begins both at zero.</summary>
    internal static void Keep(CardOperation operation, BookingPoint.Confirmed done, DateTime now, Booking booking)
    {
        if (operation.CardId is not { } card || done.Counter is not { } counter)
        {
            return;
        }

        CardApplication[] applications = counter == 0 ? [CardApplication.Money, CardApplication.Points] : [done.Application];
        foreach (var application in applications)
        {
            booking.Insert(
                new ChipTransaction
                {
                    CardId = card,
                    Application = application,
                    Counter = counter,
                    OperationId = operation.Id,
                    BalanceAfter = done.BalanceAfter,
                    By = done.By,
                    At = now,
                }
            );
        }
    }
}
