using System.Net;
using System.Text.Json.Nodes;
using Hardware.Simulators.Meters;

namespace Api.Tests.Meters;

public sealed class ReportMeterLossesTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-11.1"), Trait("Requirement", "PM-10.3"), Trait("Requirement", "PM-10.2")]
    public async Task What_the_meter_writes_back_is_kept_and_a_meter_that_hides_use_is_found(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), preStored: 500));
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        await counter.Prepare(home, account);
        home.Swipe();
        home.Device.Use(1_000);
        home.Swipe();
        await counter.Read(home.Card);
        var supply = (await counter.Supply(home))["supplyId"]!.GetValue<string>();
        var losses = (await counter.Cashier.Get($"/v1/meter-accounts/{account}/losses")).Is(HttpStatusCode.OK).Body;
        Assert.Empty(losses["beyond"]!.AsArray());
        await counter.Read(home.Card);

        // Somebody lets the meter count less than flows.
        home.Device = new Hardware.Simulators.Meters.SimulatedMeter(
            home.Device.State with
            {
                Remaining = home.Device.State.Remaining - 900,
                Tamper = true,
            },
            MeterCounter.Keys
        );
        home.Swipe();
        await counter.Read(home.Card);
        var readings = await counter.Cashier.Walk($"/v1/meter-supplies/{supply}/readings");
        Assert.Equal(2, readings.Count);
        Assert.Equal((4_500, 1_000, 0), Reading(readings[0]));
        Assert.Equal((3_600, 1_000, 900), Reading(readings[1]));
        Assert.Contains("tamper", readings[1]["flags"]!.AsArray().Select(f => f!.GetValue<string>()));
        var found = (await counter.Cashier.Get($"/v1/meter-accounts/{account}/losses")).Is(HttpStatusCode.OK).Body["beyond"]!
            .AsArray()
            .Single()!;
        Assert.Equal((900, 900), (found["difference"]!.GetValue<long>(), found["growth"]!.GetValue<long>()));
        var suspicious = (await counter.Cashier.Get($"/v1/meter-accounts/{account}/suspicious-users")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(90, suspicious["thresholds"]!["silentDays"]!.GetValue<long>());
        var rules = suspicious["users"]!.AsArray().Single()!["suspicions"]!.AsArray().Select(s => s!["rule"]!.GetValue<string>());
        Assert.Equal(["tamper", "difference"], rules);
    }

    private static (long Remaining, long Total, long Difference) Reading(System.Text.Json.Nodes.JsonNode reading) =>
        (reading["remaining"]!.GetValue<long>(), reading["totalUse"]!.GetValue<long>(), reading["difference"]!.GetValue<long>());
}
