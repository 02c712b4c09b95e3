using Microsoft.EntityFrameworkCore;

namespace Issuance.Cards;

/// <summary>A card belongs to the customer that it was issued to: each transaction with a card names the card's own customer (PL-03.9).</summary>
internal sealed class CardOwners : IBooksRule
{
    private const int Shown = 20;

    public async Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct)
    {
        var booked = db.Set<Transaction>().Where(t => t.Id > from && t.Id <= to && t.CardId != null && t.CustomerId != null);
        var strangers =
            from t in booked
            join c in db.Set<Card>() on t.CardId equals c.Id into cards
            from c in cards.DefaultIfEmpty()
            where c == null || c.CustomerId != t.CustomerId
            select new { t.Id, Number = c == null ? null : c.Number };
        var found = await strangers.Take(Shown).ToListAsync(ct);
        return found.ConvertAll(f => new BooksFlaw("card-of-another-customer", $"card {f.Number ?? "removed"}, {SerialNumber.Of(f.Id)}"));
    }
}
