namespace Simulation.CardOperations;

public sealed class HappyPathTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_blank_card_is_issued_loaded_and_unloaded_on_either_protocol(bool protocol0)
    {
        var counter = Counter.WithBlankCard(protocol0: protocol0);
        Assert.Equal(CardKind.Blank, counter.Read().Kind);

        Assert.Equal(CardOutcomeState.Confirmed, counter.Issue().State);
        Assert.Equal(CardOutcomeState.Confirmed, counter.Load(50_000).State);
        Assert.Equal(CardOutcomeState.Confirmed, counter.Load(700, CardApplication.Points).State);
        Assert.Equal(CardOutcomeState.Confirmed, counter.Unload(20_000).State);

        var card = counter.Read();
        Assert.Equal(CardKind.Issued, card.Kind);
        Assert.Equal(Counter.CardNumber, card.CardNumber);
        Assert.Equal(30_000, card.Balance);
        Assert.Equal(700, card.Points);
        Assert.Equal("王小明", card.Holder!.Name);
        Assert.Equal("京A12345", card.Restrictions!.Plate);
        Assert.Equal(50_000u, card.Restrictions.AmountPerFill);
        Assert.Equal(new DateOnly(2031, 5, 1), card.Public!.Expiry);
        Assert.Equal(30_000, counter.Ledger.CardAccount);
        Assert.Equal(4, counter.Commits.Count);
    }

    [Fact]
    public void A_card_of_an_SM4_issuer_is_issued_and_loaded()
    {
        var counter = Counter.WithBlankCard(IssuerProfile.Demo with { Algorithm = CardAlgorithm.Sm4 });

        Assert.Equal(CardOutcomeState.Confirmed, counter.Issue().State);
        Assert.Equal(CardOutcomeState.Confirmed, counter.Load(50_000).State);
        Assert.Equal(50_000, counter.Read().Balance);
    }

    [Fact]
    public void A_card_session_is_confirmed_by_the_chips_own_key()
    {
        var counter = Counter.WithIssuedCard();

        var outcome = counter.Run(CardSessionScript.Start(counter.Context));

        Assert.Equal(CardOutcomeState.Confirmed, outcome.State);
        Assert.Equal(Counter.CardNumber, outcome.Facts!.CardNumber);
        Assert.Equal(counter.Chip.ChipSerial, outcome.Facts.ChipSerial);
    }

    [Fact]
    public void A_card_session_is_refused_to_a_card_that_answers_another_challenge()
    {
        var counter = Counter.WithIssuedCard();
        var send = (ScriptStep.Send)CardSessionScript.Start(counter.Context);
        var recorded = counter.Carry(send.Commands);

        // The recorded answers, played back to the next session's challenge.
        var later = counter.Context with
        {
            Challenge = "A0A1A2A3A4A5A6A7",
        };
        var step = Counter.Scripts.Next(new CardSessionState(later.Challenge), later, recorded);

        Assert.Equal("card-not-genuine", Assert.IsType<ScriptStep.Finish>(step).Outcome.Code);
    }
}
