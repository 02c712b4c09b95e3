using System.Net;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

public sealed class OpenMeterUserTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-04.1")]
    public async Task A_user_opens_once_per_account_and_a_meter_is_one_users(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var price = await counter.Price(account);
        var home = await counter.Opened(account, price);
        (await counter.StartOpening(home, account, price)).IsRefused(HttpStatusCode.Conflict, "meter-card-section-taken");
        var second = new MeterHome(home.UserId, await counter.NewCard(), MeterCounter.NewMeter());
        (await counter.StartOpening(second, account, price)).IsRefused(HttpStatusCode.Conflict, "meter-user-opened-before");
        var thief = new MeterHome(await counter.User(), await counter.NewCard(), home.MeterNumber);
        (await counter.StartOpening(thief, account, price)).IsRefused(HttpStatusCode.Conflict, "meter-number-taken");

        // Two counters at once with two new cards: the reservation lets one in, and nothing is written to the other's card.
        var user = await counter.User();
        var (one, two) = (
            new MeterHome(user, await counter.NewCard(), MeterCounter.NewMeter()),
            new MeterHome(user, await counter.NewCard(), MeterCounter.NewMeter())
        );
        var (first, other) = (await counter.StartOpening(one, account, price), await counter.StartOpening(two, account, price));
        await counter.Confirmed(one.Card, first);
        var refused = await counter.Run(two.Card, other.Is(HttpStatusCode.Accepted));
        Assert.Equal(("notDone", "meter-user-opened-before"), (refused["state"]!.GetValue<string>(), refused["code"]!.GetValue<string>()));
        Assert.Equal(MeterCardKind.New, new MeterCardImage(two.Card.Bytes()).Header!.Kind);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-13.1"), Trait("Requirement", "PM-01.3")]
    public async Task One_card_carries_four_accounts_and_an_unswiped_one_does_not_hold_back_the_others(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var code = MeterCounter.NewCode();
        var accounts = new List<(string Account, string Price)>();
        for (var i = 1; i <= 4; i++)
        {
            var account = await counter.Account(MeterCounter.AccountBody(code, i));
            accounts.Add((account, await counter.Price(account)));
        }

        var home = await counter.Opened(accounts[0].Account, accounts[0].Price, 1_000);
        var meters = new List<MeterHome> { home };
        for (var i = 1; i < 4; i++)
        {
            var other = new MeterHome(home.UserId, home.Card, MeterCounter.NewMeter());
            await counter.Confirmed(home.Card, await counter.StartOpening(other, accounts[i].Account, accounts[i].Price, 1_000 * (i + 1)));
            meters.Add(other);
        }

        await counter.Prepare(meters[1], accounts[1].Account);
        Assert.Equal(MeterResult.Taken, meters[1].Swipe());
        Assert.Equal(2_000, meters[1].Device.State.Remaining);
        await counter.Confirmed(home.Card, await counter.StartSale(home, quantity: 500, subMeter: 2));
        (await counter.StartSale(home, quantity: 500, subMeter: 1)).IsRefused(HttpStatusCode.Conflict, "card-not-swiped");
        Assert.Equal(MeterResult.Taken, meters[1].Swipe());
        Assert.Equal(2_500, meters[1].Device.State.Remaining);

        var foreign = await counter.Account();
        var stranger = new MeterHome(home.UserId, home.Card, MeterCounter.NewMeter());
        (await counter.StartOpening(stranger, foreign, await counter.Price(foreign))).IsRefused(
            HttpStatusCode.Conflict,
            "meter-card-foreign-area"
        );

        // A replaced card carries all four.
        var number = (await counter.Supply(home))["cardNumber"]!.GetValue<string>();
        var made = await counter.NewCard();
        var started = await counter.Cashier.Post(
            $"/v1/meter-users/{home.UserId}/card-replacements",
            new { readId = await counter.Read(made), oldCardNumber = number }
        );
        Assert.Equal(4, started.Is(HttpStatusCode.Accepted).Body["subMeters"]!.AsArray().Count);
        await counter.Confirmed(made, started);
        foreach (var (meter, i) in meters.Select((m, i) => (m, i)))
        {
            meter.Card = made;
            if (i != 1)
            {
                await counter.Prepare(meter, accounts[i].Account);
            }

            Assert.Equal(i == 1 ? MeterResult.WrittenBack : MeterResult.Taken, meter.Swipe());
            Assert.Equal(i == 1 ? 2_500 : 1_000 * (i + 1), meter.Device.State.Remaining);
        }

        await counter.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.7")]
    public async Task A_lent_pre_stored_quantity_is_taken_off_the_first_sale(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var body = MeterCounter.AccountBody(MeterCounter.NewCode(), preStored: 500);
        body["preStoredTerms"] = "lent";
        var account = await counter.Account(body);
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        await counter.Prepare(home, account);
        home.Swipe();
        Assert.Equal(5_000, home.Device.State.Remaining);
        Assert.Equal(21_000, await counter.Sold(account));
    }
}
