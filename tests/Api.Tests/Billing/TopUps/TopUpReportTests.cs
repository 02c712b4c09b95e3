// Slices: ListTopUps, GetTopUpTotals, ExportTopUps.
using System.Globalization;
using System.Net;
using System.Text;

namespace Api.Tests.Billing.TopUps;

public sealed class TopUpReportTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "MT-03.3"), Trait("Requirement", "MT-03.4"), Trait("Requirement", "MT-01.6")]
    public async Task List_totals_and_file_agree_by_kind_state_number_and_store(Database database)
    {
        await using var desk = await TopUpDesk.Open(database, works: false);
        var phone = TopUpDesk.Phone();
        await desk.Sold(TopUpDesk.Sale(phone));
        await desk.Sold(TopUpDesk.Sale(amount: 3_000));
        await desk.Sold(TopUpDesk.Sale(amount: 137, kind: "change"));
        await desk.Carrier.Fault("top-up", "refused");
        await desk.Sold(TopUpDesk.Sale(amount: 2_000), "failed");
        await desk.Carrier.Fault("top-up", "after");
        await desk.Sold(TopUpDesk.Sale(amount: 1_000), "applying");

        (string Query, int Count, long Amount)[] expected =
        [
            ("", 5, 11_137),
            ("topUpState=all", 5, 11_137),
            ("topUpKind=online&topUpState=succeeded", 2, 8_000),
            ("topUpKind=change", 1, 137),
            ("topUpState=failed", 1, 2_000),
            ("topUpState=applying", 1, 1_000),
            ("topUpState=unfinished", 0, 0),
            ($"phone={phone}", 1, 5_000),
            ($"from={TopUpDesk.Today:yyyy-MM-dd}&to={TopUpDesk.Today:yyyy-MM-dd}", 5, 11_137),
            ($"to={TopUpDesk.Today.AddDays(-1):yyyy-MM-dd}", 0, 0),
        ];
        foreach (var (query, count, amount) in expected)
        {
            var listed = await desk.Till.Walk($"/v1/top-ups?{query}");
            Assert.Equal((count, amount), (listed.Count, listed.Sum(t => t["amount"]!.GetValue<long>())));
            var totals = (await desk.Till.Get($"/v1/top-up-totals?{query}")).Is(HttpStatusCode.OK);
            Assert.Equal((count, amount), (totals.Number("count"), totals.Number("amount")));
            var (file, _) = await desk.Till.Download($"/v1/top-ups/export?format=csv&{query}");
            var lines = Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
            Assert.Equal(amount / 100m, lines.Sum(l => decimal.Parse(l.Split(',')[8], CultureInfo.InvariantCulture)));
        }

        Assert.NotEmpty((await desk.Till.Download("/v1/top-ups/export?format=xlsx")).File);
        Assert.DoesNotContain(phone, (await desk.Till.Get("/v1/top-ups")).Text, StringComparison.Ordinal);
        await using var other = await TestCounter.Open(desk.Host);
        Assert.Empty(await other.Cashier.Walk("/v1/top-ups"));
        (await other.Cashier.Get($"/v1/top-ups?branchCode={desk.Store.BranchCode}")).IsRefused(
            HttpStatusCode.Forbidden,
            "branch-out-of-reach"
        );
    }
}
