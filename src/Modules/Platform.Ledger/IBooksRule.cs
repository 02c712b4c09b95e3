using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Platform.Ledger;

/// <summary>
/// A rule that the books must hold, or a module's rows beside them. A module that knows one declares it: the check of the books asks it.
/// </summary>
public interface IBooksRule
{
    /// <summary>What breaks the rule in transactions with ids above <paramref name="from"/> up to <paramref name="to"/>; some is enough.</summary>
    Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct);
}

/// <summary>Where a flaw is: an account, or a transaction.</summary>
public sealed record Place(long TransactionId, short? Kind = null, long Owner = 0)
{
    /// <summary>Some of the places, as flaws of a rule.</summary>
    public static async Task<IEnumerable<BooksFlaw>> Flaws(
        string rule,
        IQueryable<Place> places,
        AccountTypes types,
        CancellationToken ct
    ) => (await places.Take(BooksProof.ShownFlaws).ToListAsync(ct)).Select(p => new BooksFlaw(rule, p.Text(types)));

    private string Text(AccountTypes types) =>
        Kind is not { } kind ? SerialNumber.Of(TransactionId)
        : types.Numbered(kind) is { } type ? new AccountRef(type, Owner).ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{kind}:{Owner}");
}
