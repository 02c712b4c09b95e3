using Issuance;
using Microsoft.EntityFrameworkCore;

namespace Funding.Loads;

/// <summary>
/// The accounts that mirror a chip move only by transactions that book what the chip did, and by a load's whole amount. Types that a later module
/// declares count by what they declare.
/// </summary>
internal sealed class ChipRule(AccountTypes accounts, TransactionTypes transactions) : IBooksRule
{
    private readonly string[] _chipTypes = [.. transactions.All.Where(t => t.MovesChip).Select(t => t.Name)];

    public async Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct)
    {
        var entries = db.Set<Entry>().Where(e => e.TransactionId > from && e.TransactionId <= to);
        var unexplained =
            from e in entries
            where e.Kind == IssuanceAccounts.Card.Number || e.Kind == IssuanceAccounts.CardPoints.Number
            join t in db.Set<Transaction>() on e.TransactionId equals t.Id
            where
                !_chipTypes.Contains(t.Type)
                || (t.Type == FundingTransactions.Load.Name && e.Kind == IssuanceAccounts.Card.Number && e.Amount != t.Amount)
            select new Place(e.TransactionId, e.Kind, e.Owner);
        return [.. await Place.Flaws("chip-account-differs", unexplained, accounts, ct)];
    }
}
