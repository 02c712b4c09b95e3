using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Access;
using Access.Roles;
using Api.Tests.Harness.Pcsc;
using Hardware.Simulators.Meters;
using Hardware.Simulators.Readers;
using Meters.Carriers.Cards;
using Meters.Carriers.Sts;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Keys;
using Platform.Cards.Operations;

namespace Api.Tests.Meters;

/// <summary>A counter that sells to meters: requests through the API, cards in this process.</summary>
public sealed class MeterCounter(TestCounter counter)
{
    public const long Flat = 42_000;

    /// <summary>The number of a meter that takes tokens.</summary>
    public const string Pan = "600727000000000009";

    public static readonly MeterCardKeys Keys = MeterCardKeys.Of(new DemoKeyVault());
    private static long s_number = 10_000_000;

    public TestCounter Counter => counter;

    public Clerk Cashier => counter.Cashier;

    /// <summary>How cards are reached.</summary>
    public Func<HttpClient, IVirtualCard, JsonNode, Task<JsonNode>> Carry { get; init; } = MeterHand.Run;

    /// <summary>What cards are: in this process nobody turns the commands of a file into those for a memory card.</summary>
    public MemoryCardFace Face { get; init; } = MemoryCardFace.CpuFile;

    public static async Task<MeterCounter> Open(Database database) => new(await TestCounter.Open(database));

    public static async Task<MeterCounter> Open(Database database, string carrier) =>
        carrier == CardCarriers.Pcscd
            ? new(await TestCounter.Open(database)) { Carry = PcscCounter.Carry, Face = MemoryCardFace.Sle4442 }
            : await Open(database);

    public static string NewCode() => Interlocked.Increment(ref s_number).ToString("D8", CultureInfo.InvariantCulture);

    public static string NewMeter() => Interlocked.Increment(ref s_number).ToString("D12", CultureInfo.InvariantCulture);

    public static JsonObject AccountBody(
        string code,
        int subMeter = 1,
        long limit = 100_000,
        long preStored = 0,
        long alarm = 0,
        long overdraft = 0
    ) =>
        new()
        {
            ["name"] = $"账户{code}-{subMeter}",
            ["meterType"] = "electricity",
            ["subMeter"] = subMeter,
            ["maintenanceCode"] = code,
            ["purchaseLimit"] = limit,
            ["preStored"] = preStored,
            ["alarm"] = alarm,
            ["overdraft"] = overdraft,
        };

    public async Task<string> Account(JsonObject? body = null) =>
        (await Cashier.Post("/v1/meter-accounts", body ?? AccountBody(NewCode()))).Is(HttpStatusCode.Created)["accountId"];

    public static JsonArray Tiers(params (long? UpTo, long Price)[] tiers) =>
        [.. tiers.Select(t => (JsonNode)new JsonObject { ["upTo"] = t.UpTo, ["price"] = t.Price })];

    public static readonly (long? UpTo, long Price)[] Zhejiang = [(276_000, 5_380), (480_000, 5_880), (null, 8_380)];

    public async Task<string> Price(string account, params (long? UpTo, long Price)[] tiers)
    {
        var body = new JsonObject { ["name"] = $"价格{NewCode()}", ["tiers"] = Tiers(tiers.Length == 0 ? [(null, Flat)] : tiers) };
        return (await Cashier.Post($"/v1/meter-accounts/{account}/prices", body)).Is(HttpStatusCode.Created)["priceId"];
    }

    public async Task<string> User(string name = "王小明") =>
        (await Cashier.Post("/v1/meter-users", UserBody(name))).Is(HttpStatusCode.Created)["userId"];

    public static JsonObject UserBody(string name = "王小明") =>
        new()
        {
            ["name"] = name,
            ["phone"] = "13800138000",
            ["address"] = "1 号楼 2 单元 301",
        };

