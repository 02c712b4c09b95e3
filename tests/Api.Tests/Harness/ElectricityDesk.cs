using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Billing.Electricity;
using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Counter.Payments;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Harness;

/// <summary>
/// A union with a supply company whose bills it collects: its own host and power company, everything made through the API, signed on for a work date.
/// </summary>
public sealed class ElectricityDesk : IAsyncDisposable
{
    public const string Merchant = "0006";
    public const string Unit = "37010";
    public const string SettlementAccount = "6223201234560000001";
    public const string Holder = "张敏";
    public const string Certificate = "11010519491231002X";

    private static int s_account = 1_000;

    private ElectricityDesk(PowerSide power, TestHost host) => (Power, Host) = (power, host);

    public PowerSide Power { get; }

    public TestHost Host { get; }

    /// <summary>The union's branch.</summary>
    public TestCounter Branch { get; private set; } = null!;

    public TestCounter Headquarters { get; private set; } = null!;

    public Clerk Cashier => Branch.Cashier;

    public DateOnly Date { get; private set; } = new(2026, 1, 5);

    public long UnitId { get; private set; }

    /// <summary>What hosts are told so that nothing is waited for that a test does not ask for.</summary>
    public static Dictionary<string, string?> Settings(PowerSide power) =>
        new()
        {
            ["Electricity:PowerAddress"] = power?.Address.ToString(),
            ["Electricity:Every"] = "00:00:00.1",
            ["Electricity:AskEvery"] = "00:00:00.1",
            ["Electricity:AttemptTimeout"] = "00:00:20",
            ["Electricity:Attempts"] = "1",
            ["Electricity:UnknownGrace"] = "00:00:00",
            ["Electricity:DebitPause"] = "00:00:00.2",
            ["Electricity:Sending"] = "00:00:02",
            ["Electricity:Lease"] = "00:00:02",
        };

    public static async Task<ElectricityDesk> Open(
        Database database,
        bool parts = false,
        bool keepsBalance = false,
        bool signOn = true,
        int validSeconds = 600,
        bool works = true,
        string attempt = "00:00:20"
    )
    {
        var power = await PowerSide.Start(validSeconds);
        var settings = Settings(power);
        settings["Electricity:AttemptTimeout"] = attempt;
        settings["Electricity:Every"] = works ? settings["Electricity:Every"] : "01:00:00";
        var host = await TestHost.Start(database, settings: settings);
        var desk = new ElectricityDesk(power, host)
        {
            Headquarters = await TestCounter.Open(host, headquarters: true),
            Branch = await TestCounter.Open(host),
        };
        await power.Unit(Unit, parts, keepsBalance);
        await desk.OpenUnit();
        await desk.Admit();
        if (signOn)
        {
            await desk.SignOn(desk.Date);
        }

        return desk;
    }

    /// <summary>A unit's data, as 4692 takes it.</summary>
    public JsonObject UnitBody(string settlement = SettlementAccount, string transit = "2610100001") =>
        new()
        {
            ["name"] = "示范市供电公司",
            ["businessKind"] = "electricity",
            ["customerNumber"] = "8000012345",
            ["contractNumber"] = "DS-2026-001",
            ["unionCode"] = Branch.BranchCode,
            ["signedOn"] = "2026-01-05",
            ["mode"] = "both",
            ["batchMode"] = "collect",
            ["transitAccount"] = transit,
            ["settlementAccount"] = settlement,
            ["settlementName"] = "示范市供电公司",
            ["customerNumberLengths"] = new JsonArray(10, 13),
            ["customerNumberCheck"] = "none",
            ["debitTries"] = 2,
            ["fee"] = new JsonObject
            {
                ["perItem"] = 30,
                ["rate"] = 0,
                ["leastPerItem"] = 0,
                ["mostPerItem"] = 0,
                ["leastPerPeriod"] = 0,
                ["mostPerPeriod"] = 0,
            },
        };

    public Task<Answered> SetUnit(JsonObject body, string ifMatch = "\"0\"", string unit = Unit) =>
        Headquarters.Cashier.PutApproved($"/v1/electricity/merchants/{Merchant}/units/{unit}", body, ifMatch, Headquarters.Second);

    public async Task SignOn(DateOnly date)
    {
        Date = date;
        await Power.Today(date);
        (await Cashier.Post("/v1/electricity/work-dates", new { date })).Is(HttpStatusCode.Created);
    }

    /// <summary>Closes the work date and waits for the end of its day-end.</summary>
    public async Task CloseWorkDate()
    {
        (await Cashier.Post($"/v1/electricity/work-dates/{Date:yyyy-MM-dd}/closing", new { })).Is(HttpStatusCode.Accepted);
        await IsClosed();
    }

