using Customers.Reach;
using Issuance.Blacklist;
using Issuance.CardSessions;
using Issuance.Holders;
using Issuance.Replacing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Issuance.Cards;

/// <summary>A card's state was changed.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="State">The new state.</param>
/// <param name="ChangedAt">When.</param>
public sealed record CardChanged(string CardNumber, CardState State, DateTimeOffset ChangedAt);

/// <summary>The card is in use: there is nothing to find, and nothing to let go on.</summary>
public sealed record CardIsActive()
    : Refusal("card-active", 409, "The card is active; this action requires another state.", "该卡状态正常，无需办理。");

/// <summary>A replacement card is being issued.</summary>
public sealed record CardBeingReplaced()
    : Refusal("card-being-replaced", 409, "A replacement card is being issued.", "该卡正在补换卡，不能办理。");

/// <summary>Decides every change of a card's state that is asked for at a counter, by the one table of <see cref="CardStates"/>.</summary>
internal sealed class CardChanges(AppDb db, CardProofs proofs, MoneyReach reach, RequestContext request, TimeProvider clock)
{
    /// <summary>A change that the issuer makes by itself, at the customer's branch or above it.</summary>
    public async Task<Outcome<Booking<CardChanged>>> Decide(string cardNumber, CardChange change, CancellationToken ct) =>
        await db.CardView(cardNumber, ct) is not { } view ? new CardNotFound()
        : await reach.Change(view.Customer, cardSessionId: null, ct) is { } outOfReach ? outOfReach
        : await Decide(view.Card, change, ct);

    /// <summary>A change that the holder asks for: with the card present, or with another proof and an approval (FC-36.4).</summary>
    public async Task<Outcome<Booking<CardChanged>>> Decide(string cardNumber, CardChange change, ICardProof proof, CancellationToken ct)
    {
        if (await db.CardView(cardNumber, ct) is not { } view)
        {
            return new CardNotFound();
        }

        if (Refuse(view.Card, change) is { } refusal)
        {
            return refusal;
        }

        var proved = await proofs.Check(view, proof, ct);
        if (proved.Refusal is { } unproved)
        {
            return unproved;
        }

        var action = ActionOf(change);
        return proved.Value == ProvedBy.CardSession || request.IsApproved(action)
            ? await Decide(view.Card, change, ct, proved.Value)
            : request.ApprovalRequired(action, CardSubject.Of(view));
    }

    public async Task<Outcome<Booking<CardChanged>>> Decide(Card card, CardChange change, CancellationToken ct, ProvedBy? proved = null)
    {
        if (Refuse(card, change) is { } refusal)
        {
            return refusal;
        }

        // The reservation of its new card changes this one's version: whoever comes second decides again and sees the other.
        if (await db.Set<CardReplacement>().AnyAsync(r => r.OldCardId == card.Id, ct))
        {
            return new CardBeingReplaced();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var before = card.State;
        card.Apply(change);
        var booking = new Booking<CardChanged>(
            Ids.Next(),
            request.ApprovedActor(ActionOf(change)),
            new AuditNote(
                ActionOf(change).Name,
                $"card:{card.Id}",
                new
                {
                    before,
                    after = card.State,
                    proved,
                }
            ),
            posted => Answer.Ok(new CardChanged(card.Number, card.State, posted.BookedAt.AtUtc()))
        ).Update(card).Raise(IssuanceEvents.CardStateChanged.Of(card.CustomerId, new CardStateChanged(card.Number, card.State, change, proved)));
        await BlacklistEntries.Note(db, booking, card, now, ct);
        return booking;
    }

    private static Refusal? Refuse(Card card, CardChange change) =>
        CardStates.Allows(change, card.State) ? null
        : card.State == CardState.Active ? new CardIsActive()
        : new CardNotUsable(Json.Name(card.State));

    private static ApprovalAction ActionOf(CardChange change) =>
        change switch
        {
            CardChange.ReportLost => new("report-card-lost", "Report a card lost", "卡片挂失"),
            CardChange.FindAgain => new("find-card-again", "Take a lost card up again", "卡片解挂"),
            CardChange.ReportDamaged => new("report-card-damaged", "Report a card damaged", "卡片报损"),
            CardChange.Expire => new("expire-card", "Expire a card", "卡片到期"),
            CardChange.Block => new("block-card", "Block a card", "卡片锁定"),
            CardChange.Unblock => new("unblock-card", "Unblock a card", "卡片解锁"),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "No counter asks for it."),
        };
}
