using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Platform.Ledger.Seals;

/// <summary>
/// A table whose rows are written once, by a booking, and never changed: a module that has one declares it, and its rows are sealed with the
/// bookings they belong to.
/// </summary>
public interface ISealedTable
{
    /// <summary>As it is called in the database. Seals keep it.</summary>
    string Name { get; }

    /// <summary>
    /// Rows and digest of each stretch: from the first bound (not itself) to the second one (itself), from there to the third, and so on.
    /// </summary>
    Task<IReadOnlyList<SealedRows>> Digest(AppDb db, IReadOnlyList<long> bounds, CancellationToken ct);
}

/// <inheritdoc/>
/// <param name="name">As the table is called.</param>
/// <param name="between">The rows above the first id up to the second, in an order by id first that never changes.</param>
/// <param name="id">The id of the booking that a row belongs to.</param>
public sealed class SealedTable<TRow>(string name, Func<IQueryable<TRow>, long, long, IQueryable<TRow>> between, Func<TRow, long> id)
    : ISealedTable
    where TRow : class
{
    public string Name => name;

    public async Task<IReadOnlyList<SealedRows>> Digest(AppDb db, IReadOnlyList<long> bounds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(bounds);
        var text = RowText.Of(db.Model, typeof(TRow));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var found = new List<SealedRows>(bounds.Count - 1);
        var rows = 0L;
        await foreach (var row in between(db.Set<TRow>(), bounds[0], bounds[^1]).AsAsyncEnumerable().WithCancellation(ct))
        {
            while (id(row) > bounds[found.Count + 1])
            {
                Close();
            }

            text.Append(hash, row);
            rows++;
        }

        while (found.Count < bounds.Count - 1)
        {
            Close();
        }

        return found;

        void Close()
        {
            found.Add(new SealedRows(rows, Convert.ToHexStringLower(hash.GetHashAndReset())));
            rows = 0;
        }
    }
}

/// <summary>The platform's own sealed tables.</summary>
internal static class SealedTables
{
    public const string AuditRecords = "audit_records";

    public static readonly IReadOnlyList<ISealedTable> OfPlatform =
    [
        new SealedTable<AuditRecord>(
            AuditRecords,
            (rows, from, to) => rows.Where(r => r.Id > from && r.Id <= to).OrderBy(r => r.Id),
            r => r.Id
        ),
        new SealedTable<Transaction>(
            "transactions",
            (rows, from, to) => rows.Where(t => t.Id > from && t.Id <= to).OrderBy(t => t.Id),
            t => t.Id
        ),
        new SealedTable<Entry>(
            "entries",
            (rows, from, to) =>
                rows.Where(e => e.TransactionId > from && e.TransactionId <= to)
                    .OrderBy(e => e.TransactionId)
                    .ThenBy(e => e.Kind)
                    .ThenBy(e => e.Owner)
                    .ThenBy(e => e.Sequence),
            e => e.TransactionId
        ),
    ];
}
