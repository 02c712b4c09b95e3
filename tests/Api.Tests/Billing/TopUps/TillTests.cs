// Slices: TakeTillData, TakeTillFile, GetTopUpSummary, ExportTopUpSummary, GetRedemptionSummary, ExportRedemptionSummary, ListMissingReceipts.
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Api.Tests.Billing.TopUps;

public sealed class TillTests
{
    private static string Range => $"from={TopUpDesk.Today:yyyy-MM-dd}&to={TopUpDesk.Today:yyyy-MM-dd}";

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-03.1"), Trait("Requirement", "MT-03.2"), Trait("Requirement", "MT-03.4"), Trait("Requirement", "MT-03.6")]
    public async Task The_two_usual_reasons_of_a_difference_are_told_apart(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var sold = new List<Answered>();
        for (var i = 0; i < 4; i++)
        {
            sold.Add(await desk.Sold(TopUpDesk.Sale(receipt: (100 + i).ToString(CultureInfo.InvariantCulture))));
        }

        await desk.Carrier.Fault("top-up", "refused");
        var failed = await desk.Sold(TopUpDesk.Sale(receipt: "104"), "failed");

        // The till has all five: its total is what succeeded and what failed.
        await Take(desk, 5, 25_000, [100, 101, 102, 103, 104]);
        var item = await Item(desk);
        Assert.Equal((4L, 20_000L, 1L, 5_000L), Figures(item, "succeededCount", "succeededAmount", "failedCount", "failedAmount"));
        Assert.Equal((25_000L, 5_000L, 5_000L, 0L), Figures(item, "tillAmount", "difference", "dueToFailed", "unexplained"));
        Assert.Empty(await Missing(desk));

        // After the return both agree.
        (await desk.Refund(failed.SerialNumber)).Is(HttpStatusCode.Created);
        await Take(desk, 4, 20_000, [100, 101, 102, 103]);
        Assert.Equal((20_000L, 0L, 0L, 0L), Figures(await Item(desk), "tillAmount", "difference", "dueToFailed", "unexplained"));

        // Top-ups of which the till did not upload the receipt, and a gap in its numbers.
        await desk.Sold(TopUpDesk.Sale(receipt: "105"));
        await Take(desk, 4, 20_000, [107]);
        var late = await Item(desk);
        Assert.Equal(
            (-5_000L, -5_000L, 0L),
            (Figure(late, "difference"), Figure(late, "dueToNotUploaded"), Figure(late, "unexplained") + Figure(late, "dueToNotHere"))
        );
        var missing = await Missing(desk);
        Assert.Contains(missing, m => Text(m, "reason") == "notUploaded" && m!["fromNumber"]!.GetValue<long>() == 105);
        Assert.Contains(missing, m => Text(m, "reason") == "gap" && m!["fromNumber"]!.GetValue<long>() == 106);
        Assert.Contains(missing, m => Text(m, "reason") == "notHere" && m!["fromNumber"]!.GetValue<long>() == 107);

        // The summary agrees with the list, and the file with both.
        var listed = await desk.Till.Walk($"/v1/top-ups?topUpState=succeeded&{Range}");
        Assert.Equal(Figure(late, "succeededAmount"), listed.Sum(t => t["amount"]!.GetValue<long>()));
        var (file, _) = await desk.Till.Download($"/v1/top-up-summary/export?format=csv&{Range}");
        var cells = Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1].Split(',');
        Assert.Equal(Figure(late, "succeededAmount") / 100m, decimal.Parse(cells[4], CultureInfo.InvariantCulture));
        Assert.NotEmpty((await desk.Till.Download($"/v1/top-up-summary/export?format=xlsx&{Range}")).File);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-03.1"), Trait("Requirement", "MT-03.5")]
    public async Task A_file_is_taken_whole_or_not_and_redemptions_stand_beside_the_over_short_report(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        await desk.Carrier.Code("ZQ0000000990001", "coupon", 3_000);
        var redeemed = await desk.Till.Post(
            "/v1/redemptions",
            new
            {
                kind = "coupon",
                code = "ZQ0000000990001",
                tillNumber = "T01",
                receiptDate = TopUpDesk.Today,
            }
        );
        (
            await desk.Till.Post(
                $"/v1/redemptions/{redeemed.Is(HttpStatusCode.Created).SerialNumber}/confirmation",
                new { receiptNumber = "200" }
            )
        ).Is(HttpStatusCode.Created);

        Assert.Equal(
            2,
            (await File(desk, "total,T01,coupon,1,3000\ntotal,T01,coupons,1,3000\n"))
                .IsRefused(HttpStatusCode.UnprocessableEntity, "till-file-invalid")
                .Number("line")
        );
        Assert.Null((await Redemptions(desk)).Single()["tillAmount"]);
        var taken = (await File(desk, "total,T01,coupon,2,5000\nreceipt,T01,200,coupon,3000\nreceipt,T01,201,coupon,2000\n")).Is(
            HttpStatusCode.Created
        );
        Assert.Equal((1L, 2L), (taken.Number("totals"), taken.Number("receipts")));

        var item = (await Redemptions(desk)).Single();
        Assert.Equal((1L, 3_000L, 5_000L, 2_000L), Figures(item, "confirmedCount", "confirmedAmount", "tillAmount", "difference"));
        var missing = Assert.Single(await Missing(desk));
        Assert.Equal(("notHere", 201L, 2_000L), (Text(missing, "reason"), Figure(missing, "fromNumber"), Figure(missing, "amount")));
        Assert.NotEmpty((await desk.Till.Download($"/v1/redemption-summary/export?format=csv&{Range}")).File);
    }

