using Billing.Electricity.Payments;

namespace Api.Tests.Billing.Electricity;

public sealed class PaymentStatesTests
{
    [Fact]
    [Trait("Requirement", "EB-03.2")]
    public void What_is_refused_or_reversed_never_changes_again()
    {
        Assert.DoesNotContain(PaymentStates.Table, s => s.From is PaymentState.Refused or PaymentState.Reversed);
        Assert.All(Enum.GetValues<PaymentEvent>(), e => Assert.Null(PaymentStates.Step(PaymentState.Reversed, e)));
    }

    [Fact]
    [Trait("Requirement", "EB-03.2"), Trait("Requirement", "EB-05.2")]
    public void Nothing_is_given_back_before_the_power_side_said_no_or_reversed_it() =>
        Assert.All(
            PaymentStates.Table.Where(s => s.Money == PaymentMoney.ToPayer),
            s =>
                Assert.True(
                    s.Event is PaymentEvent.PowerRefused or PaymentEvent.NeverKnown or PaymentEvent.PowerReversed
                        && s.To is PaymentState.Refused or PaymentState.Reversed
                )
        );

    [Fact]
    [Trait("Requirement", "EB-03.2"), Trait("Requirement", "EB-08.2")]
    public void The_end_of_the_work_date_leaves_nothing_open()
    {
        foreach (var state in Enum.GetValues<PaymentState>().Where(s => !PaymentStates.IsFinal(s)))
        {
            Assert.Equal(PaymentState.Paid, PaymentStates.Step(state, PaymentEvent.WorkDateEnds)!.To);
        }
    }

    [Fact]
    public void Silence_never_settles_a_payment() =>
        Assert.All(
            PaymentStates.Table.Where(s => s.Event == PaymentEvent.NoAnswer),
            s => Assert.Equal((false, PaymentMoney.Stays), (PaymentStates.IsFinal(s.To), s.Money))
        );
}