    /// <summary>Waits for the end of the work date's day-end.</summary>
    public Task IsClosed() =>
        Eventually.Holds(
            async () => (await Cashier.Get($"/v1/electricity/work-dates/{Date:yyyy-MM-dd}")).Is(HttpStatusCode.OK)["state"],
            s => s == "closed"
        );

    /// <summary>The cashier, at another instance.</summary>
    public Clerk At(TestHost host) => At(host.Client);

    public Clerk At(HttpClient client)
    {
        var clerk = new Clerk(client, Branch.BranchCode, Cashier.Login, Cashier.Id);
        clerk.Use(Cashier);
        return clerk;
    }

    /// <summary>A customer of the unit with bills of these amounts; its number.</summary>
    public async Task<string> Customer(params long[] bills)
    {
        var number = Interlocked.Increment(ref s_account).ToString(CultureInfo.InvariantCulture).PadLeft(10, '0');
        await Power.Customer(number, Unit);
        foreach (var fen in bills)
        {
            await Power.Bill(number, fen);
        }

        return number;
    }

    public async Task<Answered> Quote(string customer) =>
        (await Cashier.Search("/v1/electricity/quotes", new { customerNumber = customer })).Is(HttpStatusCode.OK);

    /// <summary>A body that pays all of a quote.</summary>
    public static JsonObject Payment(
        Answered quote,
        string? account = null,
        string channel = "counter",
        long? amount = null,
        int? count = null
    )
    {
        ArgumentNullException.ThrowIfNull(quote);
        var receivables = quote.Body["receivables"]!.AsArray().Take(count ?? int.MaxValue).ToList();
        var body = new JsonObject
        {
            ["reference"] = quote["reference"],
            ["receivables"] = new JsonArray([.. receivables.Select(r => (JsonNode)r!["receivableId"]!.GetValue<string>())]),
            ["amount"] = amount ?? receivables.Sum(r => r!["total"]!.GetValue<long>()),
            ["method"] = account is null ? "cash" : "account",
            ["channel"] = channel,
        };
        if (account is not null)
        {
            body["accountNumber"] = account;
        }

        return body;
    }

    public Task<Answered> Pay(JsonObject body, string? key = null) => Cashier.Post("/v1/electricity/payments", body, key);

    /// <summary>Asks and pays all in cash; the answer is 201.</summary>
    public async Task<Answered> Collect(string customer) => (await Pay(Payment(await Quote(customer)))).Is(HttpStatusCode.Created);

    public async Task<Answered> Get(string serialNumber) =>
        (await Cashier.Get($"/v1/electricity/payments/{serialNumber}")).Is(HttpStatusCode.OK);

    /// <summary>Waits until the payment has a state.</summary>
    public async Task<Answered> Becomes(string serialNumber, string state) =>
        await Eventually.Holds(() => Get(serialNumber), p => p["state"] == state);

    /// <summary>Asks for the reversal of a payment, as the second operator approves.</summary>
    public Task<Answered> Reverse(string serialNumber, bool invoiceReturned = false) =>
        Cashier.PostApproved(
            $"/v1/electricity/payments/{serialNumber}/reversal",
            new { reason = "金额录入错误", invoiceReturned },
            Branch.Second
        );

    /// <summary>A payer's account with money in it; its number.</summary>
    public async Task<string> Account(long fen, string kind = "personal", string holder = Holder)
    {
        var number = $"622320123456{Interlocked.Increment(ref s_account).ToString(CultureInfo.InvariantCulture).PadLeft(7, '0')}";
        (
            await Cashier.Post(
                "/v1/electricity/payer-accounts",
                new
                {
                    accountNumber = number,
                    holder,
                    certificateNumber = Certificate,
                    kind,
                }
            )
        ).Is(HttpStatusCode.Created);
        if (fen > 0)
        {
            (await Cashier.Post($"/v1/electricity/payer-accounts/{number}/payments-in", new { amount = fen })).Is(HttpStatusCode.Created);
        }

        return number;
    }

    public async Task<long> AccountBalance(string number) =>
        (await Cashier.Get($"/v1/electricity/payer-accounts/{number}")).Is(HttpStatusCode.OK).Number("balance");

    public Task<long> InDoubt() => Branch.Balance(ElectricityAccounts.InDoubt, UnitId);

    public Task<long> Transit() => Branch.Balance(ElectricityAccounts.Transit, UnitId);

    public Task<long> Settlement() => Branch.Balance(ElectricityAccounts.Settlement, UnitId);

