using Microsoft.EntityFrameworkCore;
using Platform.Cards.Scripts;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>
/// What a kind of card has proved: each booking point is held against it before anything is booked, and each confirmed one adds to it.
/// </summary>
public abstract class CardEvidence
{
    /// <summary>Why this point cannot be true; null when nothing speaks against it.</summary>
    public abstract Task<Refusal?> Contradiction(CardOperation operation, BookingPoint point, CancellationToken ct);

    /// <summary>Adds to the booking what the chip has proved.</summary>
    public abstract void Keep(CardOperation operation, BookingPoint.Confirmed done, DateTime now, Booking booking);
}

/// <summary>The type of account that mirrors the money on a chip, as the module that declares it registers it.</summary>
public sealed record PurseAccount(AccountType Type);

/// <summary>
/// What purses have proved: a counter that went back is a copy's, and a balance above the card account is money that the books do not have.
/// </summary>
internal sealed class PurseEvidence(AppDb db, PurseAccount purse) : CardEvidence
{
    public override async Task<Refusal?> Contradiction(CardOperation operation, BookingPoint point, CancellationToken ct)
    {
        if (operation.CardId is not { } card || point is not PurseScript.Authorised shown)
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

        var booked = await db.Balance(new AccountRef(purse.Type, card), ct);
        return shown.Attempt.BalanceBefore > booked ? new CardHoldsMoreThanBooks(shown.Attempt.BalanceBefore, booked) : null;
    }

    /// <summary>Keeps the counters that a confirmed operation has proved; an issue begins both at zero.</summary>
    public override void Keep(CardOperation operation, BookingPoint.Confirmed done, DateTime now, Booking booking)
    {
        if (operation.CardId is not { } card || done is not PurseScript.Done { Counter: { } counter } proved)
        {
            return;
        }

        CardApplication[] applications = counter == 0 ? [CardApplication.Money, CardApplication.Points] : [proved.Application];
        foreach (var application in applications)
        {
            booking.Insert(
                new ChipTransaction
                {
                    CardId = card,
                    Application = application,
                    Counter = counter,
                    OperationId = operation.Id,
                    BalanceAfter = proved.BalanceAfter,
                    By = done.By,
                    At = now,
                }
            );
        }
    }
}
