using Api.Tests.Funding;
using Counter.Payments;
using Customers;
using Issuance.Bonus;
using Refunds.Refundable;

namespace Api.Tests.Refunds;

/// <summary>One thing that happens to a customer's money; what the numbers mean depends on the kind.</summary>
internal sealed record RefundStep(int Kind, int A, int B, int C);

/// <summary>
/// A customer's history told twice: to the product's fold and lines, and to single coins that know which recharge brought them. The coins
/// are slow and
/// obvious: what is left of which recharge is found by laying the refundable coins out one by one, the newest recharge first.
/// </summary>
internal sealed class RefundHistory
{
    private static readonly PaymentMethod?[] s_methods =
    [
        PaymentMethod.Cash,
        PaymentMethod.BankCard,
        PaymentMethod.Cheque,
        PaymentMethod.Transfer,
        PaymentMethod.Voucher,
        PaymentMethod.Credit,
        null,
    ];

    private readonly Coins _coins = new();
    private readonly List<Paid> _paid = [];
    private readonly List<List<TakenLine>> _sent = [];
    private BonusPlaces _places;
    private int _next = 1;

    private sealed record Paid(int Id, int Received, int Bonus, PaymentMethod? By, bool IntoPurse)
    {
        /// <summary>One for each fen that went back.</summary>
        public int Refunded { get; set; }
    }

    public void Live(IReadOnlyList<RefundStep> history)
    {
        foreach (var step in history)
        {
            Take(step);
            Agrees();
        }
    }

    private void Take(RefundStep step)
    {
        switch (step.Kind)
        {
            case 0 or 1 or 2:
                Collect(step.A, step.B, s_methods[step.C]);
                break;
            case 3:
                Recharge(step.A, step.B, s_methods[step.C % 6]);
                break;
            case 4 when step.A <= _coins.Quota:
                _coins.Allocate(step.A);
                Move(new MoneyMovement(0, -step.A, step.A));
                break;
            case 5 when step.A <= _coins.OnCards:
                _coins.Return(step.A);
                Move(new MoneyMovement(0, step.A, -step.A));
                break;
            case 6 when step.A <= _coins.OnCards:
                _coins.Consume(step.A);
                Move(new MoneyMovement(0, 0, -step.A));
                break;
            case 7 or 8:
                Refund((RefundWay)step.C, step.A);
                break;
            case 9 when _sent.Count > 0:
                ComesBack(step.A % _sent.Count);
                break;
            case 10 when _paid.Count > 0:
                TakeBack(_paid[step.A % _paid.Count]);
                break;
            case 11 when step.B == 0:
                Small();
                break;
            default:
                break;
        }
    }

    private void Collect(int paid, int given, PaymentMethod? by)
    {
        // A unit's list gives no bonus.
        var bonus = by is null ? 0 : given;
        _coins.Collect(paid, bonus);
        _paid.Add(new Paid(_next++, paid, bonus, by, IntoPurse: false));
        Move(new MoneyMovement(bonus, paid + bonus, 0));
    }

    private void Recharge(int paid, int given, PaymentMethod? by)
    {
        _coins.RechargePurse(paid, given);
        _paid.Add(new Paid(_next++, paid, given, by, IntoPurse: true));
        Move(new MoneyMovement(given, 0, paid + given));
    }

    private void Refund(RefundWay way, int amount)
    {
        var (money, reference) = (Money(), ReferenceCarries(way));
        Assert.Equal(reference, money.Carries(way));
        var taken = money.Take(way, amount);
        Assert.Equal(Math.Min(amount, reference), taken.Sum(t => t.Amount));
        if (taken.Count > 0)
        {
            PayOut(taken);
            _sent.Add([.. taken]);
        }
    }

    private void PayOut(IReadOnlyList<TakenLine> taken)
    {
        foreach (var (recharge, amount) in taken)
        {
            var paid = _paid.Single(p => p.Id == recharge.Id);
            paid.Refunded += (int)amount;
            Assert.True(paid.Refunded <= paid.Received, "more is refunded than was received");
        }

        var fen = (int)taken.Sum(t => t.Amount);
        _coins.TakeBack(fen, given: 0);
        Move(new MoneyMovement(0, -fen, 0));
    }

