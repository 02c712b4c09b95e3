using Microsoft.EntityFrameworkCore;

namespace Platform;

/// <summary>
/// A rule that the books must hold, or a module's rows beside them. A module that knows one declares it: the check of the books asks it.
/// </summary>
public interface IBooksRule
{
    /// <summary>What breaks the rule in transactions with ids above <paramref name="from"/> up to <paramref name="to"/>; some is enough.</summary>
    Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct);
}

/// <summary>Where a flaw is: an account, or a transaction.</summary>
internal sealed record Place(long TransactionId, AccountKind? Kind = null, long Owner = 0)
{
    public static async Task<IEnumerable<BooksFlaw>> Flaws(string rule, IQueryable<Place> places, CancellationToken ct) =>
        (await places.Take(BooksProof.ShownFlaws).ToListAsync(ct)).Select(p => new BooksFlaw(rule, p.ToString()));

    public override string ToString() => Kind is { } kind ? new AccountRef(kind, Owner).ToString() : SerialNumber.Of(TransactionId);
}
