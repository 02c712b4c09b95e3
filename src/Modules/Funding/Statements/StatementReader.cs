using Access.Branches;
using Counter.Transactions;
using Customers;
using Customers.Reach;
using Issuance;
using Issuance.Holders;
using Microsoft.EntityFrameworkCore;

namespace Funding.Statements;

/// <summary>Whose transactions, or which, a statement has; made by <see cref="StatementReader"/>.</summary>
internal sealed record StatementRows(IQueryable<Transaction> Transactions, long? CardId);

/// <summary>
/// Reads transactions with running balances (FC-43.2). A balance is never added up here: it is the one that Books wrote with the entry, under lock,
/// so it is right however many bookings run meanwhile.
/// </summary>
internal sealed class StatementReader(AppDb db, BranchTree branches, CustomerReach reach, OwnerNames names, AccountTypes types)
{
    /// <summary>The customer's transactions; the refusal when there is no such customer or branch, or when it is out of reach.</summary>
    public async Task<Outcome<StatementRows>> OfCustomer(string code, IStatementFilter filter, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == code, ct);
        if (await reach.Whole(customer, ct) is { } refusal)
        {
            return refusal;
        }

        return customer is null
            ? new NotFound("customer")
            : await Narrowed(db.Set<Transaction>().Where(t => t.CustomerId == customer.Id), null, filter, ct);
    }

    /// <summary>
    /// The transactions made by the card, and those that touched its accounts under another's name (an allocation by the main card).
    /// </summary>
    public async Task<Outcome<StatementRows>> OfCard(string number, IStatementFilter filter, CancellationToken ct)
    {
        var view = await db.CardView(number, ct);
        if (await reach.Whole(view?.Customer, ct) is { } refusal)
        {
            return refusal;
        }

        if (view is not { Card.Id: var card })
        {
            return new CardNotFound();
        }

        var ids = db.Set<Transaction>()
            .Where(t => t.CardId == card)
            .Select(t => t.Id)
            .Union(db.Set<Entry>().Where(e => _ofCard.Contains(e.Kind) && e.Owner == card).Select(e => e.TransactionId));
        return await Narrowed(db.Set<Transaction>().Where(t => ids.Contains(t.Id)), card, filter, ct);
    }

    private readonly short[] _ofCard = [.. types.All.Where(t => t.Owner == TransactionParties.Card).Select(t => t.Number)];

    private async Task<Outcome<StatementRows>> Narrowed(
        IQueryable<Transaction> all,
        long? card,
        IStatementFilter filter,
        CancellationToken ct
    )
    {
        if (filter.BranchCode is null)
        {
            return new StatementRows(all.Matching(filter, null), card);
        }

        return await branches.FindByCode(filter.BranchCode, ct) is { } branch
            ? new StatementRows(all.Matching(filter, branch), card)
            : new NotFound("branch");
    }

    /// <summary>A page of lines; a refusal when the cursor is none.</summary>
    public async Task<Outcome<Page<StatementLine>>> Page(StatementRows rows, int? limit, string? after, CancellationToken ct)
    {
        var size = limit ?? PageRequest.DefaultLimit;
        var place = after is null ? StatementPlace.Start : StatementPlace.Parse(after);
        if (place is null || size is < 1 or > PageRequest.MaxLimit)
        {
            return new PageInvalid();
        }

        var heads = await rows.Transactions.After(place.Value).Take(size + 1).ToListAsync(ct);
        var more = heads.Count > size;
        var shown = more ? heads[..size] : heads;
        return new Page<StatementLine>(
            await Lines(shown, rows.CardId, ct),
            more ? new StatementPlace(shown[^1].BusinessDate, shown[^1].Id).ToString() : null
        );
    }

    private async Task<List<StatementLine>> Lines(List<Transaction> heads, long? card, CancellationToken ct)
    {
        var ids = heads.Select(h => h.Id).ToArray();
        var owners = heads.SelectMany(h => (long?[])[h.CustomerId, h.CardId, card]).OfType<long>().Distinct().ToArray();
        var entries = (
            await db.Set<Entry>()
                .Where(e => ids.Contains(e.TransactionId) && e.BalanceAfter != null && owners.Contains(e.Owner))
                .ToListAsync(ct)
        ).ToLookup(e => e.TransactionId);
        var lines = await StatementLines.Of(db, names, types, heads, card, ct);
        var untouched = heads.Where(h => h.CustomerId is not null && !entries[h.Id].Any(e => IsQuota(e, h))).Select(h => h.Id).ToArray();
        var carried = await QuotaBefore(untouched, ct);
        return
        [
            .. heads.Select(h =>
            {
                var own = entries[h.Id]
                    .Where(e => e.Owner == h.CustomerId || e.Owner == (card ?? h.CardId))
                    .OrderBy(e => e.Sequence)
                    .ToList();
                return lines.Line(h, own, own.LastOrDefault(e => IsQuota(e, h))?.BalanceAfter ?? Carried(h, carried));
            }),
        ];
    }

    private static long? Carried(Transaction head, Dictionary<long, long?> carried) =>
        head.CustomerId is null ? null : carried.GetValueOrDefault(head.Id) ?? 0;

    private static bool IsQuota(Entry entry, Transaction head) =>
        entry.Kind == IssuanceAccounts.Quota.Number && entry.Owner == head.CustomerId;

    /// <summary>
    /// The quota balance that the customer's statement shows before each of these, which did not touch it. Compared with the customer's own id: two
    /// columns that may be null are compared with an "or both null", for which no index is used.
    /// </summary>
    private async Task<Dictionary<long, long?>> QuotaBefore(long[] ids, CancellationToken ct)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        var found =
            from head in db.Set<Transaction>()
            where ids.Contains(head.Id)
            join customer in db.Set<Customer>() on head.CustomerId equals customer.Id
            select new
            {
                head.Id,
                Balance = (
                    from before in db.Set<Transaction>()
                    where
                        before.CustomerId == customer.Id
                        && before.BusinessDate <= head.BusinessDate
                        && (before.BusinessDate < head.BusinessDate || before.Id < head.Id)
                    join entry in db.Set<Entry>() on before.Id equals entry.TransactionId
                    where entry.Kind == IssuanceAccounts.Quota.Number && entry.Owner == customer.Id
                    orderby before.BusinessDate descending, before.Id descending, entry.Sequence descending
                    select entry.BalanceAfter
                ).FirstOrDefault(),
            };
        return await found.ToDictionaryAsync(f => f.Id, f => f.Balance, ct);
    }
}