    private void ComesBack(int which)
    {
        var taken = _sent[which];
        _sent.RemoveAt(which);
        foreach (var (recharge, amount) in taken)
        {
            _paid.Single(p => p.Id == recharge.Id).Refunded -= (int)amount;
        }

        var fen = (int)taken.Sum(t => t.Amount);
        _coins.Collect(fen, given: 0);
        Move(new MoneyMovement(0, fen, 0));
    }

    /// <summary>A void or a reversal: of a recharge that nothing was refunded of, when the quota account holds it.</summary>
    private void TakeBack(Paid paid)
    {
        if (paid is { By: null } or { IntoPurse: true } || paid.Refunded > 0 || paid.Received + paid.Bonus > _coins.Quota)
        {
            return;
        }

        _paid.Remove(paid);
        _coins.TakeBack(paid.Received, paid.Bonus);
        Move(new MoneyMovement(-paid.Bonus, -paid.Received - paid.Bonus, 0));
    }

    /// <summary>Everything comes back from the cards, what was paid in is paid out, and the bonus lapses: in one transaction.</summary>
    private void Small()
    {
        var fromCards = _coins.OnCards;
        _coins.Return(fromCards);
        var after = _places.After(new MoneyMovement(0, fromCards, -fromCards));
        var (bonus, money) = (after.InQuota, Money(after));
        Assert.Equal(_coins.Bonus, bonus);
        IReadOnlyList<TakenLine> taken = [.. money.TakeAll(ofLists: false), .. money.TakeAll(ofLists: true)];
        Assert.Equal(_coins.Refundable, taken.Sum(t => t.Amount));
        foreach (var (recharge, amount) in taken)
        {
            _paid.Single(p => p.Id == recharge.Id).Refunded += (int)amount;
        }

        var paid = _coins.Refundable;
        _coins.TakeBack(paid, (int)bonus);
        Move(new MoneyMovement(-bonus, fromCards - paid - bonus, -fromCards));
        Assert.Equal((0, 0), (_places.Quota, _places.Cards));
    }

    private void Move(MoneyMovement moved) => _places = _places.After(moved);

    private RefundableMoney Money() => Money(_places);

    private RefundableMoney Money(BonusPlaces places) =>
        RefundableMoney.Of(
            places.Quota - places.InQuota,
            _paid.OrderByDescending(p => p.Id).Select(p => new Recharge(p.Id, p.Received, p.Refunded, p.By)),
            CustomerKind.Person,
            creditOwed: 0
        );

    private void Agrees()
    {
        var money = Money();
        Assert.Equal((_coins.Quota, _coins.OnCards, _coins.Bonus), (_places.Quota, _places.Cards, _places.InQuota));
        Assert.Equal(_coins.Refundable, money.Total);
        Assert.Equal(ReferenceLines(), money.Lines.Select(l => ((int)l.Recharge.Id, (int)l.Left)));
    }

    /// <summary>Coin after coin: the newest recharge that still has a coin which did not go back gives the next one.</summary>
    private List<(int Id, int Left)> ReferenceLines()
    {
        var remaining = _paid.ToDictionary(p => p.Id, p => p.Received - p.Refunded);
        var left = new SortedDictionary<int, int>(Comparer<int>.Create((a, b) => b.CompareTo(a)));
        for (var coin = 0; coin < _coins.Refundable; coin++)
        {
            var newest = remaining.Where(r => r.Value > 0).Max(r => r.Key);
            remaining[newest]--;
            left[newest] = left.GetValueOrDefault(newest) + 1;
        }

        return [.. left.Select(l => (l.Key, l.Value))];
    }

    private int ReferenceCarries(RefundWay way)
    {
        // Nothing is owed here, so nothing goes back as less debt.
        return way == RefundWay.Credit ? 0 : ReferenceLines().Where(l => Allows(_paid.Single(p => p.Id == l.Id).By, way)).Sum(l => l.Left);
    }

    private static bool Allows(PaymentMethod? by, RefundWay way) =>
        (by, way) switch
        {
            (PaymentMethod.Cash, RefundWay.Cash or RefundWay.BankCard) => true,
            (PaymentMethod.BankCard, RefundWay.BankCard) => true,
            (PaymentMethod.Cheque, RefundWay.Cheque or RefundWay.Transfer) => true,
            (PaymentMethod.Transfer or PaymentMethod.Credit, RefundWay.Transfer) => true,
            (PaymentMethod.Voucher, RefundWay.Voucher) => true,
            (null, RefundWay.Unit) => true,
            _ => false,
        };
}
