using Microsoft.Extensions.DependencyInjection;
using Platform;
using Platform.Ledger;

namespace Simulation.CardOperations;

/// <summary>A card of another kind needs its script and the line that registers it, and no change of the engine.</summary>
public sealed class RegisteredScriptTests
{
    [Fact]
    public void A_script_of_another_card_is_stored_under_its_name_and_found_by_its_state()
    {
        var scripts = new CardScripts([.. PurseCard.Scripts, new StampScript()]);

        var stored = scripts.Store(new StampState(3));
        var restored = scripts.Restore(stored);
        var booked = Assert.IsType<ScriptStep.Book>(scripts.Next(restored, Counter.WithBlankCard().Context, new CardReport([])));

        Assert.Contains("\"kind\":\"stamp\"", stored, StringComparison.Ordinal);
        Assert.Equal(new StampState(3), restored);
        Assert.Equal(new StampScript.Stamped(3), booked.Point);
    }

    [Fact]
    public void A_state_of_no_registered_script_is_not_stored() =>
        Assert.ThrowsAny<Exception>(() => Counter.Scripts.Store(new StampState(3)));

    [Theory]
    [InlineData("stamp")]
    [InlineData("purse")]
    public void A_name_or_a_state_that_is_registered_twice_stops_the_start(string name)
    {
        var services = new ServiceCollection().AddCardScript(new PurseScript()).AddCardScript(new StampScript());

        Assert.Throws<StartRefusedException>(() => services.AddCardScript(new StampScript(name)));
    }

    [Fact]
    public void A_script_that_waits_for_no_booking_and_leaves_nothing_says_so()
    {
        var (scripts, context) = (new CardScripts([new StampScript()]), Counter.WithBlankCard().Context);

        Assert.Throws<InvalidOperationException>(() => scripts.Resume(new StampState(3), context));
        Assert.Throws<InvalidOperationException>(() => scripts.Recover(new StampState(3), context));
    }

    private sealed record StampState(int Stamps) : ScriptState;

    private sealed class StampScript(string name = "stamp") : CardScript<StampState>(name)
    {
        protected override ScriptStep Next(StampState state, ScriptContext context, CardReport report) =>
            new ScriptStep.Book(state, new Stamped(state.Stamps));

        public sealed record Stamped(int Stamps) : BookingPoint;
    }
}
