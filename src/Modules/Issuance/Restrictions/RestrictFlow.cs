using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Issuance.Restrictions;

internal sealed record RestrictOrder(long CardId, string CardNumber, string File);

/// <summary>Keeps a card's restrictions when the chip has taken them (FC-40.1). No money moves.</summary>
internal sealed class RestrictFlow(AppDb db) : CardOperationFlow
{
    public const string Name = "restrict";

    public override string Kind => Name;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        if (point is not BookingPoint.Confirmed)
        {
            return null;
        }

        var order = JsonSerializer.Deserialize<RestrictOrder>(operation.Order, Json.Options)!;
        var known = await db.Set<CardRestriction>().SingleOrDefaultAsync(r => r.CardId == order.CardId, ct);
        if (known is null)
        {
            booking.Insert(new CardRestriction { CardId = order.CardId, File = order.File });
        }
        else
        {
            known.File = order.File;
            booking.Update(known);
        }

        return null;
    }
}