    private static async Task<JsonNode> Item(TopUpDesk desk) =>
        (await desk.Till.Get($"/v1/top-up-summary?{Range}")).Is(HttpStatusCode.OK).Body["items"]!.AsArray().Single()!;

    private static async Task<List<JsonNode?>> Missing(TopUpDesk desk) =>
        [.. (await desk.Till.Get($"/v1/missing-receipts?{Range}")).Is(HttpStatusCode.OK).Body["items"]!.AsArray()];

    private static async Task<List<JsonNode>> Redemptions(TopUpDesk desk) =>
        [.. (await desk.Till.Get($"/v1/redemption-summary?{Range}")).Is(HttpStatusCode.OK).Body["items"]!.AsArray().Select(i => i!)];

    private static async Task Take(TopUpDesk desk, long count, long amount, int[] receipts) =>
        (
            await desk.Till.Post(
                "/v1/till-days",
                new
                {
                    date = TopUpDesk.Today,
                    totals = new[]
                    {
                        new
                        {
                            tillNumber = "T01",
                            kind = "online",
                            count,
                            amount,
                        },
                    },
                    receipts = receipts.Select(r => new
                    {
                        tillNumber = "T01",
                        receiptNumber = r.ToString(CultureInfo.InvariantCulture),
                        kind = "online",
                        amount = 5_000,
                    }),
                }
            )
        ).Is(HttpStatusCode.Created);

    private static async Task<Answered> File(TopUpDesk desk, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/till-files?date={TopUpDesk.Today:yyyy-MM-dd}");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.Authorization = new("Bearer", desk.Till.Token);
        request.Headers.Add("Idempotency-Key", Clerk.NewKey());
        return await Answered.Of(await desk.Host.Client.SendAsync(request));
    }

    private static string Text(JsonNode? node, string member) => node![member]!.GetValue<string>();

    private static long Figure(JsonNode? node, string member) => node![member]!.GetValue<long>();

    private static (long, long, long, long) Figures(JsonNode? node, string a, string b, string c, string d) =>
        (Figure(node, a), Figure(node, b), Figure(node, c), Figure(node, d));
}
