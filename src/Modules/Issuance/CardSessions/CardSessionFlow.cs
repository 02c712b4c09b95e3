using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Issuance.CardSessions;

/// <summary>What a session's operation remembers: nothing, since the card is known only when it has answered.</summary>
internal sealed record CardSessionOrder;

/// <summary>Keeps that a card was present, when its chip has proved it and is the chip that we issued under this number.</summary>
internal sealed class CardSessionFlow(AppDb db, TimeProvider clock) : CardOperationFlow
{
    public const string Name = "session";

    public override string Kind => Name;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        if (point is not CardSessionScript.Present { Facts: { CardNumber: { } number } facts })
        {
            return null;
        }

        var card = await db.Set<Card>().SingleOrDefaultAsync(c => c.Number == number && c.State != CardState.Released, ct);
        if (card is null)
        {
            return new CardNotFound();
        }

        // The keys follow from the card number, so a second chip under the same number would prove them as well.
        if (card.ChipSerial is not null && card.ChipSerial != facts.ChipSerial)
        {
            return new CardChipDiffers();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        booking.Insert(
            new CardSession
            {
                Id = operation.Id,
                CardId = card.Id,
                BranchId = operation.BranchId,
                OperatorId = operation.OperatorId,
                ChipBalance = facts.Balance,
                ProvedAt = now,
                ExpiresAt = now + CardSession.GoodFor,
            }
        );
        return null;
    }
}

/// <summary>Another chip than the one that was issued answers under this number.</summary>
public sealed record CardChipDiffers()
    : Refusal("card-chip-differs", 409, "This is not the chip that was issued under this number.", "芯片与该卡号发卡时登记的芯片不符。");
