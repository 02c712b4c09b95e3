using Counter.Transactions;
using Customers;
using Funding.Recharges;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Funding.Collections;

/// <summary>What a card of the customer holds, in fen.</summary>
/// <param name="InTransit">Under way between books and chip.</param>
/// <param name="OperationId">The card operation that is not settled; null where there is none.</param>
internal sealed record CardHolding(string CardNumber, long Reserve, long Purse, long InTransit = 0, long? OperationId = null);

/// <summary>What is known of a collection when somebody wants to correct it.</summary>
internal sealed record CorrectionFacts(
    Transaction Collection,
    Card Card,
    Customer Customer,
    DateOnly OpenDate,
    bool IsCorrected,
    long Quota,
    long QuotaPoints,
    IReadOnlyList<CardHolding> Cards,
    long StillOnCard = 0,
    bool IsBeingLoaded = false
)
{
    /// <summary>Fen to be taken back: what was received and what was given on top.</summary>
    public long Needed => checked(Collection.Amount + Collection.Bonus);

    /// <summary>Fen that must first come back to the quota account; of a recharge all that has not come back from its card since (FC-17.3).</summary>
    public long Missing => Math.Max(StillOnCard, Math.Max(0, Needed - Quota));

    /// <summary>What the card it was paid by holds.</summary>
    public long Holding(Func<CardHolding, long> what) => Cards.Where(c => c.CardNumber == Card.Number).Sum(what);

    /// <summary>A refusal when there is no such transaction or it is no collection.</summary>
    public static async Task<Outcome<CorrectionFacts>> Read(
        AppDb db,
        TransactionTypes types,
        string serialNumber,
        long branchId,
        CancellationToken ct
    )
    {
        if (SerialNumber.Parse(serialNumber) is not { } id)
        {
            return new TransactionNotFound();
        }

        var collection = await db.Set<Transaction>().SingleOrDefaultAsync(t => t.Id == id, ct);
        if (
            collection is not { CardId: { } cardId, CustomerId: { } customerId }
            || types.Named(collection.Type) is not { IsCorrectable: true }
        )
        {
            return collection is null ? new TransactionNotFound() : new NotACollection();
        }

        var (card, customer) = await db.Set<Card>()
            .Where(c => c.Id == cardId)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleAsync(ct);
        var open = await db.OpenDate(branchId, ct);
        var corrected = await db.Set<Transaction>().AnyAsync(t => t.CorrectsId == id, ct);
        var own = await db.Set<Account>()
            .Where(a => a.Owner == customerId && (a.Kind == IssuanceAccounts.Quota.Number || a.Kind == IssuanceAccounts.QuotaPoints.Number))
            .ToListAsync(ct);
        return new CorrectionFacts(
            collection,
            card,
            customer,
            open,
            corrected,
            own.Find(a => a.Kind == IssuanceAccounts.Quota.Number)?.Balance ?? 0,
            own.Find(a => a.Kind == IssuanceAccounts.QuotaPoints.Number)?.Balance ?? 0,
            await ReadHoldings(db, customerId, ct),
            collection.Type == IssuanceTransactions.Recharge.Name && !corrected ? await RechargeMoney.StillOnCard(db, collection, ct) : 0,
            await db.Set<CardOperation>().SingleOrDefaultAsync(o => o.OpenCard == cardId, ct) is { } busy && Loads(busy, collection)
        );
    }

    /// <summary>Of a recharge, whatever waits on its card; of a collection, the load that was asked for with it (FC-09.8).</summary>
    private static bool Loads(CardOperation open, Transaction collection) =>
        collection.Type == IssuanceTransactions.Recharge.Name || RechargeAndLoadFlow.IsOf(open, collection.Id);

    private static async Task<List<CardHolding>> ReadHoldings(AppDb db, long customerId, CancellationToken ct)
    {
        var rows = await db.Set<Card>()
            // A card that is being issued may hold a cheque's fees in transit: they are not the quota account's.
            .Where(c => c.CustomerId == customerId && c.State != CardState.Reserved)
            .Join(
                db.Set<Account>(),
                c => c.Id,
                a => a.Owner,
                (c, a) =>
                    new
                    {
                        c.Number,
                        a.Kind,
                        a.Balance,
                    }
            )
            .Where(r =>
                (
                    r.Kind == IssuanceAccounts.Reserve.Number
                    || r.Kind == IssuanceAccounts.Card.Number
                    || r.Kind == IssuanceAccounts.InTransit.Number
                )
                && r.Balance > 0
            )
            .OrderBy(r => r.Number)
            .Take(Limits.CardsShown * 3)
            .ToListAsync(ct);
        var numbers = rows.Select(r => r.Number).Distinct().ToArray();
        var pending = await db.Set<CardOperation>()
            .Where(o => o.CustomerId == customerId && o.OpenCard != null && numbers.Contains(o.CardNumber))
            .ToDictionaryAsync(o => o.CardNumber!, o => o.Id, ct);
        return
        [
            .. rows.GroupBy(r => r.Number)
                .Select(g => new CardHolding(
                    g.Key,
                    g.Where(r => r.Kind == IssuanceAccounts.Reserve.Number).Sum(r => r.Balance),
                    g.Where(r => r.Kind == IssuanceAccounts.Card.Number).Sum(r => r.Balance),
                    g.Where(r => r.Kind == IssuanceAccounts.InTransit.Number).Sum(r => r.Balance),
                    pending.TryGetValue(g.Key, out var operation) ? operation : null
                )),
        ];
    }
}
