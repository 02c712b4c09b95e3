using Api.Tests.Funding;
using Counter.Payments;
using Customers;
using FsCheck;
using FsCheck.Fluent;
using Issuance.Bonus;
using Refunds.Refundable;
using TestRuns;

namespace Api.Tests.Refunds;

/// <summary>What of a customer's money can be paid back: the worked examples, and random histories against single coins.</summary>
public sealed class RefundableMoneyTests
{
    private const long Yuan = 100;

    [Fact]
    [Trait("Requirement", "FC-26.1"), Trait("Requirement", "FC-26.5"), Trait("Requirement", "FC-27.5")]
    public void Worked_example_of_three_payments()
    {
        var (r1, r2, r3) = (Cash(1, 500), BankCard(2, 300), Transfer(3, 200));

        // 600 spent, all back in the quota account: 430 = 400 paid + 30 bonus.
        var money = Of(400, r3, r2, r1);
        Assert.Equal([(3L, 200 * Yuan), (2L, 200 * Yuan)], Lines(money));
        var carries = (money.Carries(RefundWay.Transfer), money.Carries(RefundWay.BankCard), money.Carries(RefundWay.Cash));
        Assert.Equal((200 * Yuan, 200 * Yuan, 0), carries);

        // Special refund of 150 by bank card.
        Assert.Equal([(2L, 150 * Yuan)], money.Take(RefundWay.BankCard, 150 * Yuan).Select(t => (t.Recharge.Id, t.Amount)));
        r2 = r2 with { Refunded = 150 * Yuan };
        Assert.Equal([(3L, 200 * Yuan), (2L, 50 * Yuan)], Lines(Of(250, r3, r2, r1)));

        // R4 of 100 in cash, then 120 spent; or R4 voided instead of the spending.
        var r4 = Cash(4, 100);
        Assert.Equal([(4L, 100 * Yuan), (3L, 130 * Yuan)], Lines(Of(230, r4, r3, r2, r1)));
        Assert.Equal([(3L, 200 * Yuan), (2L, 50 * Yuan)], Lines(Of(250, r3, r2, r1)));
    }

    [Fact]
    [Trait("Requirement", "FC-26.1")]
    public void Bonus_that_went_with_the_money_it_was_given_on_does_not_lessen_later_money()
    {
        // R1 100 + 10 bonus; 105 spent; R2 200 without bonus: quota 205 = 200 paid + 5 bonus.
        var places = default(BonusPlaces)
            .After(new MoneyMovement(10, 110, 0))
            .After(new MoneyMovement(0, -105, 105))
            .After(new MoneyMovement(0, 0, -105))
            .After(new MoneyMovement(0, 200, 0));

        Assert.Equal((205, 5), (places.Quota, places.InQuota));
        Assert.Equal([(2L, 200 * Yuan)], Lines(Of(200, Cash(2, 200), Cash(1, 100))));
    }

    [Fact]
    [Trait("Requirement", "FC-25.8")]
    public void Worked_example_of_credit_that_is_set_off()
    {
        // R5 1,000 on credit, unpaid; 400 spent.
        var money = RefundableMoney.Of(
            600 * Yuan,
            [new(5, 1_000 * Yuan, 0, PaymentMethod.Credit)],
            CustomerKind.Organisation,
            1_000 * Yuan
        );

        Assert.Equal((600 * Yuan, 600 * Yuan), (money.Total, money.SetOff));
        Assert.Equal([(5L, 600 * Yuan)], money.TakeSetOff().Select(t => (t.Recharge.Id, t.Amount)));
        Assert.Equal(0, money.Carries(RefundWay.Transfer));
    }

    [Fact]
    [Trait("Requirement", "FC-25.8"), Trait("Requirement", "FC-26.6")]
    public void The_debt_takes_the_newest_lines_first_and_only_the_rest_of_credit_goes_back_by_transfer()
    {
        var (r5, r6) = (new Recharge(5, 1_000, 0, PaymentMethod.Credit), new Recharge(6, 500, 0, PaymentMethod.Cash));
        var money = RefundableMoney.Of(1_500, [r6, r5], CustomerKind.Person, creditOwed: 1_000);
        Assert.Equal([(6L, 500L), (5L, 500L)], money.TakeSetOff().Select(t => (t.Recharge.Id, t.Amount)));

        var rest = RefundableMoney.Of(500, [r6 with { Refunded = 500 }, r5 with { Refunded = 500 }], CustomerKind.Person, creditOwed: 0);
        Assert.Equal((500, 0, 0), (rest.Carries(RefundWay.Transfer), rest.Carries(RefundWay.Credit), rest.SetOff));
    }

    [Theory]
    [Trait("Requirement", "FC-26.2"), Trait("Requirement", "FC-26.6")]
    [InlineData(PaymentMethod.Cash, "cash, bankCard", "transfer, credit")]
    [InlineData(PaymentMethod.BankCard, "bankCard", "transfer, credit")]
    [InlineData(PaymentMethod.Cheque, "cheque, transfer", "transfer, credit")]
    [InlineData(PaymentMethod.Transfer, "transfer", "transfer, credit")]
    [InlineData(PaymentMethod.Voucher, "voucher", "transfer, credit")]
    [InlineData(PaymentMethod.Credit, "credit, transfer", "credit, transfer")]
    [InlineData(null, "unit", "unit")]
    public void Each_payment_goes_back_by_the_ways_of_the_table(PaymentMethod? paidBy, string person, string organisation)
    {
        Assert.Equal(person, string.Join(", ", RefundWays.Of(paidBy, CustomerKind.Person).Select(w => Json.Name(w))));
        Assert.Equal(organisation, string.Join(", ", RefundWays.Of(paidBy, CustomerKind.Organisation).Select(w => Json.Name(w))));
    }

    [Fact]
    [Trait("Requirement", "FC-26.1"), Trait("Requirement", "FC-27.4"), Trait("Requirement", "FC-27.5")]
    public void Any_history_agrees_with_single_coins()
    {
        var steps =
            from kind in Gen.Choose(0, 11)
            from a in Gen.Choose(1, 12)
            from b in Gen.Choose(0, 6)
            from c in Gen.Choose(0, 6)
            select new RefundStep(kind, a, b, c);
        Prop.ForAll(steps.ListOf().ToArbitrary(), history => new RefundHistory().Live([.. history]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(3_000)));
    }

    private static Recharge Cash(long id, long yuan) => new(id, yuan * Yuan, 0, PaymentMethod.Cash);

    private static Recharge BankCard(long id, long yuan) => new(id, yuan * Yuan, 0, PaymentMethod.BankCard);

    private static Recharge Transfer(long id, long yuan) => new(id, yuan * Yuan, 0, PaymentMethod.Transfer);

    private static RefundableMoney Of(long yuan, params IEnumerable<Recharge> newestFirst) =>
        RefundableMoney.Of(yuan * Yuan, newestFirst, CustomerKind.Person, creditOwed: 0);

    private static IEnumerable<(long, long)> Lines(RefundableMoney money) => money.Lines.Select(l => (l.Recharge.Id, l.Left));
}
