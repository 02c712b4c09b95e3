using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Access;
using Meters.Carriers.Cards;
using Meters.Reports;
using Meters.Users;

namespace Api.Tests.Meters;

public sealed class ReportSuspiciousMeterUsersTests
{
    private static readonly SuspicionThresholds s_usual = new(30, 300, 300, 25, 90, 500);
    private static readonly DateOnly s_today = new(2026, 7, 1);

    [Fact]
    [Trait("Requirement", "PM-10.2")]
    public void Each_rule_holds_beyond_its_threshold_and_not_at_it()
    {
        var usual = new PurchaseHabit(12, 30, 30, s_today.AddDays(-20), 10_000, 10_000);
        Assert.Empty(Find(usual, 10_000));
        Assert.Empty(Find(usual with { MonthlyAverage = 3_000 }, 10_000));
        Assert.Equal([SuspicionRule.LowAverage], Find(usual with { MonthlyAverage = 2_999 }, 10_000));
        Assert.Empty(Find(usual with { MonthlyAverage = 30_000 }, 10_000));
        Assert.Equal([SuspicionRule.HighAverage], Find(usual with { MonthlyAverage = 30_001 }, 10_000));
        Assert.Empty(Find(usual with { LastIntervalDays = 90 }, 10_000));
        Assert.Equal([SuspicionRule.LongInterval], Find(usual with { LastIntervalDays = 91 }, 10_000));
        Assert.Empty(Find(usual with { LastPurchase = s_today.AddDays(-90) }, 10_000));
        Assert.Equal([SuspicionRule.Silent], Find(usual with { LastPurchase = s_today.AddDays(-91) }, 10_000));
        Assert.Empty(Find(usual with { LastThreeMonths = 2_500 }, 10_000));
        Assert.Equal([SuspicionRule.LowRecent], Find(usual with { LastThreeMonths = 2_499 }, 10_000));
        Assert.Empty(Find(usual, 10_000, remaining: -400));
        Assert.Equal([SuspicionRule.BeyondOverdraft], Find(usual, 10_000, remaining: -401));
        Assert.Equal([SuspicionRule.Tamper], Find(usual, 10_000, flags: MeterFlags.Tamper));
        Assert.Equal([SuspicionRule.TotalWentDown], Find(usual, 10_000, down: true));
        Assert.Equal([SuspicionRule.Difference], Find(usual, 10_000, difference: -501));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-10.2")]
    public async Task A_user_far_below_the_price_group_is_found_with_the_evidence_by_as_many_queries_as_one_user_takes(Database database)
    {
        using var commands = new CommandCount();
        await using var host = await TestHost.Start(database);
        var counter = new MeterCounter(await TestCounter.Open(host));
        var (account, alone) = (await counter.Account(), await counter.Account());
        var price = await counter.Price(account);
        foreach (var quantity in new[] { 10_000, 10_000, 10_000, 2_999 })
        {
            await counter.Opened(account, price, quantity);
        }

        await counter.Opened(alone, await counter.Price(alone), 10_000);
        commands.Watch(host, "meter_sales", "meter_readings", "meter_supplies");
        (await counter.Cashier.Get($"/v1/meter-accounts/{alone}/suspicious-users")).Is(HttpStatusCode.OK);
        var forOne = commands.Take().Count;
        var report = (await counter.Cashier.Get($"/v1/meter-accounts/{account}/suspicious-users")).Is(HttpStatusCode.OK).Body;

        Assert.Equal(forOne, commands.Take().Count);
        var found = report["users"]!.AsArray().Single()!;
        Assert.Equal((2_999, 10_000, 1), (Number(found, "monthlyAverage"), Number(found, "groupMedian"), Number(found, "purchases")));
        var suspicion = found["suspicions"]!.AsArray().Single()!;
        Assert.Equal("lowAverage", suspicion["rule"]!.GetValue<string>());
        Assert.Equal((2_999, 3_000), (Number(suspicion, "value"), Number(suspicion, "threshold")));
    }

    private static long Number(JsonNode node, string member) => node[member]!.GetValue<long>();

    private static IEnumerable<SuspicionRule> Find(
        PurchaseHabit habit,
        long median,
        long remaining = 0,
        MeterFlags flags = MeterFlags.None,
        bool down = false,
        long difference = 0
    ) =>
        SuspicionRules
            .Find(new SuspicionFacts(habit, median, 400, remaining, (int)flags, down, difference), s_usual, s_today)
            .Select(s => s.Rule);
}
