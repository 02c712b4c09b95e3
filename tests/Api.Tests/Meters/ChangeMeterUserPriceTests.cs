using System.Net;
using Hardware.Simulators.Meters;

namespace Api.Tests.Meters;

public sealed class ChangeMeterUserPriceTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-02.3")]
    public async Task A_new_price_year_and_another_price_start_at_zero(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), limit: 0));
        var price = await counter.Price(account, (1_000, 10_000), (null, 20_000));
        var other = await counter.Price(account, (1_000, 10_000), (null, 20_000));
        var home = await counter.Opened(account, price, 1_000);
        await counter.Prepare(home, account);
        home.Swipe();
        Assert.Equal(2_000, (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Number("amount"));
        var supply = (await counter.Supply(home))["supplyId"]!.GetValue<string>();
        var id = long.Parse(supply, System.Globalization.CultureInfo.InvariantCulture);
        await counter.Counter.Host.Change<global::Meters.Supplies.MeterSupply>(
            s => s.Id == id,
            s => s.YearStart = s.YearStart.AddYears(-1)
        );
        Assert.Equal(1_000, (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Number("amount"));
        await counter.Counter.Host.Change<global::Meters.Supplies.MeterSupply>(s => s.Id == id, s => s.YearStart = s.YearStart.AddYears(1));
        (await counter.Cashier.Post($"/v1/meter-supplies/{supply}/price", new { priceId = other })).Is(HttpStatusCode.OK);
        Assert.Equal(1_000, (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Number("amount"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-02.3")]
    public async Task A_new_meter_and_a_new_card_do_not_start_the_tiers_anew(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), limit: 0));
        var home = await counter.Opened(account, await counter.Price(account, (1_000, 10_000), (null, 20_000)), 1_000);
        await counter.Prepare(home, account);
        home.Swipe();
        await counter.Confirmed(home.Card, await counter.ChangeMeter(home, 1_000, 0, MeterCounter.NewMeter()));
        home.Device = new SimulatedMeter(new MeterState(home.MeterNumber), MeterCounter.Keys);
        await counter.Prepare(home, account);
        home.Swipe();
        Assert.Equal(2_000, (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Number("amount"));

        var number = (await counter.Supply(home))["cardNumber"]!.GetValue<string>();
        home.Card = await counter.NewCard();
        var body = new { readId = await counter.Read(home.Card), oldCardNumber = number };
        await counter.Confirmed(home.Card, await counter.Cashier.Post($"/v1/meter-users/{home.UserId}/card-replacements", body));
        home.Swipe();
        Assert.Equal(2_000, (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Number("amount"));
    }
}
