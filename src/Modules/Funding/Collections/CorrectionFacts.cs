using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.CardOperations;

namespace Funding;

/// <summary>What a card of the customer holds, in fen.</summary>
internal sealed record CardHolding(string CardNumber, long Reserve, long Purse);

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
    bool CardIsBusy = false
)
{
    /// <summary>Fen to be taken back: what was received and what was given on top.</summary>
    public long Needed => checked(Collection.Amount + Collection.Bonus);

    /// <summary>Fen that must first come back to the quota account; of a recharge all that has not come back from its card since (FC-17.3).</summary>
    public long Missing => Math.Max(StillOnCard, Math.Max(0, Needed - Quota));

    /// <summary>Did the money go into the card's purse (FC-09.7, FC-16)?</summary>
    public bool IsRecharge => Collection.Type == TransactionTypes.Recharge;

    /// <summary>What the card it was paid by holds.</summary>
    public long Holding(Func<CardHolding, long> what) => Cards.Where(c => c.CardNumber == Card.Number).Sum(what);

    /// <summary>A refusal when there is no such transaction or it is no collection.</summary>
    public static async Task<Outcome<CorrectionFacts>> Read(AppDb db, string serialNumber, long branchId, CancellationToken ct)
    {
        if (SerialNumber.Parse(serialNumber) is not { } id)
        {
            return new TransactionNotFound();
        }

        var collection = await db.Set<Transaction>().SingleOrDefaultAsync(t => t.Id == id, ct);
        if (
            collection
            is not { Type: TransactionTypes.Collection or TransactionTypes.Recharge, CardId: { } cardId, CustomerId: { } customerId }
        )
        {
            return collection is null ? new TransactionNotFound() : new NotACollection();
        }

        var (card, customer) = await db.Set<Card>()
            .Where(c => c.Id == cardId)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleAsync(ct);
        var open = await db.Set<BranchDay>().Where(d => d.BranchId == branchId).Select(d => d.BusinessDate).SingleAsync(ct);
        var corrected = await db.Set<Transaction>().AnyAsync(t => t.CorrectsId == id, ct);
        var own = await db.Set<Account>()
            .Where(a => a.Owner == customerId && (a.Kind == AccountKind.Quota || a.Kind == AccountKind.QuotaPoints))
            .ToListAsync(ct);
        return new CorrectionFacts(
            collection,
            card,
            customer,
            open,
            corrected,
            own.Find(a => a.Kind == AccountKind.Quota)?.Balance ?? 0,
            own.Find(a => a.Kind == AccountKind.QuotaPoints)?.Balance ?? 0,
            await ReadHoldings(db, customerId, ct),
            collection.Type == TransactionTypes.Recharge && !corrected ? await RechargeMoney.StillOnCard(db, collection, ct) : 0,
            await db.Set<CardOperation>().AnyAsync(o => o.OpenCard == cardId, ct)
        );
    }

    private static async Task<List<CardHolding>> ReadHoldings(AppDb db, long customerId, CancellationToken ct)
    {
        var rows = await db.Set<Card>()
            .Where(c => c.CustomerId == customerId)
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
            .Where(r => (r.Kind == AccountKind.Reserve || r.Kind == AccountKind.Card) && r.Balance > 0)
            .OrderBy(r => r.Number)
            .Take(Limits.CardsShown * 2)
            .ToListAsync(ct);
        return
        [
            .. rows.GroupBy(r => r.Number)
                .Select(g => new CardHolding(
                    g.Key,
                    g.Where(r => r.Kind == AccountKind.Reserve).Sum(r => r.Balance),
                    g.Where(r => r.Kind == AccountKind.Card).Sum(r => r.Balance)
                )),
        ];
    }
}
