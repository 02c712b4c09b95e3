using System.Net;

namespace Api.Tests.Meters;

public sealed class CreateMeterAccountTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-01.1"), Trait("Requirement", "PM-01.2")]
    public async Task A_maintenance_area_has_four_accounts_with_different_numbers_and_each_wants_a_price(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var code = MeterCounter.NewCode();
        for (var subMeter = 1; subMeter <= 4; subMeter++)
        {
            var body = MeterCounter.AccountBody(code, subMeter, limit: 10_000, preStored: 500, alarm: 1_000, overdraft: 400);
            var made = (await counter.Cashier.Post("/v1/meter-accounts", body)).Is(HttpStatusCode.Created).Body;
            Assert.True(made["wantsPrice"]!.GetValue<bool>());
            Assert.Equal((10_000, 500), (made["purchaseLimit"]!.GetValue<long>(), made["preStored"]!.GetValue<long>()));
            Assert.DoesNotContain(code, made["area"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        (await counter.Cashier.Post("/v1/meter-accounts", MeterCounter.AccountBody(code, 4))).IsRefused(
            HttpStatusCode.Conflict,
            "sub-meter-taken"
        );
        (await counter.Cashier.Post("/v1/meter-accounts", MeterCounter.AccountBody(code, 5))).Is(HttpStatusCode.BadRequest);
        (await counter.Cashier.Post("/v1/meter-accounts", MeterCounter.AccountBody(MeterCounter.NewCode()))).Is(HttpStatusCode.Created);
    }
}
