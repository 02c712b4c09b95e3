using System.Net;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class ReplaceMeterCardTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-07.1")]
    public async Task A_replacement_card_is_swiped_before_the_next_sale_and_the_old_one_is_refused(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        foreach (var swiped in new[] { true, false })
        {
            var home = await counter.Opened(account, await counter.Price(account), 5_000);
            await counter.Prepare(home, account);
            if (swiped)
            {
                home.Swipe();
            }

            var (old, number) = (home.Card, (await counter.Supply(home))["cardNumber"]!.GetValue<string>());
            home.Card = await counter.NewCard();
            await counter.Confirmed(home.Card, await Replace(counter, home, number));
            (await counter.StartSale(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "card-not-swiped");
            (await counter.StartCorrection(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "meter-purchase-maybe-swiped");
            Assert.Equal(swiped ? MeterResult.WrittenBack : MeterResult.Taken, home.Swipe());
            Assert.Equal(5_000, home.Device.State.Remaining);
            await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 100));
            var lost = new MeterHome(home.UserId, old, home.MeterNumber) { Device = home.Device };
            (await counter.StartSale(lost, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "meter-card-void");
            (await Replace(counter, home, number)).IsRefused(HttpStatusCode.Conflict, "meter-card-not-of-user");
        }
    }

    private static async Task<Answered> Replace(MeterCounter counter, MeterHome home, string number) =>
        await counter.Cashier.Post(
            $"/v1/meter-users/{home.UserId}/card-replacements",
            new { readId = await counter.Read(home.Card), oldCardNumber = number }
        );
}
