using System.Net;
using Hardware.Simulators.Meters;

namespace Api.Tests.Meters;

[Trait("Requirement", "PM-14.1")]
public sealed class SellMeterTokenTests
{
    [Theory, EachDatabase]
    public async Task A_token_is_sold_taken_by_the_meter_once_and_given_again_for_the_same_request(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var (account, supply) = await counter.TokenMeter(training: true);
        var sold = (await counter.SellToken(supply, "r1", quantity: 2_560)).Is(HttpStatusCode.Created);
        Assert.Equal((2_560, 10_752), (sold.Number("credited"), sold.Number("amount")));
        var again = (await counter.SellToken(supply, "r1", quantity: 2_560)).Is(HttpStatusCode.Created);
        Assert.Equal(sold["token"], again["token"]);
        Assert.Equal(sold["serialNumber"], again["serialNumber"]);
        (await counter.SellToken(supply, "r1", quantity: 100)).IsRefused(HttpStatusCode.UnprocessableEntity, "meter-token-request-reused");
        var second = (await counter.SellToken(supply, "r2", amount: 10_000)).Is(HttpStatusCode.Created);
        Assert.NotEqual(sold["token"], second["token"]);
        Assert.Equal((2_380, 9_996, 4), (second.Number("quantity"), second.Number("amount"), second.Number("back")));
        Assert.Equal(10_752 + 9_996, await counter.Sold(account));
        var last = (await counter.Cashier.Get($"/v1/meter-supplies/{supply}/tokens/last")).Is(HttpStatusCode.OK);
        Assert.Equal(second["token"], last["token"]);
        var slip = (await counter.Cashier.Get($"/v1/transactions/{second["serialNumber"]}/documents/meter-receipt"))
            .Is(HttpStatusCode.OK)
            .Text;
        Assert.Contains(second["token"][..4], slip, StringComparison.Ordinal);

        var meter = counter.TokenDevice();
        Assert.Equal(TokenResult.Accepted, meter.Enter(second["token"]));
        Assert.Equal(TokenResult.Accepted, meter.Enter(sold["token"]));
        Assert.Equal(TokenResult.UsedError, meter.Enter(sold["token"]));
        Assert.Equal(256 + 238, meter.State.Credit);
        await counter.Counter.BooksAreSound();
        (await counter.Counter.CloseDay()).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    public async Task Sixteen_sales_at_once_give_sixteen_tokens_of_different_minutes(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var (account, supply) = await counter.TokenMeter(training: true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Retried(counter, supply, $"r{i}")));
        Assert.Equal(16, answers.Select(a => a["token"]).Distinct().Count());
        var meter = counter.TokenDevice();
        Assert.All(answers, a => Assert.Equal(TokenResult.Accepted, meter.Enter(a["token"])));
        Assert.Equal(16 * 420, await counter.Sold(account));
    }

    [Theory, EachDatabase]
    public async Task What_a_token_cannot_carry_is_refused(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var (account, supply) = await counter.TokenMeter(training: true);
        (await counter.SellToken(supply, "r1", quantity: 105)).IsRefused(HttpStatusCode.UnprocessableEntity, "meter-token-tenths");
        (await counter.SellToken(supply, "r1", amount: 41)).IsRefused(HttpStatusCode.UnprocessableEntity, "meter-sum-too-small");
        (await counter.SellToken(supply, "r 1", quantity: 100)).Is(HttpStatusCode.BadRequest);
        var home = new MeterHome(await counter.User(), await counter.NewCard(), MeterCounter.NewMeter());
        (await counter.StartOpening(home, account, "1")).IsRefused(HttpStatusCode.Conflict, "meter-account-takes-tokens");
    }

    private static async Task<Answered> Retried(MeterCounter counter, string supply, string request)
    {
        for (var i = 0; i < 60; i++)
        {
            var answer = await counter.SellToken(supply, request, quantity: 100);
            if (answer.Status == HttpStatusCode.Created)
            {
                return answer;
            }

            Assert.Equal("concurrent-change", answer.Code);
        }

        throw new InvalidOperationException("The sale does not come through.");
    }
}
