// Slices: CompareStatement, ListStatementDifferences, SettleStatementDifference.
using System.Globalization;
using System.Net;

namespace Api.Tests.Billing.TopUps;

public sealed class StatementTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "MT-03.7"), Trait("Requirement", "MT-01.11")]
    public async Task A_day_is_agreed_line_by_line_and_so_is_the_credit(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        await desk.Carrier.Credit(TopUpDesk.Mobile, 100_000_000);
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(IdOf(await desk.Sold(TopUpDesk.Sale())));
        }

        var agreed = (await Compare(desk)).Is(HttpStatusCode.Created);
        Assert.Equal(
            (4L, 20_000L, 4L, 20_000L),
            (agreed.Number("linesHere"), agreed.Number("amountHere"), agreed.Number("linesThere"), agreed.Number("amountThere"))
        );
        Assert.Equal((0L, 99_980_000L, 99_980_000L), (agreed.Number("open"), agreed.Number("creditHere"), agreed.Number("creditThere")));

        await desk.Carrier.Line(TopUpDesk.Today, TopUpDesk.Mobile, ids[0]);
        await desk.Carrier.Line(TopUpDesk.Today, TopUpDesk.Mobile, $"{ids[1]}|YD1|13800000000|4000|done|20260105120000");
        await desk.Carrier.Line(TopUpDesk.Today, TopUpDesk.Mobile, $"{ids[2]}|YD2|13800000000|5000|reversed|20260105120000");
        await desk.Carrier.Line(TopUpDesk.Today, TopUpDesk.Mobile, "999|YD3|13800000000|1000|done|20260105120000");
        var differs = (await Compare(desk)).Is(HttpStatusCode.Created);
        Assert.Equal((4L, 4L), (differs.Number("opened"), differs.Number("open")));
        // The same statement again opens nothing new.
        Assert.Equal(0, (await Compare(desk)).Is(HttpStatusCode.Created).Number("opened"));

        var listed = await desk.Till.Walk("/v1/top-up-statement-differences?state=open");
        Assert.Equal(["amount", "onlyHere", "onlyThere", "state"], listed.Select(d => d["kind"]!.GetValue<string>()).Order());
        var path = $"/v1/top-up-statement-differences/{listed[0]["differenceId"]!.GetValue<string>()}/settlement";
        (await desk.Till.PostApproved(path, new { evidence = "运营商已补记" }, desk.Store.Second)).Is(HttpStatusCode.Created);
        (await desk.Till.PostApproved(path, new { evidence = "运营商已补记" }, desk.Store.Second)).IsRefused(
            HttpStatusCode.Conflict,
            "statement-difference-state-forbids"
        );
        Assert.Equal(3, (await desk.Till.Walk("/v1/top-up-statement-differences?state=open&carrierCode=CM")).Count);
        // It changes no top-up.
        Assert.Equal((20_000L, 0L, 20_000L), await desk.Money());
        await desk.Carrier.Fault("statement", "before", times: 10);
        (await Compare(desk)).IsRefused(HttpStatusCode.Conflict, "statement-missing");
    }

    private static string IdOf(Answered sold) => SerialNumber.Parse(sold.SerialNumber)!.Value.ToString(CultureInfo.InvariantCulture);

    private static Task<Answered> Compare(TopUpDesk desk) =>
        desk.Till.Post("/v1/top-up-carriers/CM/statements", new { day = TopUpDesk.Today });
}