    /// <summary>From now on the branch's operators have every right but these; the cashier signs in anew, since a session knows its rights.</summary>
    public async Task Without(params string[] rights)
    {
        var all = counter.Host.Services.GetRequiredService<IReadOnlyList<Right>>().Select(r => r.Name).ToList();
        Assert.All(rights, r => Assert.Contains(r, all));
        var names = string.Join(' ', all.Except(rights));
        await using (var db = await counter.Host.OpenDatabase())
        {
            await db.Set<Role>()
                .Where(r => r.BranchId == counter.BranchId)
                .ExecuteUpdateAsync(u =>
                    u.SetProperty(r => r.AllRights, false)
                        .SetProperty(r => r.RightNames, names)
                        .SetProperty(r => r.Version, r => r.Version + 1)
                );
        }

        await Cashier.SignIn();
    }

    /// <summary>Deletes the version that was read.</summary>
    public async Task<Answered> Delete(string path, string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        request.Headers.Authorization = new("Bearer", Cashier.Token);
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await counter.Host.Client.SendAsync(request);
        return await Answered.Of(response);
    }

    /// <summary>Carries an operation to its end.</summary>
    public Task<JsonNode> Run(IVirtualCard card, Answered started) =>
        Carry(counter.Host.Client, card, started.Body["operation"] ?? started.Body);

    public async Task<string> Read(IVirtualCard card)
    {
        var started = (await Cashier.Post("/v1/meter-card-reads", new { })).Is(HttpStatusCode.Accepted);
        var outcome = await Run(card, started);
        Assert.True(outcome["state"]!.GetValue<string>() == "confirmed", outcome.ToJsonString());
        return started.Body["operation"]!["operationId"]!.GetValue<string>();
    }

    public async Task<JsonNode> Shown(IVirtualCard card) =>
        (await Cashier.Get($"/v1/meter-card-reads/{await Read(card)}")).Is(HttpStatusCode.OK).Body;

    public async Task<Answered> StartMaking(IVirtualCard card, string kind, string? account = null, Action<JsonObject>? change = null)
    {
        var body = new JsonObject
        {
            ["readId"] = await Read(card),
            ["kind"] = kind,
            ["accountId"] = account,
        };
        change?.Invoke(body);
        return await Cashier.Post("/v1/meter-cards", body);
    }

    public async Task Make(IVirtualCard card, string kind, string? account = null)
    {
        var outcome = await Run(card, (await StartMaking(card, kind, account)).Is(HttpStatusCode.Accepted));
        Assert.True(outcome["state"]!.GetValue<string>() == "confirmed", outcome.ToJsonString());
    }

    public async Task<VirtualMemoryCard> NewCard()
    {
        var card = VirtualMemoryCard.CreateBlank(Face);
        await Make(card, "new");
        return card;
    }

    public async Task<VirtualMemoryCard> Tool(string kind, string account)
    {
        var card = await NewCard();
        await Make(card, kind, account);
        return card;
    }

    public async Task<Answered> StartOpening(
        MeterHome home,
        string account,
        string price,
        long? quantity = 5_000,
        long? amount = null,
        string? key = null
    ) =>
        await Cashier.Post(
            $"/v1/meter-users/{home.UserId}/openings",
            new JsonObject
            {
                ["readId"] = await Read(home.Card),
                ["accountId"] = account,
                ["priceId"] = price,
                ["meterNumber"] = home.MeterNumber,
                ["quantity"] = amount is null ? quantity : null,
                ["amount"] = amount,
            },
            key
        );

    /// <summary>A user who has just opened the account; the card was not swiped.</summary>
    public async Task<MeterHome> Opened(string account, string price, long quantity = 5_000)
    {
        var home = new MeterHome(await User(), await NewCard(), NewMeter());
        await Confirmed(home.Card, await StartOpening(home, account, price, quantity));
        return home;
    }

    /// <summary>Empties and sets the meter with cards of the account.</summary>
    public async Task Prepare(MeterHome home, string account)
    {
        Assert.Equal(MeterResult.Taken, home.Insert(await Tool("clear", account)));
        Assert.Equal(MeterResult.Taken, home.Insert(await Tool("setting", account)));
    }

