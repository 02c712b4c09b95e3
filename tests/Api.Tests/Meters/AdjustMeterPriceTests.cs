using System.Net;
using System.Text.Json.Nodes;
using Access.Branches;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger;

namespace Api.Tests.Meters;

public sealed class AdjustMeterPriceTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-02.2")]
    public async Task A_price_adjusted_from_a_date_keeps_its_history_and_holds_for_all_who_have_it(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var price = await counter.Price(account, (null, 10_000));
        var home = await counter.Opened(account, price, 1_000);
        await counter.Prepare(home, account);
        home.Swipe();
        var today = ChinaCalendar.Today(TimeProvider.System);
        var path = $"/v1/meter-prices/{price}/adjustments";
        (await counter.Cashier.Post(path, Adjust(today.AddDays(-1), 1))).Is(HttpStatusCode.BadRequest);
        (await counter.Cashier.Post(path, Adjust(today.AddDays(30), 30_000))).Is(HttpStatusCode.Created);
        (await counter.Cashier.Post(path, Adjust(today.AddDays(30), 40_000))).IsRefused(
            HttpStatusCode.Conflict,
            "meter-price-adjusted-before"
        );
        var before = (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Is(HttpStatusCode.OK);
        Assert.Equal(1_000, before.Number("amount"));
        await SetDay(counter, today.AddDays(29));
        Assert.Equal(1_000, (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Number("amount"));
        await SetDay(counter, today.AddDays(30));
        Assert.Equal(3_000, (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Number("amount"));
        Assert.Equal(1_000, (await counter.Supply(home))["items"]![0]!["amount"]!.GetValue<long>());
        await SetDay(counter, today);
        // The price was added today; from tomorrow it would be another. A second version of the day itself is refused, so its day is moved here.
        await using (var db = await counter.Counter.Host.OpenDatabase())
        {
            var id = long.Parse(price, System.Globalization.CultureInfo.InvariantCulture);
            await db.Set<global::Meters.Prices.MeterPriceVersion>()
                .Where(v => v.PriceId == id && v.ValidFrom == today)
                .ExecuteUpdateAsync(u => u.SetProperty(v => v.ValidFrom, today.AddDays(-10)));
        }

        var adjusted = (await counter.Cashier.Post(path, Adjust(today, 20_000))).Is(HttpStatusCode.Created).Body;
        Assert.Equal(3, adjusted["versions"]!.AsArray().Count);
        var after = (await counter.StartSale(home, quantity: 1_000, dryRun: true)).Is(HttpStatusCode.OK);
        Assert.Equal(2_000, after.Number("amount"));
    }

    /// <summary>The branch's open day is another.</summary>
    private static async Task SetDay(MeterCounter counter, DateOnly date)
    {
        await using var db = await counter.Counter.Host.OpenDatabase();
        await db.Set<BranchDay>()
            .Where(d => d.BranchId == counter.Counter.BranchId)
            .ExecuteUpdateAsync(u => u.SetProperty(d => d.BusinessDate, date));
    }

    private static JsonObject Adjust(DateOnly from, long price) =>
        new()
        {
            ["validFrom"] = from.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["tiers"] = MeterCounter.Tiers((null, price)),
        };
}
