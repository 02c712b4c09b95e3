using System.Net;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

/// <summary>
/// All that the counter does with meter cards, with the card in this process and by the hardware agent over the machine's PC/SC service. Each write
/// is torn behind its first part, and completed when the card is read again; a sale and a replacement also in it, which leaves nothing done.
/// </summary>
public sealed class EachCarrierTests
{
    [Theory, EachCarrier]
    [Trait("Requirement", "PM-04.1"), Trait("Requirement", "PM-05.1"), Trait("Requirement", "PM-05.5"), Trait("Requirement", "PM-06.1")]
    [Trait("Requirement", "PM-07.1"), Trait("Requirement", "PM-08.1"), Trait("Requirement", "PM-09.1")]
    public async Task Every_write_of_a_meters_life_is_torn_and_ends_in_done_and_booked_or_in_neither(Database database, string carrier)
    {
        var counter = await MeterCounter.Open(database, carrier);
        var account = await counter.Account();
        var price = await counter.Price(account);
        var (clear, setting) = (await Tool(counter, "clear", account), await Tool(counter, "setting", account));
        var home = new MeterHome(await counter.User(), await New(counter), MeterCounter.NewMeter());

        await Write(counter, home.Card, () => counter.StartOpening(home, account, price));
        Prepare(home, clear, setting);
        Assert.Equal(MeterResult.Taken, home.Swipe());
        home.Device.Use(1_000);
        home.Swipe();
        await NotWritten(counter, home.Card, () => counter.StartSale(home, quantity: 2_000));
        await Write(counter, home.Card, () => counter.StartSale(home, quantity: 2_000));
        await Write(counter, home.Card, () => counter.StartCorrection(home, quantity: 1_500));
        Assert.Equal((MeterResult.Taken, 5_500), (home.Swipe(), home.Device.State.Remaining));
        await Replace(counter, home);
        Assert.Equal((MeterResult.WrittenBack, 5_500), (home.Swipe(), home.Device.State.Remaining));
        var meter = MeterCounter.NewMeter();
        await Write(counter, home.Card, () => counter.ChangeMeter(home, 5_500, 1_000, meter));
        home.Device = new SimulatedMeter(new MeterState(meter), MeterCounter.Keys);
        Prepare(home, clear, setting);
        Assert.Equal((MeterResult.Taken, 5_500), (home.Swipe(), home.Device.State.Remaining));

        Assert.Equal(21_000 + 6_300, await counter.Sold(account));
        Assert.Empty((await counter.Shown(home.Card))["faults"]!.AsArray());
        await counter.Counter.BooksAreSound();
    }

    private static void Prepare(MeterHome home, VirtualMemoryCard clear, VirtualMemoryCard setting)
    {
        Assert.Equal(MeterResult.Taken, home.Insert(clear));
        Assert.Equal(MeterResult.Taken, home.Insert(setting));
    }

    /// <summary>A card from the factory that is torn while it is made new is completed: nothing was on it.</summary>
    private static async Task<VirtualMemoryCard> New(MeterCounter counter)
    {
        var card = VirtualMemoryCard.CreateBlank(counter.Face);
        Assert.Equal("confirmed", await Torn(counter, card, () => counter.StartMaking(card, "new"), 5));
        return card;
    }

    private static async Task<VirtualMemoryCard> Tool(MeterCounter counter, string kind, string account)
    {
        var card = await New(counter);
        await Write(counter, card, () => counter.StartMaking(card, kind, account), MeterCardLayout.SettingsSize);
        return card;
    }

    private static async Task Replace(MeterCounter counter, MeterHome home)
    {
        var number = (await counter.Supply(home))["cardNumber"]!.GetValue<string>();
        home.Card = await New(counter);
        await NotWritten(counter, home.Card, Start);
        await Write(counter, home.Card, Start);

        async Task<Answered> Start() =>
            await counter.Cashier.Post(
                $"/v1/meter-users/{home.UserId}/card-replacements",
                new { readId = await counter.Read(home.Card), oldCardNumber = number }
            );
    }

    private static async Task NotWritten(MeterCounter counter, VirtualMemoryCard card, Func<Task<Answered>> start) =>
        Assert.Equal("notDone", await Torn(counter, card, start, MeterCardLayout.PurchaseSize / 2));

    private static async Task Write(
        MeterCounter counter,
        VirtualMemoryCard card,
        Func<Task<Answered>> start,
        int first = MeterCardLayout.PurchaseSize
    ) => Assert.Equal("confirmed", await Torn(counter, card, start, first + 3));

    private static async Task<string> Torn(MeterCounter counter, VirtualMemoryCard card, Func<Task<Answered>> start, int bytes)
    {
        var started = (await start()).Is(HttpStatusCode.Accepted);
        card.TearAfter(bytes);
        Assert.Equal("unknown", (await counter.Run(card, started))["state"]!.GetValue<string>());
        card.TearAfter(null);
        return (await counter.Reread(card, Operation(started)))["state"]!.GetValue<string>();
    }

    private static string Operation(Answered started) => (started.Body["operation"] ?? started.Body)["operationId"]!.GetValue<string>();
}
