using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Platform.Ledger;

/// <summary>
/// Heads of transactions against their entries and against the audit trail (PL-03.9): both know of each booking, so neither can be removed or put
/// in alone, also before a seal stands on them.
/// </summary>
internal sealed class HeadsRule(AccountTypes accounts, TransactionTypes transactions) : IBooksRule
{
    private readonly string[] _declared = [.. transactions.All.Select(t => t.Name)];

    public async Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct)
    {
        var heads = db.Set<Transaction>().Where(t => t.Id > from && t.Id <= to);
        var entries = db.Set<Entry>().Where(e => e.TransactionId > from && e.TransactionId <= to);
        var records = db.Set<AuditRecord>().Where(r => r.Id > from && r.Id <= to);
        return
        [
            .. await Place.Flaws(
                "entry-without-head",
                entries
                    .Where(e => !db.Set<Transaction>().Any(t => t.Id == e.TransactionId))
                    .Select(e => new Place(e.TransactionId, null, 0)),
                accounts,
                ct
            ),
            .. await Place.Flaws(
                "transaction-type-not-declared",
                heads.Where(t => !_declared.Contains(t.Type)).Select(t => new Place(t.Id, null, 0)),
                accounts,
                ct
            ),
            .. await Place.Flaws(
                "entry-differs-from-head",
                from e in entries
                join t in db.Set<Transaction>() on e.TransactionId equals t.Id
                where e.BusinessDate != t.BusinessDate || e.BookedAt != t.BookedAt
                select new Place(e.TransactionId, null, 0),
                accounts,
                ct
            ),
            .. await Place.Flaws(
                "head-differs-from-record",
                from t in heads
                join r in db.Set<AuditRecord>() on t.Id equals r.Id into kept
                from r in kept.DefaultIfEmpty()
                where
                    r == null
                    || r.At != t.BookedAt
                    || r.OperatorId != t.OperatorId
                    || r.BranchId != t.BranchId
                    // Records that do not know the number of their entries are of earlier builds, which left an approver out of some.
                    || (r.Entries != null && r.ApproverId != t.ApproverId)
                select new Place(t.Id, null, 0),
                accounts,
                ct
            ),
            .. await Place.Flaws(
                "record-without-transaction",
                from r in records
                where
                    r.Entries != null
                    && (!db.Set<Transaction>().Any(t => t.Id == r.Id) || db.Set<Entry>().Count(e => e.TransactionId == r.Id) != r.Entries)
                select new Place(r.Id, null, 0),
                accounts,
                ct
            ),
        ];
    }
}
