using Billing.TopUps.Redemptions;
using Billing.TopUps.Sales;

namespace Api.Tests.Billing.TopUps;

public sealed class TopUpStatesTests
{
    [Fact]
    [Trait("Requirement", "MT-01.1"), Trait("Requirement", "MT-01.6")]
    public void What_may_have_left_us_is_never_not_sent_again() =>
        Assert.All(
            TopUpStates.Table.Where(s => s.From == TopUpState.Applying),
            s => Assert.False(s.To is TopUpState.Unprocessed or TopUpState.Unfinished)
        );

    [Fact]
    [Trait("Requirement", "MT-01.7")]
    public void Only_a_person_changes_an_end() =>
        Assert.All(
            TopUpStates.Table.Where(s => TopUpStates.IsEnd(s.From)),
            s => Assert.True(s.Event is TopUpEvent.AcceptedAsCredited or TopUpEvent.AcceptedAsFailed)
        );

    [Fact]
    [Trait("Requirement", "MT-01.2")]
    public void Silence_never_ends_a_top_up() =>
        Assert.All(
            TopUpStates.Table.Where(s => s.Event is TopUpEvent.NoAnswer or TopUpEvent.HeldBack),
            s => Assert.Equal((false, TopUpMoney.Stays), (TopUpStates.IsEnd(s.To), s.Money))
        );

    [Fact]
    [Trait("Requirement", "MT-01.1")]
    public void The_money_follows_the_state()
    {
        foreach (var step in TopUpStates.Table)
        {
            var expected = (TopUpStates.IsEnd(step.From), step.To) switch
            {
                (false, TopUpState.Succeeded) => TopUpMoney.DoubtToFloat,
                (false, TopUpState.Failed) => TopUpMoney.DoubtToRefund,
                (true, TopUpState.Succeeded) => TopUpMoney.RefundToFloat,
                (true, TopUpState.Failed) => TopUpMoney.FloatToRefund,
                _ => TopUpMoney.Stays,
            };
            Assert.Equal(expected, step.Money);
        }
    }

    [Fact]
    [Trait("Requirement", "MT-02.1"), Trait("Requirement", "MT-02.2")]
    public void A_confirmed_redemption_is_not_undone_and_a_wrong_code_ends() =>
        Assert.DoesNotContain(
            RedemptionStates.Table,
            r => r.From is RedemptionState.Confirmed or RedemptionState.Undone or RedemptionState.AuthenticationFailed
        );
}
