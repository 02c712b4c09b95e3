using Issuance.Replacing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Issuance.Closings;

/// <summary>Card operations that are not settled, cards whose chip is not written, and replacements that wait (FC-25.2, FC-25.8).</summary>
internal sealed class CardsInClosing : IClosingPart
{
    private const int Most = 100;

    public async Task<IReadOnlyList<ClosingObstacle>> Obstacles(AppDb db, Customer customer, CancellationToken ct)
    {
        var pending = await db.Set<CardOperation>()
            .Where(o => o.CustomerId == customer.Id && o.OpenCard != null)
            .OrderBy(o => o.Id)
            .Take(Most)
            .Select(o => new { o.Id, o.CardNumber })
            .ToListAsync(ct);
        var waiting = await db.Set<CardReplacement>()
            .Where(r => r.CustomerId == customer.Id && r.State != ReplacementState.Transferred)
            .OrderBy(r => r.Id)
            .Take(Most)
            .Join(db.Set<Card>(), r => r.OldCardId, c => c.Id, (_, c) => c.Number)
            .ToListAsync(ct);
        return
        [
            .. pending.Select(o => new ClosingObstacle(
                "card-operation-pending",
                "A card operation is not settled. Read the card again.",
                "卡片操作尚未完成，请重新读卡。",
                "POST",
                $"/v1/card-operations/{IdText.Of(o.Id)}/re-reads",
                o.CardNumber
            )),
            .. waiting.Select(number => new ClosingObstacle(
                "replacement-waiting",
                "The balance of a replaced card has not moved to its new card yet.",
                "补换卡的余额尚未转移，须等待期满。",
                ClosingObstacle.Wait,
                $"/v1/cards/{number}/replacement",
                number
            )),
        ];
    }
}
