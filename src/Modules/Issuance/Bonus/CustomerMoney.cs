using Microsoft.EntityFrameworkCore;

namespace Issuance.Bonus;

/// <summary>A customer's own money, in fen, and points.</summary>
/// <param name="QuotaVersion">Of the quota account, read before the entries that the bonus is worked out from: a booking that goes by this money
/// holds it.</param>
/// <param name="Bonus">The part of the quota balance that is bonus.</param>
/// <param name="Claim">What the customer owes for bounced cheques.</param>
public sealed record CustomerMoney(long Quota, int QuotaVersion, long Bonus, long Points, long Claim)
{
    private static readonly short[] s_kinds =
    [
        IssuanceAccounts.Quota.Number,
        IssuanceAccounts.QuotaPoints.Number,
        IssuanceAccounts.Claim.Number,
    ];

    /// <summary>Nothing is paid back while there is a debt (FC-26.1).</summary>
    public long Refundable => Claim > 0 ? 0 : Quota - Bonus;

    /// <param name="fromCards">
    /// Fen that a booking brings from the customer's cards into the quota account first; they come back as what they were.
    /// </param>
    public static async Task<CustomerMoney> Read(AppDb db, BonusLeft bonusLeft, long customerId, CancellationToken ct, long fromCards = 0)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(bonusLeft);
        var accounts = await db.Set<Account>()
            .Where(a => a.Owner == customerId && s_kinds.Contains(a.Kind))
            .ToDictionaryAsync(a => a.Kind, ct);
        var quota = accounts.GetValueOrDefault(IssuanceAccounts.Quota.Number);
        MoneyMovement[] moves = fromCards == 0 ? [] : [new(Bonus: 0, fromCards, -fromCards)];
        return new CustomerMoney(
            checked((quota?.Balance ?? 0) + fromCards),
            quota?.Version ?? 0,
            await bonusLeft.After(customerId, moves, ct),
            accounts.GetValueOrDefault(IssuanceAccounts.QuotaPoints.Number)?.Balance ?? 0,
            -(accounts.GetValueOrDefault(IssuanceAccounts.Claim.Number)?.Balance ?? 0)
        );
    }
}
