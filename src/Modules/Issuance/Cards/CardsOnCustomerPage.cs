using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Issuance.Cards;

/// <summary>A card with its balances.</summary>
/// <param name="Reserve">备付金账, fen.</param>
/// <param name="InTransit">Money in transit between books and chip, fen.</param>
/// <param name="Purse">卡账, fen: the balance on the chip minus outstanding consumption.</param>
/// <param name="Deposit">押金, fen.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Type">The card type.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ValidFrom">The first day of its validity.</param>
/// <param name="ValidTo">The last day of its validity.</param>
/// <param name="Plate">The plate of the card's vehicle; null for any vehicle.</param>
/// <param name="ReservePoints">备付积分.</param>
/// <param name="PursePoints">Points on the chip minus outstanding consumption.</param>
public sealed record CustomerCard(
    string CardNumber,
    CardType Type,
    CardState State,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string? Plate,
    long Reserve,
    long InTransit,
    long Purse,
    long Deposit,
    long ReservePoints,
    long PursePoints
);

/// <summary>Brings a customer's cards to its page, without the plates where the page is not open (FC-43.1).</summary>
internal sealed class CardsOnCustomerPage() : CustomerPart<IReadOnlyList<CustomerCard>>("cards", "At most 1,000, oldest first.")
{
    private const int Most = 1_000;

    protected override async Task<IReadOnlyList<CustomerCard>> Read(AppDb db, CustomerOnPage customer, CancellationToken ct)
    {
        var cards = await db.Set<Card>()
            .Where(c => c.CustomerId == customer.Id && c.State != CardState.Released)
            .OrderBy(c => c.Id)
            .Take(Most)
            .ToListAsync(ct);
        var owners = cards.Select(c => c.Id).ToArray();
        var accounts = await db.Set<Account>().Where(a => owners.Contains(a.Owner)).ToListAsync(ct);
        var balances = accounts.ToDictionary(a => a.Key, a => a.Balance);
        return cards.ConvertAll(c => Shown(c, customer.Open ? c.Plate : null, balances));
    }

    private static CustomerCard Shown(Card card, string? plate, Dictionary<AccountKey, long> balances) =>
        new(
            card.Number,
            card.Type,
            card.State,
            card.ValidFrom,
            card.ValidTo,
            plate,
            balances.GetValueOrDefault(card.Reserve.Key),
            balances.GetValueOrDefault(card.InTransit.Key),
            balances.GetValueOrDefault(card.Purse.Key),
            balances.GetValueOrDefault(card.Deposit.Key),
            balances.GetValueOrDefault(card.ReservePoints.Key),
            balances.GetValueOrDefault(card.PursePoints.Key)
        );
}

/// <summary>Brings the card operations of a customer that are under way to its page (FC-43.1).</summary>
internal sealed class PendingOnCustomerPage()
    : CustomerPart<IReadOnlyList<CardOperationView>>("pendingOperations", "Card operations not settled yet, at most 100.")
{
    private const int Most = 100;

    protected override async Task<IReadOnlyList<CardOperationView>> Read(AppDb db, CustomerOnPage customer, CancellationToken ct)
    {
        var pending = await db.Set<CardOperation>()
            .Where(o => o.CustomerId == customer.Id && o.OpenCard != null)
            .OrderBy(o => o.Id)
            .Take(Most)
            .ToListAsync(ct);
        return pending.ConvertAll(o => o.View([]));
    }
}
