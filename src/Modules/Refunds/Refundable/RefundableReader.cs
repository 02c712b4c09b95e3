using Counter.Payments;
using Issuance;
using Issuance.Bonus;
using Microsoft.EntityFrameworkCore;
using Refunds.Refunding;

namespace Refunds.Refundable;

/// <summary>What is known of a customer's money when somebody wants it back.</summary>
/// <param name="Quota">Fen in the quota account.</param>
/// <param name="QuotaVersion">Of the quota account, read before everything else: a booking that goes by this holds it.</param>
/// <param name="Bonus">Fen of the quota balance that are bonus.</param>
/// <param name="Claim">Fen that are owed for bounced cheques.</param>
/// <param name="CreditOwedAt">Fen that are owed for collections on credit, by the branch that gave it.</param>
/// <param name="Money">What can be paid back.</param>
/// <param name="Rows">What went back of its recharges, read before anything else is read of them.</param>
internal sealed record RefundableFacts(
    long Quota,
    int QuotaVersion,
    long Bonus,
    long Claim,
    IReadOnlyDictionary<long, long> CreditOwedAt,
    RefundableMoney Money,
    IReadOnlyDictionary<long, RefundedRecharge> Rows
)
{
    /// <summary>Quota less bonus, or nothing with an open claim (FC-26.1).</summary>
    public long Balance => Claim > 0 ? 0 : Quota - Bonus;

    /// <summary>Older recharges hold more than is listed.</summary>
    public bool More => Money.Total < Balance && Money.Lines.Count == Limits.Lines;
}

/// <summary>Reads what of a customer's money can be paid back.</summary>
internal sealed class RefundableReader(AppDb db, BonusLeft bonusLeft, Recharges recharges)
{
    /// <param name="fromCards">Fen that the refund itself brings from the customer's cards into the quota account first.</param>
    public async Task<RefundableFacts> Read(Customer customer, CancellationToken ct, long fromCards = 0)
    {
        ArgumentNullException.ThrowIfNull(customer);
        short[] kinds = [IssuanceAccounts.Quota.Number, IssuanceAccounts.Claim.Number];
        var accounts = await db.Set<Account>().Where(a => a.Owner == customer.Id && kinds.Contains(a.Kind)).ToListAsync(ct);
        // The version is read before the entries: one that comes in between makes it a version of the past, and the booking is decided again.
        var quota = accounts.Find(a => a.Kind == IssuanceAccounts.Quota.Number);
        var claim = -(accounts.Find(a => a.Kind == IssuanceAccounts.Claim.Number)?.Balance ?? 0);
        // What was set aside for a card comes back as what it was.
        var bonus = await bonusLeft.After(customer.Id, [new MoneyMovement(Bonus: 0, fromCards, -fromCards)], ct);
        var all = checked((quota?.Balance ?? 0) + fromCards);
        var balance = claim > 0 ? 0 : Math.Max(0, all - bonus);
        var newest = await recharges.NewestFirst(customer.Id, balance, Limits.Lines, ct);
        var owed = await OwedAt(customer.Id, ct);
        var money = RefundableMoney.Of(balance, newest, customer.Kind, owed.Values.Sum());
        var ids = money.Lines.Select(l => l.Recharge.Id).ToArray();
        var rows = await db.Set<RefundedRecharge>().Where(r => ids.Contains(r.RechargeId)).ToDictionaryAsync(r => r.RechargeId, ct);
        return new RefundableFacts(all, quota?.Version ?? 0, bonus, claim, owed, money, rows);
    }

    /// <summary>Received on credit, less what refunds have set off since.</summary>
    private async Task<Dictionary<long, long>> OwedAt(long customerId, CancellationToken ct)
    {
        var owed = await recharges.OnCredit(customerId, ct);
        if (owed.Count == 0)
        {
            return owed;
        }

        var setOff = await db.Set<Refund>()
            .Where(r => r.CustomerId == customerId && r.Way == RefundWay.Credit && r.State == RefundState.Booked)
            .Join(
                db.Set<Entry>().Where(e => e.Kind == CounterAccounts.Receivable.Number),
                r => r.Id,
                e => e.TransactionId,
                (_, e) => new { e.Owner, e.Amount }
            )
            .GroupBy(e => e.Owner)
            .Select(g => new { Branch = g.Key, Fen = g.Sum(e => e.Amount) })
            .ToListAsync(ct);
        foreach (var at in setOff)
        {
            owed[at.Branch] = Math.Max(0, owed.GetValueOrDefault(at.Branch) - at.Fen);
        }

        return owed;
    }
}