    /// <summary>Cash that the cashier has taken.</summary>
    public async Task<long> Cash() => -await Branch.Balance(CounterAccounts.Drawer, Cashier.Id);

    /// <summary>Blank invoices 00000001 to the given number, issued to the cashier.</summary>
    public async Task<string> Blanks(int count)
    {
        var code = $"13701{Interlocked.Increment(ref s_account):D7}";
        var range = new
        {
            code,
            from = "00000001",
            to = count.ToString("D8", CultureInfo.InvariantCulture),
        };
        (await Branch.Second.Post("/v1/blank-invoices/receipts", new { range, supplierPerson = "王芳" })).Is(HttpStatusCode.Created);
        var offer = await Branch.Second.Post("/v1/blank-invoices/issues", new { range, receiver = Cashier.Login });
        (await Cashier.Post($"/v1/blank-invoices/movements/{offer.Is(HttpStatusCode.Created)["movementId"]}/acceptance", new { })).Is(
            HttpStatusCode.Created
        );
        return code;
    }

    public Task<Answered> Print(string serialNumber, string code, int number, string kind = "first") =>
        Cashier.PostApproved(
            $"/v1/electricity/payments/{serialNumber}/invoices",
            new
            {
                kind,
                invoiceCode = code,
                invoiceNumber = number.ToString("D8", CultureInfo.InvariantCulture),
            },
            Branch.Second
        );

    /// <summary>Makes a debit contract.</summary>
    public Task<Answered> Sign(string agreement, string customer, string account, string holder = Holder) =>
        Cashier.Post(
            "/v1/electricity/contracts",
            new
            {
                agreementNumber = agreement,
                customerNumber = customer,
                accountNumber = account,
                holder,
                certificateNumber = Certificate,
            }
        );

    internal DebitLine DebitLine(int number, string customer, string receivable, long fen, string account) =>
        new(number, customer, Holder, "202512", "01", receivable, fen, 0, fen, account, Holder, "2");

    /// <summary>Puts a whole debit file of the work date on the power side's shelf; its name.</summary>
    internal async Task<string> PutDebitFile(int batch, IReadOnlyList<DebitLine> lines, DebitFileForm form = DebitFileForm.Separated)
    {
        var name = new ElectricityFileName("DKREQ", Merchant, Unit, Date, batch).Text;
        using var file = new MemoryStream();
        var writer = new DebitFileWriter(file, form);
        var sum = lines.Sum(l => l.Total);
        await writer.Header("DKREQ", new DebitHeader(Merchant, Unit, Date, batch, lines.Count, sum), default);
        foreach (var line in lines)
        {
            await writer.Line(line, null, default);
        }

        await writer.Trailer(lines.Count, sum, default);
        await Power.Put(name, file.ToArray());
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Power.DisposeAsync();
    }

    private async Task OpenUnit()
    {
        (
            await Cashier.Post(
                "/v1/electricity/payer-accounts",
                new
                {
                    accountNumber = SettlementAccount,
                    holder = "示范市供电公司",
                    certificateNumber = "91510100MA00000000",
                    kind = "cheque",
                }
            )
        ).Is(HttpStatusCode.Created);
        (
            await Headquarters.Cashier.PutApproved(
                $"/v1/electricity/merchants/{Merchant}",
                new { name = "示范电力集团" },
                "\"0\"",
                Headquarters.Second
            )
        ).Is(HttpStatusCode.OK);
        (await SetUnit(UnitBody())).Is(HttpStatusCode.OK);
        await using var db = await Host.OpenDatabase();
        UnitId = await db.Set<AccountingUnit>().Where(u => u.Code == Unit).Select(u => u.Id).SingleAsync();
    }

    private async Task Admit()
    {
        var applied = await Cashier.Post(
            "/v1/electricity/admissions",
            new
            {
                merchantCode = Merchant,
                unionCode = Branch.BranchCode,
                industry = "power",
                shortName = "示范电力",
                businessKind = "electricity",
                mode = "both",
                areaCode = "3701",
            }
        );
        var path = $"/v1/electricity/admissions/{applied.Is(HttpStatusCode.Created)["admissionId"]}";
        (await Headquarters.Cashier.Post($"{path}/agreement", new { })).Is(HttpStatusCode.Created);
        (await Headquarters.Second.Post($"{path}/opening", new { })).Is(HttpStatusCode.Created);
    }

    /// <summary>Collects a bill whose payment never reaches the power side, which answers no question about it either.</summary>
    public async Task<string> Pending(Answered quote)
    {
        await Power.Fault("payment", "before");
        await Power.Fault("ask", "before", times: 1_000);
        return (await Pay(Payment(quote))).Is(HttpStatusCode.Created).SerialNumber;
    }
}
