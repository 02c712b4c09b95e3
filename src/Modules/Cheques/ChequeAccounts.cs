using Access;
using Access.Branches;
using Counter.Payments;

namespace Cheques;

/// <summary>The accounts of cheques that no module before this one books to.</summary>
public static class ChequeAccounts
{
    /// <summary>Cheques that a branch holds.</summary>
    public static readonly AccountType Held = new(27, "cheques", AccessOwners.Branch, Keeping.None, "Cheques received.", "已收支票");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AccountType> All = [Held];
}
