using Customers.Reach;
using Issuance.Holders;
using Microsoft.EntityFrameworkCore;
using Platform.Languages;

namespace Issuance.Issuing;

/// <summary>A customer with the given certificate. It does not prevent opening another account.</summary>
/// <param name="CustomerCode">Its code.</param>
/// <param name="Kind">Person or organisation.</param>
/// <param name="Use">Single or multi user.</param>
/// <param name="State">Whether the account is still open.</param>
/// <param name="Name">The holder's name, masked for a customer of another branch.</param>
/// <param name="OpenedAt">When the account was opened.</param>
public sealed record KnownHolder(
    string CustomerCode,
    CustomerKind Kind,
    CustomerUse Use,
    CustomerState State,
    string Name,
    DateTimeOffset OpenedAt
)
{
    /// <summary>Of the caller's branch, or of one below it.</summary>
    internal bool IsOwn { get; init; }
}

/// <summary>Finds the customers that a holder has already.</summary>
internal static class KnownHolders
{
    public const int Max = 50;

    public static async Task<IReadOnlyList<KnownHolder>> Read(
        AppDb db,
        CustomerReach reach,
        CertificateType type,
        string number,
        CancellationToken ct
    )
    {
        var found = await db.Set<Customer>()
            .Where(c => c.CertificateNumber == number && c.CertificateType == type)
            .OrderBy(c => c.Id)
            .Take(Max)
            .ToListAsync(ct);
        var known = new List<KnownHolder>(found.Count);
        foreach (var c in found)
        {
            var own = await reach.IsOwn(c, ct);
            var name = own ? c.Name : Mask.Name(c.Name);
            known.Add(new KnownHolder(c.Code, c.Kind, c.Use, c.State, name, c.OpenedAt.AtUtc()) { IsOwn = own });
        }

        return known;
    }
}
