using Customers.Reach;
using Issuance.CardSessions;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Holders;

/// <summary>A card that was in the counter's reader within ten minutes shows that its holder is here.</summary>
internal sealed class CardShowsHolder : IHolderEvidence
{
    public Task<bool> Shows(AppDb db, HolderSeen seen, CancellationToken ct)
    {
        var cards = db.Set<Card>().Where(c => c.CustomerId == seen.CustomerId).Select(c => c.Id);
        return db.Set<CardSession>()
            .AnyAsync(
                s => s.OperatorId == seen.OperatorId && s.ExpiresAt > seen.At && s.BranchId == seen.BranchId && cards.Contains(s.CardId),
                ct
            );
    }
}
