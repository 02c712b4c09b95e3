using Issuance.Blacklist;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Closings;

/// <summary>Closes a customer with its cards (FC-25.4): for the module that decides it, since the rows are this module's.</summary>
public static class ClosedCustomers
{
    /// <summary>
    /// Adds to a booking that the customer and these cards of it are closed, and that the cards are on the blacklist. Each row is written under its
    /// version, so that what changes one of them at the same time is decided again.
    /// </summary>
    public static async Task Close(
        AppDb db,
        Booking booking,
        Customer customer,
        IReadOnlyList<Card> cards,
        DateTime now,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(cards);
        customer.State = CustomerState.Closed;
        booking.Update(customer);
        var ids = cards.Select(c => c.Id).ToArray();
        var listed = await db.Set<BlacklistEntry>().Where(b => ids.Contains(b.CardId)).ToDictionaryAsync(b => b.CardId, ct);
        foreach (var card in cards)
        {
            card.Apply(CardChange.Close);
            booking
                .Update(card)
                .Raise(
                    IssuanceEvents.CardStateChanged.Of(
                        card.CustomerId,
                        new CardStateChanged(card.Number, card.State, CardChange.Close, null)
                    )
                );
            BlacklistEntries.Note(booking, card, listed.GetValueOrDefault(card.Id), now);
        }
    }
}
