using Microsoft.EntityFrameworkCore;
using Platform;

namespace Issuance.Customers;

/// <summary>One movement of a quota account: what it changed, the bonus in it, and the balance after it; all in fen.</summary>
internal readonly record struct QuotaMovement(long Bonus, long BalanceAfter);

/// <summary>
/// How much of a quota balance is bonus. Paid money is spent before bonus: what is left of the bonus is never more than the balance was at any time
/// since it was
/// given, and what is paid in later is paid money again.
/// </summary>
public static class BonusLeft
{
    /// <summary>Folds over the account's movements, oldest first.</summary>
    internal static long Fold(IEnumerable<QuotaMovement> movements)
    {
        var left = 0L;
        foreach (var movement in movements)
        {
            left = Math.Max(0, Math.Min(checked(left + movement.Bonus), movement.BalanceAfter));
        }

        return left;
    }

    /// <summary>Fen of a customer's quota balance that are bonus. Reads the movements only where a bonus was ever given.</summary>
    public static async Task<long> Of(AppDb db, long customerId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var bonus = await db.Set<Entry>()
            .Where(e => e.Kind == AccountKind.Bonus && e.Owner == customerId)
            .ToDictionaryAsync(e => e.TransactionId, e => -e.Amount, ct);
        if (bonus.Count == 0)
        {
            return 0;
        }

        var movements = await db.Set<Entry>()
            .Where(e => e.Kind == AccountKind.Quota && e.Owner == customerId)
            .OrderBy(e => e.Sequence)
            .Select(e => new { e.TransactionId, e.BalanceAfter })
            .ToListAsync(ct);
        return Fold(movements.Select(m => new QuotaMovement(bonus.GetValueOrDefault(m.TransactionId), m.BalanceAfter ?? 0)));
    }
}
