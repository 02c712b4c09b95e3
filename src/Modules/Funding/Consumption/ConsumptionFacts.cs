using Customers;
using Issuance;
using Microsoft.EntityFrameworkCore;

namespace Funding.Consumption;

/// <summary>What the books know about some records: their cards, what came before under the same counters, and the card accounts' balances.</summary>
internal sealed record ConsumptionFacts(
    IReadOnlyDictionary<string, Card> Cards,
    IReadOnlyDictionary<string, ConsumptionRecord> Known,
    IReadOnlyDictionary<string, SetAsideConsumption> SetAside,
    IReadOnlyDictionary<AccountKey, long> Balances,
    IReadOnlySet<long> OfClosedCustomers
)
{
    public static async Task<ConsumptionFacts> Read(AppDb db, IReadOnlyList<CheckedConsumption> records, CancellationToken ct)
    {
        var numbers = records.Where(r => r.Fault is null).Select(r => r.Record.CardNumber).Distinct().ToArray();
        var keys = records.Where(r => r.Fault is null).Select(r => r.Key).Distinct().ToArray();
        var hashes = records.Select(r => r.ContentHash).Distinct().ToArray();
        var cards = await db.Set<Card>()
            .Where(c => numbers.Contains(c.Number) && c.State != CardState.Released && c.State != CardState.Reserved)
            .ToDictionaryAsync(c => c.Number, ct);
        var owners = cards.Values.Select(c => c.Id).ToArray();
        var balances = await db.Set<Account>()
            .Where(a =>
                (a.Kind == IssuanceAccounts.Card.Number || a.Kind == IssuanceAccounts.CardPoints.Number) && owners.Contains(a.Owner)
            )
            .ToListAsync(ct);

        // Read after the balances: a record that another upload books in between is then known, and not taken for one that the account is too
        // small for.
        var known = await db.Set<ConsumptionRecord>().Where(r => keys.Contains(r.Key)).ToDictionaryAsync(r => r.Key, ct);
        var setAside = await db.Set<SetAsideConsumption>()
            .Where(r => hashes.Contains(r.ContentHash))
            .ToDictionaryAsync(r => r.ContentHash, ct);
        return new ConsumptionFacts(
            cards,
            known,
            setAside,
            balances.ToDictionary(a => a.Key, a => a.Balance),
            await OfClosed(db, cards.Values, ct)
        );
    }

    /// <summary>Those of the cards whose customers were closed. A card in use has none, so hardly any upload asks.</summary>
    private static async Task<HashSet<long>> OfClosed(AppDb db, IEnumerable<Card> cards, CancellationToken ct)
    {
        var closed = cards.Where(c => c.State == CardState.Closed).Select(c => c.Id).ToArray();
        return closed.Length == 0
            ? []
            : await db.Set<Card>()
                .Where(c => closed.Contains(c.Id))
                .Join(
                    db.Set<Customer>().Where(c => c.State == CustomerState.Closed),
                    card => card.CustomerId,
                    customer => customer.Id,
                    (card, _) => card.Id
                )
                .ToHashSetAsync(ct);
    }
}
