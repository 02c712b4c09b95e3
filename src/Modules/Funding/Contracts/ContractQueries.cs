using Microsoft.EntityFrameworkCore;

namespace Funding.Contracts;

/// <summary>Discount contracts by their code, and what they add to a payment.</summary>
internal static class ContractQueries
{
    /// <summary>Null when no code is given or no contract has it.</summary>
    public static async Task<DiscountContract?> Contract(this AppDb db, string? code, CancellationToken ct) =>
        code is null ? null : await db.Set<DiscountContract>().SingleOrDefaultAsync(c => c.Code == code, ct);

    /// <summary>The payment and its bonus under the contract, in fen; the payment alone without one.</summary>
    public static long WithBonus(this DiscountContract? contract, long amount) =>
        checked(amount + (contract?.GiftFor(amount) ?? default).Bonus);
}
