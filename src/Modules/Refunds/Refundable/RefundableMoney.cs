using Counter.Payments;

namespace Refunds.Refundable;

/// <summary>A recharge that was neither voided nor reversed.</summary>
/// <param name="Id">Its transaction. A larger id is newer.</param>
/// <param name="Received">Fen.</param>
/// <param name="Refunded">Fen that went back so far.</param>
/// <param name="PaidBy">Null where a unit's recharge list brought it.</param>
public sealed record Recharge(long Id, long Received, long Refunded, PaymentMethod? PaidBy)
{
    /// <summary>Fen that can go back at most.</summary>
    public long Remaining => checked(Received - Refunded);
}

/// <summary>What of one recharge is left.</summary>
/// <param name="Left">Fen.</param>
/// <param name="Ways">The ways by which it may go back.</param>
public sealed record RefundableLine(Recharge Recharge, long Left, IReadOnlyList<RefundWay> Ways);

/// <summary>What a refund takes of one recharge, in fen.</summary>
public readonly record struct TakenLine(Recharge Recharge, long Amount);

/// <summary>
/// What of a customer's money can be paid back, by which recharge and by which way (FC-26.1, FC-26.5, FC-27.5). The oldest money counts as spent
/// first, so what is left is the newest: the recharges are gone through from the newest on until the refundable balance is given out. Pure.
/// </summary>
public sealed class RefundableMoney
{
    private readonly long _creditOwed;

    private RefundableMoney(IReadOnlyList<RefundableLine> lines, long creditOwed) => (Lines, _creditOwed) = (lines, creditOwed);

    /// <summary>The recharges of which something is left, newest first.</summary>
    public IReadOnlyList<RefundableLine> Lines { get; }

    /// <summary>Fen of all lines.</summary>
    public long Total => Lines.Sum(l => l.Left);

    /// <summary>Fen that must lessen the customer's debt before anything is paid out at the end (FC-25.8).</summary>
    public long SetOff => Math.Min(Total, _creditOwed);

    /// <param name="balance">Quota balance less the bonus in it, in fen; 0 with an open claim.</param>
    /// <param name="newestFirst">The recharges; as many as the balance needs.</param>
    /// <param name="customer">Whose they are.</param>
    /// <param name="creditOwed">Fen that the customer owes for collections on credit.</param>
    public static RefundableMoney Of(long balance, IEnumerable<Recharge> newestFirst, CustomerKind customer, long creditOwed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(balance);
        ArgumentOutOfRangeException.ThrowIfNegative(creditOwed);
        ArgumentNullException.ThrowIfNull(newestFirst);
        var lines = new List<RefundableLine>();
        foreach (var recharge in newestFirst)
        {
            if (balance == 0)
            {
                break;
            }

            var left = Math.Min(Math.Max(0, recharge.Remaining), balance);
            if (left > 0)
            {
                lines.Add(new RefundableLine(recharge, left, RefundWays.Of(recharge.PaidBy, customer)));
                balance -= left;
            }
        }

        return new RefundableMoney(lines, creditOwed);
    }

    /// <summary>Fen that a way can carry (FC-27.5).</summary>
    public long Carries(RefundWay way) => Take(way, long.MaxValue).Sum(t => t.Amount);

    /// <summary>What each way can carry, for the ways that carry something.</summary>
    public IReadOnlyDictionary<RefundWay, long> CarriedBy() =>
        Enum.GetValues<RefundWay>().Select(w => (Way: w, Fen: Carries(w))).Where(c => c.Fen > 0).ToDictionary(c => c.Way, c => c.Fen);

    /// <summary>The newest recharges that allow the way, up to an amount; less where they hold less.</summary>
    public IReadOnlyList<TakenLine> Take(RefundWay way, long amount) => Take(Lines.Where(l => l.Ways.Contains(way)), way, amount);

    /// <summary>All lines newest first, whatever their ways: what lessens a debt at the end (FC-25.8).</summary>
    public IReadOnlyList<TakenLine> TakeSetOff() => Take(Lines, RefundWay.Credit, SetOff);

    /// <summary>All lines newest first, whatever their ways, and those of recharge lists only if asked for: what a small refund pays.</summary>
    public IReadOnlyList<TakenLine> TakeAll(bool ofLists) =>
        [.. Lines.Where(l => l.Recharge.PaidBy is null == ofLists).Select(l => new TakenLine(l.Recharge, l.Left))];

    private List<TakenLine> Take(IEnumerable<RefundableLine> lines, RefundWay way, long amount)
    {
        var taken = new List<TakenLine>();
        // Of what came on credit only what is not owed any more leaves the house; by less debt never more than is owed.
        var creditLeft = Lines.Where(l => l.Recharge.PaidBy == PaymentMethod.Credit).Sum(l => l.Left);
        var notOwed = Math.Max(0, creditLeft - _creditOwed);
        var most = way == RefundWay.Credit ? Math.Min(amount, _creditOwed) : amount;
        foreach (var line in lines)
        {
            var onCredit = way != RefundWay.Credit && line.Recharge.PaidBy == PaymentMethod.Credit;
            var part = Math.Min(onCredit ? Math.Min(line.Left, notOwed) : line.Left, most);
            if (part <= 0)
            {
                continue;
            }

            taken.Add(new TakenLine(line.Recharge, part));
            most -= part;
            notOwed -= onCredit ? part : 0;
        }

        return taken;
    }
}
