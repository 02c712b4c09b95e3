using System.Net;
using Access;
using Hardware.Simulators.Meters;

namespace Api.Tests.Meters;

public sealed class MakeMeterCardTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-09.1"), Trait("Requirement", "PM-09.2")]
    public async Task Cards_are_made_of_the_right_kind_read_and_recycled(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account(
            MeterCounter.AccountBody(MeterCounter.NewCode(), limit: 8_000, preStored: 500, alarm: 1_000, overdraft: 400)
        );
        var blank = VirtualMemoryCard.CreateBlank(MemoryCardFace.CpuFile);
        var shown = await counter.Shown(blank);
        Assert.Equal(("blank", "空白卡"), (shown["kind"]!.GetValue<string>(), shown["title"]!.GetValue<string>()));
        (await counter.StartMaking(blank, "setting", account)).IsRefused(HttpStatusCode.Conflict, "meter-card-unknown");

        foreach (var kind in new[] { "setting", "clear", "zero" })
        {
            var card = await counter.NewCard();
            Assert.Equal("new", (await counter.Shown(card))["kind"]!.GetValue<string>());
            (await counter.StartMaking(card, "new")).IsRefused(HttpStatusCode.Conflict, "meter-card-used");
            await counter.Make(card, kind, account);
            var tool = await counter.Shown(card);
            Assert.Equal(kind, tool["kind"]!.GetValue<string>());
            Assert.Empty(tool["faults"]!.AsArray());
            if (kind == "setting")
            {
                Assert.Equal(
                    (8_000, 1),
                    (tool["settings"]!["purchaseLimit"]!.GetValue<long>(), tool["settings"]!["subMeter"]!.GetValue<int>())
                );
            }

            (await counter.StartMaking(card, "clear", account)).IsRefused(HttpStatusCode.Conflict, "meter-card-used");
            await counter.Make(card, "recycled");
            Assert.Equal("new", (await counter.Shown(card))["kind"]!.GetValue<string>());
            await counter.Make(card, "clear", account);
        }

        var home = await counter.Opened(account, await counter.Price(account), 1_000);
        (await counter.StartMaking(home.Card, "recycled")).IsRefused(HttpStatusCode.Conflict, "meter-card-in-use");
        var stock = (await counter.Cashier.Get("/v1/meter-reports/stock")).Is(HttpStatusCode.OK).Body["cards"]!.AsArray();
        var mine = stock
            .Where(c => c!["maker"]!.GetValue<string>() == counter.Cashier.Login)
            .ToDictionary(c => c!["kind"]!.GetValue<string>());
        Assert.Equal((3, 3), (mine["clear"]!["cards"]!.GetValue<int>(), mine["clear"]!["recycled"]!.GetValue<int>()));
        Assert.Equal(1, mine["user"]!["cards"]!.GetValue<int>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-08.2")]
    public async Task Meter_changes_and_tool_cards_need_rights_of_their_own(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 1_000);
        var blank = VirtualMemoryCard.CreateBlank(MemoryCardFace.CpuFile);
        string[] own = ["meters.change-meter", "meters.make-cards"];
        await counter.Without(own);

        var change = await counter.ChangeMeter(home, 1_000, 0, MeterCounter.NewMeter());
        change.IsRefused(HttpStatusCode.Forbidden, "right-missing");
        (await counter.StartMaking(blank, "new")).IsRefused(HttpStatusCode.Forbidden, "right-missing");
        (await counter.StartCorrection(home, quantity: 900)).Is(HttpStatusCode.Accepted);

        // Nobody has them but who has all.
        var rights = counter.Counter.Host.Services.GetRequiredService<IReadOnlyList<Right>>();
        var roles = global::Api.DemoData.DemoPeople.Roles(rights).Where(r => !r.AllRights).ToList();
        Assert.NotEmpty(roles);
        Assert.All(roles, r => Assert.Empty(r.RightNames.Split(' ').Intersect(own)));
    }

    [Theory, EachDatabase]
    public async Task Making_a_new_card_survives_a_tear_at_any_moment(Database database)
    {
        var counter = await MeterCounter.Open(database);
        foreach (var torn in new[] { 0, 5, 16, 17 })
        {
            var card = VirtualMemoryCard.CreateBlank(MemoryCardFace.CpuFile);
            var started = (await counter.StartMaking(card, "new")).Is(HttpStatusCode.Accepted);
            card.TearAfter(torn);
            Assert.Equal("unknown", (await counter.Run(card, started))["state"]!.GetValue<string>());
            card.TearAfter(null);
            Assert.Equal("confirmed", (await counter.Reread(card, MeterCounter.Operation(started)))["state"]!.GetValue<string>());
            Assert.Equal("new", (await counter.Shown(card))["kind"]!.GetValue<string>());
            Assert.Equal(3, card.TriesLeft);
        }
    }
}
