using Access.Branches;
using Access.Operators;
using Issuance.Closings;
using Microsoft.EntityFrameworkCore;
using Refunds.Documents;

namespace Refunds.Closing;

/// <summary>What is known of a customer that is being closed.</summary>
internal sealed record ClosingFacts(
    CustomerClosing Closing,
    Customer Customer,
    IReadOnlyList<Card> Cards,
    IReadOnlyDictionary<long, ClosingCard> Taken,
    IReadOnlyDictionary<AccountKey, long> Balances,
    IReadOnlyDictionary<long, string> Takers
)
{
    public long Of(AccountRef account) => Balances.GetValueOrDefault(account.Key);

    /// <summary>Was the card taken back with an empty chip, and nothing loaded since?</summary>
    public bool IsEmptied(Card card) =>
        Taken.TryGetValue(card.Id, out var row) && row.TakenAt is not null && Of(card.Purse) <= row.PurseWhenTaken;

    /// <summary>Nobody can unload it: its purse goes to the quota account after the waiting time (FC-25.9).</summary>
    public static bool CannotBeUnloaded(CardState state) => state is CardState.Lost or CardState.Damaged or CardState.Expired;

    /// <summary>Cards that have not come back, and chips that hold money (FC-25.2, FC-25.7).</summary>
    public IEnumerable<ClosingObstacle> CardObstacles()
    {
        foreach (var card in Cards.Where(c => c.State is CardState.Active or CardState.Blocked))
        {
            if (Of(card.Purse) > 0 && !IsEmptied(card))
            {
                yield return new ClosingObstacle(
                    "purse-not-empty",
                    "The chip holds money that can be unloaded.",
                    "卡内余额尚可圈提。",
                    "POST",
                    $"/v1/cards/{card.Number}/unloads",
                    card.Number
                );
            }

            if (!Taken.TryGetValue(card.Id, out var row) || row.TakenAt is null)
            {
                yield return new ClosingObstacle(
                    "card-to-come",
                    "The card has not come back, and is reported neither lost nor damaged.",
                    "该卡尚未收回，也未挂失或登记损坏。",
                    "POST",
                    $"/v1/closings/{IdText.Of(Closing.Id)}/cards",
                    card.Number
                );
            }
        }
    }
}

/// <summary>Finds closings, reads what they are about, and shows them.</summary>
internal sealed class ClosingReader(AppDb db, BranchTree branches, RequestContext request, IEnumerable<IClosingPart> parts)
{
    /// <summary>A closing of the caller's branch or one below it.</summary>
    public async Task<Outcome<CustomerClosing>> Find(long closingId, CancellationToken ct)
    {
        var closing = await db.Set<CustomerClosing>().SingleOrDefaultAsync(c => c.Id == closingId, ct);
        return closing is null ? new ClosingNotFound()
            : await branches.IsSameOrSuperior(request.Caller.BranchId, closing.BranchId, ct) ? closing
            : new ClosingOfOtherBranch();
    }

    /// <summary>One that is open.</summary>
    public async Task<Outcome<CustomerClosing>> FindOpen(long closingId, CancellationToken ct)
    {
        var found = await Find(closingId, ct);
        return found.Refusal is null && found.Value.State != ClosingState.Open ? new ClosingStateForbids(found.Value.State) : found;
    }

    public async Task<ClosingFacts> Read(CustomerClosing closing, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == closing.CustomerId, ct);
        var cards = await db.Set<Card>()
            .Where(c => c.CustomerId == customer.Id && c.State != CardState.Released)
            .OrderBy(c => c.Id)
            .Take(Limits.Cards + 1)
            .ToListAsync(ct);
        long[] owners = [customer.Id, .. cards.Select(c => c.Id)];
        var balances = await db.Set<Account>().Where(a => owners.Contains(a.Owner)).ToListAsync(ct);
        var taken = await db.Set<ClosingCard>().Where(c => c.ClosingId == closing.Id).ToDictionaryAsync(c => c.CardId, ct);
        var by = taken.Values.Select(t => t.TakenById).OfType<long>().Distinct().ToArray();
        var takers = await db.Set<Operator>().Where(o => by.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Login, ct);
        return new ClosingFacts(closing, customer, cards, taken, balances.ToDictionary(a => a.Key, a => a.Balance), takers);
    }

    /// <summary>Everything that keeps the customer from being closed, from whoever knows it.</summary>
    public async Task<IReadOnlyList<ClosingObstacle>> Obstacles(ClosingFacts facts, CancellationToken ct)
    {
        var found = facts.CardObstacles().ToList();
        foreach (var part in parts)
        {
            found.AddRange(await part.Obstacles(db, facts.Customer, ct));
        }

        return found;
    }

    /// <summary>What the modules add to the booking that closes the customer.</summary>
    public async Task AddParts(Booking booking, Customer customer, CancellationToken ct)
    {
        foreach (var part in parts)
        {
            await part.Add(booking, db, customer, ct);
        }
    }

    public async Task<ClosingView> View(CustomerClosing closing, CancellationToken ct)
    {
        var facts = await Read(closing, ct);
        return View(facts, closing.State == ClosingState.Open ? await Obstacles(facts, ct) : []);
    }

    public static ClosingObstacleView Shown(ClosingObstacle obstacle) =>
        new(obstacle.Code, Language.IsChinese ? obstacle.Zh : obstacle.En, obstacle.CardNumber, obstacle.Method, obstacle.Path);

    public static ClosingView View(ClosingFacts facts, IReadOnlyList<ClosingObstacle> obstacles)
    {
        var closing = facts.Closing;
        var serial = SerialNumber.Of(closing.Id);
        var closedBy = closing.ClosedById is { } id ? SerialNumber.Of(id) : null;
        return new ClosingView(
            IdText.Of(closing.Id),
            serial,
            closing.State,
            facts.Customer.Code,
            closing.OpenedAt.AtUtc(),
            [.. facts.Cards.Take(Limits.Cards).Select(c => CardView(facts, c))],
            [.. obstacles.Select(Shown)],
            closedBy,
            closing.ClosedAt.AtUtc(),
            closing.Fee,
            closing.FeeWaived,
            closing.ReserveSwept,
            closing.PurseSwept,
            closing.BonusLapsed,
            closing.PointsLapsed,
            closing.RefundableFrom.AtUtc(),
            closedBy is null
                ? [RefundPapers.Link(ClosingApplication.Name, serial)]
                : [RefundPapers.Link(ClosingApplication.Name, serial), RefundPapers.Link(ClosingNotice.Name, closedBy)]
        );
    }

    public static ClosingCardView CardView(ClosingFacts facts, Card card)
    {
        var row = facts.Taken.GetValueOrDefault(card.Id);
        var purse = facts.Of(card.Purse);
        return new ClosingCardView(
            card.Number,
            card.Type,
            card.State,
            row?.StateBefore,
            facts.Of(card.Reserve),
            purse,
            purse > 0 && facts.Closing.SweptAt is null ? facts.Closing.RefundableFrom.AtUtc() : null,
            facts.Of(card.Deposit),
            facts.Of(card.ReservePoints) + facts.Of(card.PursePoints),
            row?.TakenAt.AtUtc(),
            row?.TakenById is { } by ? facts.Takers.GetValueOrDefault(by) : null
        );
    }
}
