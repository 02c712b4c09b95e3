using Issuance.Bonus;
using Microsoft.EntityFrameworkCore;
using Refunds.Credit;

namespace Refunds.Refundable;

/// <summary>What is known of a customer's money when somebody wants it back.</summary>
/// <param name="Has">What the customer has, with what the refund itself brings from its cards.</param>
/// <param name="CreditOwedAt">Fen that are owed for collections on credit, by the branch that gave it.</param>
/// <param name="Money">What can be paid back.</param>
/// <param name="Rows">What went back of its recharges, read before anything else is read of them.</param>
internal sealed record RefundableFacts(
    CustomerMoney Has,
    IReadOnlyDictionary<long, long> CreditOwedAt,
    RefundableMoney Money,
    IReadOnlyDictionary<long, RefundedRecharge> Rows
)
{
    /// <summary>Older recharges hold more than is listed.</summary>
    public bool More => Money.Total < Has.Refundable && Money.Lines.Count == Limits.Lines;
}

/// <summary>Reads what of a customer's money can be paid back.</summary>
internal sealed class RefundableReader(AppDb db, BonusLeft bonusLeft, Recharges recharges, CreditDebts debts)
{
    /// <param name="fromCards">Fen that the refund itself brings from the customer's cards into the quota account first.</param>
    public async Task<RefundableFacts> Read(Customer customer, CancellationToken ct, long fromCards = 0)
    {
        ArgumentNullException.ThrowIfNull(customer);
        var has = await CustomerMoney.Read(db, bonusLeft, customer.Id, ct, fromCards);
        var balance = Math.Max(0, has.Refundable);
        var newest = await recharges.NewestFirst(customer.Id, balance, Limits.Lines, ct);
        var owed = await debts.OwedAt(customer.Id, ct);
        var money = RefundableMoney.Of(balance, newest, customer.Kind, owed.Values.Sum());
        var ids = money.Lines.Select(l => l.Recharge.Id).ToArray();
        var rows = await db.Set<RefundedRecharge>().Where(r => ids.Contains(r.RechargeId)).ToDictionaryAsync(r => r.RechargeId, ct);
        return new RefundableFacts(has, owed, money, rows);
    }
}
