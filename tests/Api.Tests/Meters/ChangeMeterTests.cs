using System.Net;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class ChangeMeterTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-08.1"), Trait("Requirement", "PM-08.2"), Trait("Requirement", "PM-05.7")]
    public async Task A_meter_change_carries_the_remaining_quantity_and_a_shortfall_is_taken_off_the_next_sale_once(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), preStored: 500, overdraft: 400));
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        await counter.Prepare(home, account);
        home.Swipe();
        home.Device.Use(1_750);

        var change = (await counter.ChangeMeter(home, 3_750, 1_750, MeterCounter.NewMeter())).Is(HttpStatusCode.Accepted);
        Assert.Equal((3_250, 13_650, 0), (change.Number("onCard"), change.Number("worth"), change.Number("shortfall")));
        var outcome = await counter.Confirmed(home.Card, change);
        var slip = (await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}/documents/meter-change"))
            .Is(HttpStatusCode.OK)
            .Text;
        Assert.Contains("37.50", slip, StringComparison.Ordinal);
        Assert.Contains("136.50", slip, StringComparison.Ordinal);
        await NewDevice(counter, home, account);
        (await counter.StartSale(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "card-not-swiped");
        (await counter.StartCorrection(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "meter-nothing-to-correct");
        Assert.Equal(MeterResult.Taken, home.Swipe());
        Assert.Equal(3_750, home.Device.State.Remaining);

        home.Device.Use(4_070);
        home.Swipe();
        var owing = (await counter.ChangeMeter(home, -320, 4_070, MeterCounter.NewMeter())).Is(HttpStatusCode.Accepted);
        Assert.Equal((0, 820), (owing.Number("onCard"), owing.Number("shortfall")));
        await counter.Confirmed(home.Card, owing);
        await NewDevice(counter, home, account);
        Assert.Equal(MeterResult.Taken, home.Swipe());
        Assert.Equal(500, home.Device.State.Remaining);
        var sale = (await counter.StartSale(home, quantity: 2_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal((820, 1_180), (sale.Body["quote"]!["owedTaken"]!.GetValue<long>(), sale.Body["quote"]!["onCard"]!.GetValue<long>()));
        await counter.Confirmed(home.Card, sale);
        home.Swipe();
        Assert.Equal(1_680, home.Device.State.Remaining);
        Assert.Equal(0, (await counter.StartSale(home, quantity: 2_000, dryRun: true)).Number("owedTaken"));
        await counter.Counter.BooksAreSound();
    }

    /// <summary>The new meter: zeroed, then set.</summary>
    private static async Task NewDevice(MeterCounter counter, MeterHome home, string account)
    {
        home.Device = new SimulatedMeter(new MeterState(home.MeterNumber), MeterCounter.Keys);
        Assert.Equal(MeterResult.NotSet, home.Swipe());
        home.Insert(await counter.Tool("zero", account));
        home.Insert(await counter.Tool("setting", account));
    }
}