    public async Task<Answered> StartSale(
        MeterHome home,
        long? quantity = null,
        long? amount = null,
        int subMeter = 1,
        string? key = null,
        bool dryRun = false
    ) =>
        await Cashier.Post(
            "/v1/meter-sales" + (dryRun ? "?dryRun=true" : ""),
            new JsonObject
            {
                ["readId"] = await Read(home.Card),
                ["subMeter"] = subMeter,
                ["quantity"] = quantity,
                ["amount"] = amount,
            },
            key
        );

    public async Task<Answered> StartCorrection(MeterHome home, long? quantity = null, long? amount = null) =>
        await Cashier.Post(
            "/v1/meter-sales/corrections",
            new JsonObject
            {
                ["readId"] = await Read(home.Card),
                ["subMeter"] = 1,
                ["quantity"] = quantity,
                ["amount"] = amount,
            }
        );

    public async Task<JsonNode> Confirmed(IVirtualCard card, Answered started)
    {
        var outcome = await Run(card, started.Is(HttpStatusCode.Accepted));
        Assert.True(outcome["state"]!.GetValue<string>() == "confirmed", outcome.ToJsonString());
        return outcome;
    }

    public async Task<JsonNode> Supply(MeterHome home, int index = 0) =>
        (await Cashier.Get($"/v1/meter-users/{home.UserId}")).Is(HttpStatusCode.OK).Body["supplies"]![index]!;

    /// <summary>Fen sold under an account, as the books have it.</summary>
    public Task<long> Sold(string account) =>
        counter.Balance(global::Meters.MeterLedger.Sales, long.Parse(account, CultureInfo.InvariantCulture));

    public async Task<JsonNode> Reread(IVirtualCard card, string operationId) =>
        await Run(card, (await Cashier.Post($"/v1/card-operations/{operationId}/re-reads", new { })).Is(HttpStatusCode.Accepted));

    public static string Operation(Answered started) => started.Body["operation"]!["operationId"]!.GetValue<string>();

    /// <summary>A user of a new account that sells tokens; training ones are for simulated meters.</summary>
    public async Task<(string Account, string Supply)> TokenMeter(bool training)
    {
        var body = AccountBody(NewCode());
        (body["carrier"], body["supplyGroup"], body["training"]) = ("token", "123457", training);
        var account = await Account(body);
        var price = await Price(account);
        var opening = new JsonObject
        {
            ["accountId"] = account,
            ["priceId"] = price,
            ["pan"] = Pan,
        };
        var opened = await Cashier.Post($"/v1/meter-users/{await User()}/token-meters", opening);
        return (account, opened.Is(HttpStatusCode.Created)["supplyId"]);
    }

    public Task<Answered> SellToken(string supply, string request, long? quantity = null, long? amount = null) =>
        Cashier.Post(
            $"/v1/meter-supplies/{supply}/tokens",
            new JsonObject
            {
                ["requestId"] = request,
                ["quantity"] = quantity,
                ["amount"] = amount,
            }
        );

    /// <summary>The simulated meter of <see cref="TokenMeter"/>, with the key that it has at first.</summary>
    public SimulatedTokenMeter TokenDevice(StsBaseDate baseDate = StsBaseDate.Year2014)
    {
        Span<byte> vending = stackalloc byte[32];
        counter.Host.Services.GetRequiredService<CardKeyRing>().Keys.ReadPurposeKey("sts vending key 123457", vending);
        var key = StsKeys.Dkga04(vending[..StsKeys.Dkga04Length], new StsMeter(Pan, "123457", "01", 1, StsKeyType.Unique), baseDate);
        return new SimulatedTokenMeter(TokenMeterState.Made(key, 0), StsTables.Sample);
    }

    /// <summary>Another meter takes the place of the home's, with what was read off the old one.</summary>
    public async Task<Answered> ChangeMeter(MeterHome home, long remaining, long total, string meter)
    {
        home.MeterNumber = meter;
        return await Cashier.Post(
            "/v1/meter-changes",
            new
            {
                readId = await Read(home.Card),
                subMeter = 1,
                newMeterNumber = meter,
                oldRemaining = remaining,
                oldTotal = total,
                reason = "表损坏",
                readBy = "抄表员",
            }
        );
    }
}
