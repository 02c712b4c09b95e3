using System.Net;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

/// <summary>Cards torn out between any two bytes: each ends, after it was read again, in sold and booked or in neither.</summary>
public sealed class TornWritesTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.5")]
    public async Task A_torn_sale_is_settled_by_reading_the_card_again_and_blocks_the_next_until_then(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(MeterCounter.AccountBody(MeterCounter.NewCode(), limit: 0));
        var home = await counter.Opened(account, await counter.Price(account), 1_000);
        await counter.Prepare(home, account);
        home.Swipe();
        var sold = 4_200L;
        foreach (var torn in new[] { 0, 1, 7, 15, 16, 17, 25, 31 })
        {
            var started = (await counter.StartSale(home, quantity: 1_000)).Is(HttpStatusCode.Accepted);
            home.Card.TearAfter(torn);
            var outcome = await counter.Run(home.Card, started);
            home.Card.TearAfter(null);
            Assert.Equal("unknown", outcome["state"]!.GetValue<string>());
            Assert.Equal(sold, await counter.Sold(account));
            (await counter.StartSale(home, quantity: 1_000)).IsRefused(HttpStatusCode.Conflict, "card-operation-pending");
            if (torn is 7 or 25)
            {
                (await counter.Counter.CloseDay()).IsRefused(HttpStatusCode.Conflict, "card-operations-unresolved");
            }

            var isSold = torn >= MeterCardLayout.PurchaseSize;
            var settled = await counter.Reread(home.Card, MeterCounter.Operation(started));
            Assert.Equal(isSold ? "confirmed" : "notDone", settled["state"]!.GetValue<string>());
            sold += isSold ? 4_200 : 0;
            Assert.Equal(sold, await counter.Sold(account));
            Assert.Equal(isSold ? MeterResult.Taken : MeterResult.WrittenBack, home.Swipe());
            Assert.Equal(sold / 4_200 * 1_000, home.Device.State.Remaining);
            Assert.Empty((await counter.Shown(home.Card))["faults"]!.AsArray());
        }

        await counter.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.5"), Trait("Requirement", "PM-04.1")]
    public async Task A_torn_opening_a_torn_meter_change_and_a_torn_replacement_are_completed_or_undone(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var price = await counter.Price(account);
        foreach (var torn in new[] { 3, 20, 35, 41, 50 })
        {
            var home = new MeterHome(await counter.User(), await counter.NewCard(), MeterCounter.NewMeter());
            var started = (await counter.StartOpening(home, account, price)).Is(HttpStatusCode.Accepted);
            home.Card.TearAfter(torn);
            Assert.Equal("unknown", (await counter.Run(home.Card, started))["state"]!.GetValue<string>());
            home.Card.TearAfter(null);
            var settled = await counter.Reread(home.Card, MeterCounter.Operation(started));
            if (torn < MeterCardLayout.PurchaseSize)
            {
                Assert.Equal("notDone", settled["state"]!.GetValue<string>());
                await counter.Confirmed(home.Card, await counter.StartOpening(home, account, price));
            }
            else
            {
                Assert.Equal("confirmed", settled["state"]!.GetValue<string>());
            }

            await counter.Prepare(home, account);
            Assert.Equal(MeterResult.Taken, home.Swipe());
            await Change(counter, home, account, torn);
            await Replace(counter, home, torn);
        }

        Assert.Equal(5 * 21_000, await counter.Sold(account));
        await counter.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.5")]
    public async Task A_correction_torn_at_any_byte_leaves_the_old_purchase_or_the_new_one(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        var quantity = 5_000L;
        foreach (var torn in new[] { 2, 15, 16, 30 })
        {
            var started = (await counter.StartCorrection(home, quantity: quantity - 500)).Is(HttpStatusCode.Accepted);
            home.Card.TearAfter(torn);
            await counter.Run(home.Card, started);
            home.Card.TearAfter(null);
            await counter.Reread(home.Card, MeterCounter.Operation(started));
            quantity -= torn >= MeterCardLayout.PurchaseSize ? 500 : 0;
            Assert.Equal(quantity * 42 / 10, await counter.Sold(account));
        }

        await counter.Prepare(home, account);
        home.Swipe();
        Assert.Equal(quantity, home.Device.State.Remaining);
    }

    [Theory, EachDatabase]
    public async Task A_wrong_secret_code_is_not_tried_again_and_the_card_is_not_written_to_any_more(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        await counter.Prepare(home, account);
        home.Swipe();
        var started = (await counter.StartSale(home, quantity: 100)).Is(HttpStatusCode.Accepted);
        home.Card.PowerOn();
        home.Card.Transmit([0x00, 0x20, 0, 0, 3, .. MeterCounter.Keys.SecretCode(new MeterCardImage(home.Card.Bytes()).Serial!.Value)]);
        home.Card.Transmit([0x00, 0x24, 1, 0, 3, 1, 2, 3]);
        home.Card.PowerOff();
        var outcome = await counter.Run(home.Card, started);
        Assert.Equal(("notDone", "card-secret-code-wrong"), (outcome["state"]!.GetValue<string>(), outcome["code"]!.GetValue<string>()));
        Assert.Equal(2, home.Card.TriesLeft);
        (await counter.StartSale(home, quantity: 100)).IsRefused(HttpStatusCode.Conflict, "meter-card-secret-refused");
        Assert.Equal(2, home.Card.TriesLeft);
        Assert.Equal(21_000, await counter.Sold(account));
    }

    private static async Task Change(MeterCounter counter, MeterHome home, string account, int torn)
    {
        home.MeterNumber = MeterCounter.NewMeter();
        var started = (
            await counter.Cashier.Post(
                "/v1/meter-changes",
                new
                {
                    readId = await counter.Read(home.Card),
                    subMeter = 1,
                    newMeterNumber = home.MeterNumber,
                    oldRemaining = 2_000,
                    oldTotal = 3_000,
                    reason = "表损坏",
                    readBy = "抄表员",
                }
            )
        ).Is(HttpStatusCode.Accepted);
        home.Card.TearAfter(Math.Max(16, torn - 15));
        Assert.Equal("unknown", (await counter.Run(home.Card, started))["state"]!.GetValue<string>());
        home.Card.TearAfter(null);
        Assert.Equal("confirmed", (await counter.Reread(home.Card, MeterCounter.Operation(started)))["state"]!.GetValue<string>());
        home.Device = new SimulatedMeter(new MeterState(home.MeterNumber), MeterCounter.Keys);
        await counter.Prepare(home, account);
        Assert.Equal(MeterResult.Taken, home.Swipe());
        Assert.Equal(2_000, home.Device.State.Remaining);
    }

    private static async Task Replace(MeterCounter counter, MeterHome home, int torn)
    {
        var number = (await counter.Supply(home))["cardNumber"]!.GetValue<string>();
        home.Card = await counter.NewCard();
        var body = new { readId = await counter.Read(home.Card), oldCardNumber = number };
        var path = $"/v1/meter-users/{home.UserId}/card-replacements";
        var started = (await counter.Cashier.Post(path, body)).Is(HttpStatusCode.Accepted);
        home.Card.TearAfter(torn);
        Assert.Equal("unknown", (await counter.Run(home.Card, started))["state"]!.GetValue<string>());
        home.Card.TearAfter(null);
        var settled = await counter.Reread(home.Card, MeterCounter.Operation(started));
        if (torn < MeterCardLayout.PurchaseSize)
        {
            Assert.Equal("notDone", settled["state"]!.GetValue<string>());
            var again = new { readId = await counter.Read(home.Card), oldCardNumber = number };
            await counter.Confirmed(home.Card, await counter.Cashier.Post(path, again));
        }

        Assert.Equal(MeterResult.WrittenBack, home.Swipe());
        Assert.Equal(2_000, home.Device.State.Remaining);
    }
}
