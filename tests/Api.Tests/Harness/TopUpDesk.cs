using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Access.Branches;
using Billing.TopUps;
using Billing.TopUps.Carriers;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Harness;

/// <summary>A store that sells top-ups of two carriers: its own host and carrier, everything made through the API, credit paid in.</summary>
public sealed class TopUpDesk : IAsyncDisposable
{
    public const string Mobile = "CM";
    public const string Unicom = "CU";

    private static int s_phone = 10_000;
    private static int s_receipt = 1_000;

    private TopUpDesk(CarrierSide carrier, TestHost host) => (Carrier, Host) = (carrier, host);

    public CarrierSide Carrier { get; }

    public TestHost Host { get; }

    public TestCounter Store { get; private set; } = null!;

    public Clerk Till => Store.Cashier;

    public long MobileId { get; private set; }

    public static DateOnly Today => ChinaCalendar.Today(TimeProvider.System);

    /// <summary>What hosts are told so that nothing is waited for that a test does not ask for.</summary>
    public static Dictionary<string, string?> Settings(CarrierSide carrier) =>
        new()
        {
            ["TopUps:CarrierAddress"] = carrier?.Address.ToString(),
            ["TopUps:CallBackSecret"] = CarrierSide.Secret,
            ["TopUps:Every"] = "00:00:00.1",
            ["TopUps:AskEvery"] = "00:00:00.1",
            ["TopUps:AttemptTimeout"] = "00:00:10",
            ["TopUps:Sending"] = "00:00:12",
            ["TopUps:AwayPause"] = "00:00:00.5",
            ["TopUps:UnknownGrace"] = "00:00:00",
        };

    public static async Task<TopUpDesk> Open(
        Database database,
        bool works = true,
        long credit = 100_000_000,
        string? validity = null,
        Action<Dictionary<string, string?>>? change = null
    )
    {
        var carrier = await CarrierSide.Start();
        var settings = Settings(carrier);
        settings["TopUps:Every"] = works ? settings["TopUps:Every"] : "01:00:00";
        settings["TopUps:Validity"] = validity ?? "00:10:00";
        change?.Invoke(settings);
        var host = await TestHost.Start(database, settings: settings);
        var desk = new TopUpDesk(carrier, host) { Store = await TestCounter.Open(host) };
        foreach (var code in (string[])[Mobile, Unicom])
        {
            (await desk.SetCarrier(Body(), code: code)).Is(HttpStatusCode.OK);
            if (credit > 0)
            {
                (await desk.PayCredit(credit, code)).Is(HttpStatusCode.Created);
            }
        }

        await using var db = await host.OpenDatabase();
        desk.MobileId = await db.Set<TopUpCarrier>().Where(c => c.Code == Mobile).Select(c => c.Id).SingleAsync();
        return desk;
    }

    /// <summary>A carrier's offer, as the API takes it.</summary>
    public static JsonObject Body() =>
        new()
        {
            ["name"] = "示范移动",
            ["open"] = true,
            ["amounts"] = new JsonArray(1_000, 2_000, 3_000, 5_000, 10_000),
            ["least"] = 1_000,
            ["most"] = 10_000,
            ["changeMost"] = 999,
            ["dailyCount"] = 100,
            ["dailyAmount"] = 1_000_000,
            ["opens"] = "00:00",
            ["closes"] = "24:00",
            ["warnBelow"] = 100_000,
        };

    public Task<Answered> SetCarrier(JsonObject body, string ifMatch = "\"0\"", string code = Mobile) =>
        Till.PutApproved($"/v1/top-up-carriers/{code}", body, ifMatch, Store.Second);

    public Task<Answered> PayCredit(long amount, string code = Mobile) =>
        Till.PostApproved($"/v1/top-up-carriers/{code}/credit-payments", new { amount, reference = "YC001" }, Store.Second);

    /// <summary>A number of China Mobile that no test has had.</summary>
    public static string Phone() => $"138{Interlocked.Increment(ref s_phone).ToString("D8", CultureInfo.InvariantCulture)}";

    public static string Receipt() => Interlocked.Increment(ref s_receipt).ToString(CultureInfo.InvariantCulture);

    public static JsonObject Sale(string? phone = null, long amount = 5_000, string kind = "online", string? receipt = null) =>
        new()
        {
            ["kind"] = kind,
            ["phone"] = phone ?? Phone(),
            ["amount"] = amount,
            ["tillNumber"] = "T01",
            ["receiptNumber"] = receipt ?? Receipt(),
            ["receiptDate"] = Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };

    public Task<Answered> Sell(JsonObject body, string? key = null) => Till.Post("/v1/top-ups", body, key);

    /// <summary>Sells and expects a state.</summary>
    public async Task<Answered> Sold(JsonObject body, string state = "succeeded")
    {
        var sold = (await Sell(body)).Is(HttpStatusCode.Created);
        Assert.Equal(state, sold["state"]);
        return sold;
    }

    public async Task<Answered> Get(string serialNumber) => (await Till.Get($"/v1/top-ups/{serialNumber}")).Is(HttpStatusCode.OK);

    public Task<Answered> Becomes(string serialNumber, string state) => Eventually.Holds(() => Get(serialNumber), t => t["state"] == state);

    public Task<Answered> Refund(string serialNumber, string? key = null) => Till.Post($"/v1/top-ups/{serialNumber}/refund", new { }, key);

    public async Task<List<JsonNode>> Exceptions() => await Till.Walk("/v1/top-up-exceptions");

    /// <summary>What the tills owe, what is due to customers, what the carrier has used of the credit paid in.</summary>
    public async Task<(long Till, long RefundDue, long Used)> Money(long paidIn = 100_000_000) =>
        (
            -await Store.Balance(TopUpAccounts.TillClaim, Store.BranchId),
            await Store.Balance(TopUpAccounts.RefundDue, Store.BranchId),
            await Store.Balance(TopUpAccounts.CarrierFloat, MobileId) + paidIn
        );

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Carrier.DisposeAsync();
    }
}
