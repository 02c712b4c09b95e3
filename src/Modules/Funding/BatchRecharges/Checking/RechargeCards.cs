using Customers;
using Microsoft.EntityFrameworkCore;

namespace Funding.BatchRecharges.Checking;

/// <summary>Looks up many cards at once: a query a line would be a hundred thousand queries.</summary>
internal static class RechargeCards
{
    /// <summary>Cards of one query: SQL Server takes no more than 2,100 parameters.</summary>
    public const int AtOnce = 1_000;

    public static async Task<Dictionary<string, RechargeCard>> ByNumber(AppDb db, string[] numbers, CancellationToken ct) =>
        await Found(db, db.Set<Card>().Where(c => numbers.Contains(c.Number))).ToDictionaryAsync(c => c.Number, ct);

    public static async Task<Dictionary<long, RechargeCard>> ById(AppDb db, long[] ids, CancellationToken ct) =>
        await Found(db, db.Set<Card>().Where(c => ids.Contains(c.Id))).ToDictionaryAsync(c => c.CardId, ct);

    private static IQueryable<RechargeCard> Found(AppDb db, IQueryable<Card> cards) =>
        cards.Join(
            db.Set<Customer>(),
            c => c.CustomerId,
            c => c.Id,
            (card, customer) =>
                new RechargeCard(
                    card.Id,
                    card.Version,
                    card.Number,
                    card.Type,
                    card.State,
                    card.ValidTo,
                    customer.Id,
                    customer.Version,
                    customer.State
                )
        );
}
