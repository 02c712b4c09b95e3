using Microsoft.EntityFrameworkCore;

namespace Issuance.Issuing.SubCards;

/// <summary>A batch of sub-cards, with its customer.</summary>
/// <param name="BatchId">The batch. <example>126437891174400000</example></param>
/// <param name="CustomerCode">The customer.</param>
/// <param name="CustomerName">The holder.</param>
/// <param name="Limit">M: valid sub-cards without approval, at this branch. <example>10</example></param>
/// <param name="SubCards">Valid sub-cards the customer has. <example>3</example></param>
/// <param name="WithinLimit">The number of further cards within the limit. <example>7</example></param>
/// <param name="CardFee">工本费 that the first card set, fen; null before it. <example>2000</example></param>
/// <param name="Deposit">押金 that the first card set, fen; null before it. <example>0</example></param>
/// <param name="More">N: the approved number of cards beyond the limit; null if none.</param>
/// <param name="MoreLeft">The remaining number of approved cards.</param>
/// <param name="IsOver">Whether the batch is closed to further cards.</param>
/// <param name="SerialNumber">The serial number of the closing, null while open. Its document is 「发副卡清单」.</param>
/// <param name="Cards">The batch's cards, at most 1,000.</param>
/// <param name="CustomerCards">All cards of the customer, at most 1,000.</param>
public sealed record SubCardBatchView(
    string BatchId,
    string CustomerCode,
    string CustomerName,
    long Limit,
    int SubCards,
    long WithinLimit,
    long? CardFee,
    long? Deposit,
    int? More,
    int MoreLeft,
    bool IsOver,
    string? SerialNumber,
    IReadOnlyList<HeldCard> Cards,
    IReadOnlyList<HeldCard> CustomerCards
);

/// <summary>A card that a customer holds.</summary>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Type">The card type.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Plate">The plate of the card's vehicle; null for any vehicle.</param>
public sealed record HeldCard(string CardNumber, CardType Type, CardState State, string? Plate);

/// <summary>Shows batches.</summary>
internal sealed class SubCardBatches(AppDb db, SubCardLimit subCards, TimeProvider clock)
{
    public const int MaxCards = 1_000;

    public async Task<SubCardBatchView> View(SubCardBatch batch, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == batch.CustomerId, ct);
        var cards = await db.Set<Card>()
            .Where(c => c.CustomerId == batch.CustomerId && c.State != CardState.Released)
            .OrderBy(c => c.Id)
            .Take(MaxCards)
            .ToListAsync(ct);
        var own = await db.Set<SubCardBatchCard>().Where(c => c.BatchId == batch.Id).Select(c => c.CardId).Take(MaxCards).ToListAsync(ct);
        var (limit, valid) = await subCards.Read(batch.CustomerId, batch.BranchId, ct);
        return new SubCardBatchView(
            IdText.Of(batch.Id),
            customer.Code,
            customer.Name,
            limit,
            valid,
            Math.Max(0, limit - valid),
            batch.CardFee,
            batch.Deposit,
            batch.More,
            batch.MoreLeft,
            batch.IsOver(clock.GetUtcNow().UtcDateTime),
            batch.ClosedById is { } id ? SerialNumber.Of(id) : null,
            [.. cards.Where(c => own.Contains(c.Id)).Select(Held)],
            [.. cards.Select(Held)]
        );
    }

    private static HeldCard Held(Card card) => new(card.Number, card.Type, card.State, card.Plate);
}
