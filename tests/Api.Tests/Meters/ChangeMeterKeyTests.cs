using System.Net;
using Hardware.Simulators.Meters;
using Meters.Carriers.Sts;

namespace Api.Tests.Meters;

[Trait("Requirement", "PM-14.1")]
public sealed class ChangeMeterKeyTests
{
    [Theory, EachDatabase]
    public async Task Both_tokens_give_the_meter_the_key_that_later_credit_is_made_with(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var (_, supply) = await counter.TokenMeter(training: true);
        var meter = counter.TokenDevice();
        Assert.Equal(TokenResult.Accepted, meter.Enter((await counter.SellToken(supply, "r1", quantity: 100))["token"]));

        var changed = (await Change(counter, supply, new { tariffIndex = "02", keyRevision = 2 }, "k1")).Is(HttpStatusCode.Created);
        var credit = (await counter.SellToken(supply, "r2", quantity: 200)).Is(HttpStatusCode.Created)["token"];
        Assert.Equal(TokenResult.CrcError, meter.Enter(credit));
        string[] tokens = [.. changed.Body["tokens"]!.AsArray().Select(t => t!.GetValue<string>())];
        Assert.Equal([TokenResult.WaitsForMore, TokenResult.Accepted], tokens.Select(meter.Enter));
        Assert.Equal((2, 2, 255), (meter.State.TariffIndex, meter.State.KeyRevision, meter.State.Expiry));
        Assert.Equal(TokenResult.Accepted, meter.Enter(credit));
        Assert.Equal(30, meter.State.Credit);

        var again = (await Change(counter, supply, new { tariffIndex = "02", keyRevision = 2 }, "k1")).Is(HttpStatusCode.Created);
        Assert.Equal(changed.Text, again.Text);
        (await Change(counter, supply, new { tariffIndex = "02", keyRevision = 2 })).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "meter-key-unchanged"
        );
        var slip = (await counter.Cashier.Get($"/v1/transactions/{changed["serialNumber"]}/documents/meter-key-change"))
            .Is(HttpStatusCode.OK)
            .Text;
        Assert.All(tokens, t => Assert.Contains($"{t[..4]} {t[4..8]}", slip, StringComparison.Ordinal));
        await counter.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    public async Task A_meter_of_base_date_1993_is_rolled_over_and_forgets_its_identifiers(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var (_, supply) = await counter.TokenMeter(training: true);
        var meter = counter.TokenDevice(StsBaseDate.Year1993);
        var late = StsTime.LastMinute;
        Assert.Equal(
            TokenResult.Accepted,
            meter.Enter(
                StsToken
                    .Encrypt(0, StsBlock.Credit(StsCredit.Electricity, 5, late, StsAmount.Encode(10)), meter.State.Key, StsTables.Sample)
                    .Text
            )
        );
        var changed = (await Change(counter, supply, new { fromBaseDate1993 = true })).Is(HttpStatusCode.Created);
        Assert.All(changed.Body["tokens"]!.AsArray(), t => meter.Enter(t!.GetValue<string>()));
        Assert.All(meter.State.Used, minute => Assert.Equal(0, minute));
        var credit = (await counter.SellToken(supply, "r1", quantity: 100)).Is(HttpStatusCode.Created)["token"];
        Assert.Equal(TokenResult.Accepted, meter.Enter(credit));
        Assert.Equal(20, meter.State.Credit);
    }

    [Theory, EachDatabase]
    public async Task No_key_is_changed_without_a_licensees_tables_and_for_no_unknown_meter(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var (_, supply) = await counter.TokenMeter(training: false);
        (await Change(counter, supply, new { keyRevision = 2 })).IsRefused(HttpStatusCode.Conflict, "meter-token-tables-missing");
        (await Change(counter, "1", new { keyRevision = 2 })).IsRefused(HttpStatusCode.NotFound, "meter-supply-not-found");
        (await Change(counter, supply, new { keyRevision = 10 })).Is(HttpStatusCode.BadRequest);
    }

    private static Task<Answered> Change(MeterCounter counter, string supply, object body, string? key = null) =>
        counter.Cashier.Post($"/v1/meter-supplies/{supply}/key-changes", body, key);
}
