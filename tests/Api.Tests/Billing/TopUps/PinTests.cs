// Slices: ReceivePins, GetPinBatch, SellPin, ShowPin, AllowPinAgain.
using System.Globalization;
using System.Net;
using Billing.TopUps;
using Billing.TopUps.Pins;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Billing.TopUps;

public sealed class PinTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "MT-05.1"), Trait("Requirement", "MT-01.5")]
    public async Task Pins_are_kept_encrypted_sold_oldest_first_and_shown_once(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var batch = (await Receive(desk, "B1", 3)).Is(HttpStatusCode.Created);
        (await Receive(desk, "B1", 1, from: 50)).IsRefused(HttpStatusCode.Conflict, "pin-batch-known");
        (await Receive(desk, "B2", 1)).IsRefused(HttpStatusCode.Conflict, "pin-serial-known");
        await using (var db = await desk.Host.OpenDatabase())
        {
            foreach (var secret in await db.Set<TopUpPin>().Select(p => p.Secret).ToListAsync())
            {
                Assert.DoesNotContain("90000000", System.Text.Encoding.ASCII.GetString(secret), StringComparison.Ordinal);
            }
        }

        var sold = (await Sell(desk)).Is(HttpStatusCode.Created);
        Assert.Equal("S0001", sold["pinSerial"]);
        Assert.DoesNotContain("90000000", sold.Text, StringComparison.Ordinal);
        var showing = $"/v1/top-up-pin-sales/{sold.SerialNumber}/showing";
        Assert.Equal("900000000001", (await desk.Till.Search(showing, new { })).Is(HttpStatusCode.OK)["pin"]);
        (await desk.Till.Search(showing, new { })).IsRefused(HttpStatusCode.Conflict, "pin-shown-already");
        var again = await desk.Till.PostApproved(
            $"/v1/top-up-pin-sales/{sold.SerialNumber}/further-showings",
            new { reason = "打印机卡纸" },
            desk.Store.Second
        );
        Assert.Equal(1, again.Is(HttpStatusCode.Created).Number("left"));
        Assert.Equal("900000000001", (await desk.Till.Search(showing, new { })).Is(HttpStatusCode.OK)["pin"]);
        (await desk.Till.Search(showing, new { })).IsRefused(HttpStatusCode.Conflict, "pin-shown-already");

        var counted = (await desk.Till.Get($"/v1/top-up-pin-batches/{batch["pinBatchId"]}")).Is(HttpStatusCode.OK);
        Assert.Equal(
            (3L, 2L, 0L, 1L),
            (counted.Number("count"), counted.Number("inStock"), counted.Number("expired"), counted.Number("sold"))
        );
        Assert.Equal(5_000, -await desk.Store.Balance(TopUpAccounts.TillClaim, desk.Store.BranchId));
        Assert.Equal(10_000, -await desk.Store.Balance(TopUpAccounts.PinStock, desk.MobileId));
        var papers = (await desk.Till.Get($"/v1/transactions/{sold.SerialNumber}/documents")).Is(HttpStatusCode.OK);
        Assert.Contains("离线充值小票", papers.Text, StringComparison.Ordinal);
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-05.1"), Trait("Requirement", "MT-01.5")]
    public async Task Sixteen_tills_sell_ten_pins_once_each_and_never_an_expired_one(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        (await Receive(desk, "OLD", 2, from: 800, expiresOn: TopUpDesk.Today.AddDays(-1))).Is(HttpStatusCode.Created);
        (await Receive(desk, "NEW", 10)).Is(HttpStatusCode.Created);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        var (receipt, key) = (TopUpDesk.Receipt(), Clerk.NewKey());
                        return Retries.Again(() => Sell(desk, receipt, key));
                    })
                )
        );

        var sold = answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a["pinSerial"]).ToList();
        Assert.Equal((10, 10), (sold.Count, sold.Distinct().Count()));
        Assert.DoesNotContain(sold, s => s.StartsWith("S08", StringComparison.Ordinal));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "pins-sold-out"));
        await desk.Store.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-05.1"), Trait("Requirement", "PL-03.6")]
    public async Task The_same_key_and_the_same_receipt_sell_one_pin(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        (await Receive(desk, "B1", 3)).Is(HttpStatusCode.Created);
        var receipt = TopUpDesk.Receipt();

        var first = (await Sell(desk, receipt, "k1")).Is(HttpStatusCode.Created);
        Assert.Equal(first.Text, (await Sell(desk, receipt, "k1")).Is(HttpStatusCode.Created).Text);
        (await Sell(desk, receipt, "k2")).IsRefused(HttpStatusCode.Conflict, "receipt-taken");
        Assert.Equal(5_000, -await desk.Store.Balance(TopUpAccounts.TillClaim, desk.Store.BranchId));
    }

    private static Task<Answered> Receive(TopUpDesk desk, string batchNumber, int count, int from = 1, DateOnly? expiresOn = null) =>
        desk.Till.Post(
            "/v1/top-up-pin-batches",
            new
            {
                carrierCode = TopUpDesk.Mobile,
                batchNumber,
                pins = Enumerable
                    .Range(from, count)
                    .Select(i => new
                    {
                        serial = $"S{i.ToString("D4", CultureInfo.InvariantCulture)}",
                        pin = $"90000000{i.ToString("D4", CultureInfo.InvariantCulture)}",
                        faceValue = 5_000,
                        expiresOn = expiresOn ?? TopUpDesk.Today.AddDays(30),
                    })
                    .ToArray(),
            }
        );

    private static Task<Answered> Sell(TopUpDesk desk, string? receipt = null, string? key = null) =>
        desk.Till.Post(
            "/v1/top-up-pin-sales",
            new
            {
                carrierCode = TopUpDesk.Mobile,
                faceValue = 5_000,
                tillNumber = "T01",
                receiptNumber = receipt ?? TopUpDesk.Receipt(),
                receiptDate = TopUpDesk.Today,
            },
            key
        );
}
