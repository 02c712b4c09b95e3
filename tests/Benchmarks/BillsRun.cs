using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>
/// Collection of electricity bills against the stand-in power company: opens a supply company, collects bills at the counter over many connections,
/// and has a debit file debited. For eng/bench.sh alone; it knows the demonstration's people.
/// </summary>
internal sealed class BillsRun(Uri api, Uri power, string folder) : IDisposable
{
    public const string Help = """
        Usage: Benchmarks --bills setup|collect|debit API POWER FOLDER NUMBER [SECONDS]

          setup    a supply company, NUMBER payers with accounts and contracts, and a work date
          collect  quote and payment in cash over NUMBER connections for SECONDS; each collection is two requests
          debit    a file of NUMBER lines over the payers, from its submission to its last line
        """;

    private const string Branch = "10100001";
    private const string Headquarters = "10000000";
    private const string Merchant = "0006";
    private const string Unit = "37010";
    private const string Settlement = "6223201234560000001";
    private const string Holder = "张敏";
    private const string Certificate = "11010519491231002X";
    private const int AtOnce = 32;
    private const int Chunk = 5_000;

    /// <summary>Bills for each second of collecting: more than any machine takes.</summary>
    private const int BillsPerSecond = 3_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 }) { Timeout = s_longest };

    public static async Task<JsonObject> Run(string[] args)
    {
        if (
            args is not [var what, var api, var power, var folder, var number, ..]
            || !int.TryParse(number, CultureInfo.InvariantCulture, out var count)
        )
        {
            throw new WrongUsageException(Help);
        }

        using var run = new BillsRun(new Uri(api), new Uri(power), folder);
        return what switch
        {
            "setup" => await run.Setup(count),
            "collect" => await run.Collect(count, int.Parse(args[5], CultureInfo.InvariantCulture)),
            "debit" => await run.Debit(count),
            _ => throw new WrongUsageException(Help),
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> Setup(int payers)
    {
        var (cashier, office) = (await SignIn(Branch, "cashier", "Cashier2026"), await SignIn(Branch, "backoffice", "Backoffice26"));
        var (second, first) = (await SignIn(Headquarters, "admin2", "Second2026"), await SignIn(Headquarters, "admin", "Admin2026x"));
        await Approved(second, $"merchants/{Merchant}", new JsonObject { ["name"] = "示范电力集团" });
        await Account(cashier, Settlement, "示范市供电公司", "91510100MA00000000", "cheque");
        await Approved(second, $"merchants/{Merchant}/units/{Unit}", SupplyCompany());
        var admission = new JsonObject
        {
            ["merchantCode"] = Merchant,
            ["unionCode"] = Branch,
            ["industry"] = "power",
            ["shortName"] = "示范电力",
            ["businessKind"] = "electricity",
            ["mode"] = "both",
            ["areaCode"] = "3701",
        };
        var id = (await Post(office, "admissions", admission))["admissionId"]!;
        await Post(second, $"admissions/{id}/agreement", new JsonObject());
        await Post(first, $"admissions/{id}/opening", new JsonObject());
        await Admin("units", new JsonArray(new JsonObject { ["code"] = Unit, ["name"] = "示范市供电公司" }));
        await Post(office, "work-dates", new JsonObject { ["date"] = Today() });
        await Customers("9", payers);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, payers),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) =>
            {
                await Account(cashier, AccountOf(i), Holder, Certificate, "personal");
                await Post(cashier, $"payer-accounts/{AccountOf(i)}/payments-in", new JsonObject { ["amount"] = 10_000_000 });
                await Post(
                    cashier,
                    "contracts",
                    new JsonObject
                    {
                        ["agreementNumber"] = $"XY{i}",
                        ["customerNumber"] = Customer("9", i),
                        ["accountNumber"] = AccountOf(i),
                        ["holder"] = Holder,
                        ["certificateNumber"] = Certificate,
                    }
                );
            }
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "payers"), $"{payers}");
        return new JsonObject { ["payers"] = payers };
    }

    private async Task<JsonObject> Collect(int connections, int seconds)
    {
        var cashier = await SignIn(Branch, "cashier", "Cashier2026");
        var bills = seconds * BillsPerSecond;
        // Customers that no earlier run has: each owes one bill.
        var run = $"{await Next("run")}";
        await Customers(run, bills);
        await Receivables(run, bills);
        var (next, done) = (-1, 0);
        var latencies = new List<double>[connections];
        var end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(c => Task.Run(() => Worker(latencies[c] = []))));
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var all = latencies.SelectMany(l => l).Order().ToList();
        return new JsonObject
        {
            ["connections"] = connections,
            ["collections"] = done,
            ["perSecond"] = Math.Round(done / took, 1),
            ["p50"] = Math.Round(all[all.Count / 2], 2),
            ["p99"] = Math.Round(all[all.Count * 99 / 100], 2),
        };

        async Task Worker(List<double> mine)
        {
            while (Stopwatch.GetTimestamp() < end && Interlocked.Increment(ref next) is var i && i < bills)
            {
                var from = Stopwatch.GetTimestamp();
                var quote = await Post(cashier, "quotes", new JsonObject { ["customerNumber"] = Customer(run, i) });
                var paid = await Post(
                    cashier,
                    "payments",
                    new JsonObject
                    {
                        ["reference"] = quote["reference"]!.ToString(),
                        ["receivables"] = new JsonArray(quote["receivables"]![0]!["receivableId"]!.ToString()),
                        ["amount"] = quote["total"]!.GetValue<long>(),
                        ["method"] = "cash",
                        ["channel"] = "counter",
                    }
                );
                if (paid["state"]!.ToString() != "paid")
                {
                    throw new InvalidOperationException($"A payment is not paid: {paid.ToJsonString()}");
                }

                mine.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                Interlocked.Increment(ref done);
            }
        }
    }

    private async Task<JsonObject> Debit(int lines)
    {
        var office = await SignIn(Branch, "backoffice", "Backoffice26");
        var payers = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "payers")), CultureInfo.InvariantCulture);
        var batch = await Next("batch");
        var date = Today().Replace("-", "", StringComparison.Ordinal);
        var sum = string.Create(CultureInfo.InvariantCulture, $"{lines}.00");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var text = new MemoryStream();
        await using (var writer = new StreamWriter(text, Encoding.GetEncoding("GBK"), leaveOpen: true) { NewLine = "\r\n" })
        {
            await writer.WriteLineAsync($"H|1.0|DKREQ|{Merchant}|{Unit}|{date}|{batch:D3}|{lines}|{sum}");
            for (var i = 0; i < lines; i++)
            {
                var payer = i % payers;
                await writer.WriteLineAsync(
                    $"D|{i + 1}|{Customer("9", payer)}|{Holder}|202512|01|B{batch:D3}{i:D8}|1.00|0.00|1.00|{AccountOf(payer)}|{Holder}|2"
                );
            }

            await writer.WriteLineAsync($"T|{lines}|{sum}");
        }

        var start = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(text.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var taken = await Send(HttpMethod.Post, office, $"debit-files?fileName=DKREQ_{Merchant}_{Unit}_{date}_{batch:D3}.txt", content);
        var checkedAt = 0.0;
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var file = await Send(HttpMethod.Get, office, $"debit-files/{taken["serialNumber"]}", null);
            var (state, seconds) = (file["state"]!.ToString(), Stopwatch.GetElapsedTime(start).TotalSeconds);
            checkedAt = checkedAt == 0 && state != "received" ? seconds : checkedAt;
            if (state is "finished" or "resultSent")
            {
                return file["debitedLines"]!.GetValue<int>() == lines
                    ? new JsonObject
                    {
                        ["lines"] = lines,
                        ["checkSeconds"] = Math.Round(checkedAt, 2),
                        ["debitSeconds"] = Math.Round(seconds - checkedAt, 2),
                    }
                    : throw new InvalidOperationException($"Not every line was debited: {file.ToJsonString()}");
            }

            if (state == "refused" || seconds > s_longest.TotalSeconds)
            {
                throw new InvalidOperationException($"The debit file is {file.ToJsonString()}");
            }

            await look.WaitForNextTickAsync();
        }
    }

    /// <summary>1, 2, 3, … over the runs of one folder.</summary>
    private async Task<int> Next(string name)
    {
        var file = Path.Combine(folder, name);
        var next = File.Exists(file) ? int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture) + 1 : 1;
        await File.WriteAllTextAsync(file, $"{next}");
        return next;
    }

    private static string Today() =>
        TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Customer(string run, int i) => string.Create(CultureInfo.InvariantCulture, $"{run}{i:D9}");

    private static string AccountOf(int i) => string.Create(CultureInfo.InvariantCulture, $"622320777{i:D10}");

    private static JsonObject SupplyCompany() =>
        new()
        {
            ["name"] = "示范市供电公司",
            ["businessKind"] = "electricity",
            ["customerNumber"] = "8000012345",
            ["contractNumber"] = "DS-2026-001",
            ["unionCode"] = Branch,
            ["signedOn"] = "2026-01-05",
            ["mode"] = "both",
            ["batchMode"] = "collect",
            ["transitAccount"] = "2610100001",
            ["settlementAccount"] = Settlement,
            ["settlementName"] = "示范市供电公司",
            ["customerNumberLengths"] = new JsonArray(10),
            ["customerNumberCheck"] = "none",
            ["debitTries"] = 1,
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

    private Task<JsonNode> Account(string token, string number, string holder, string certificate, string kind) =>
        Post(
            token,
            "payer-accounts",
            new JsonObject
            {
                ["accountNumber"] = number,
                ["holder"] = holder,
                ["certificateNumber"] = certificate,
                ["kind"] = kind,
            }
        );

    private async Task Customers(string run, int count)
    {
        foreach (var part in Enumerable.Range(0, count).Chunk(Chunk))
        {
            var rows = part.Select(i => new JsonObject
            {
                ["number"] = Customer(run, i),
                ["name"] = Holder,
                ["address"] = "示范市城东区建设路 1 号",
                ["kind"] = "household",
                ["unit"] = Unit,
            });
            await Admin("customers", new JsonArray([.. rows]));
        }
    }

    private async Task Receivables(string run, int count)
    {
        var salt = Stopwatch.GetTimestamp();
        foreach (var part in Enumerable.Range(0, count).Chunk(Chunk))
        {
            var rows = part.Select(i => new JsonObject
            {
                ["id"] = $"C{salt}{i:D8}",
                ["customer"] = Customer(run, i),
                ["month"] = "202512",
                ["sequence"] = 1,
                ["principal"] = 12_835,
                ["due"] = "2099-12-31",
            });
            await Admin("receivables", new JsonArray([.. rows]));
        }
    }

    private async Task Admin(string path, JsonArray body)
    {
        using var response = await _http.PostAsync(new Uri(power, $"admin/{path}"), Json(body));
        response.EnsureSuccessStatusCode();
    }

    private async Task<string> SignIn(string branch, string login, string password)
    {
        var body = new JsonObject
        {
            ["branchCode"] = branch,
            ["login"] = login,
            ["password"] = password,
        };
        using var response = await _http.PostAsync(new Uri(api, "v1/sign-in"), Json(body));
        return (await Answer(response))["accessToken"]!.ToString();
    }

    private async Task Approved(string token, string path, JsonObject body)
    {
        using var asked = await Request(HttpMethod.Put, token, path, Json(body));
        var problem = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!;
        var approval = new JsonObject
        {
            ["approvalRequestId"] = problem["approvalRequestId"]!.ToString(),
            ["login"] = "admin",
            ["password"] = "Admin2026x",
        };
        using var given = await Request(HttpMethod.Post, token, "../approvals", Json(approval));
        var approved = (await Answer(given))["approvalToken"]!.ToString();
        using var done = await Request(HttpMethod.Put, token, path, Json(body), approved);
        await Answer(done);
    }

    private Task<JsonNode> Post(string token, string path, JsonObject body) => Send(HttpMethod.Post, token, path, Json(body));

    private async Task<JsonNode> Send(HttpMethod method, string token, string path, HttpContent? content)
    {
        using var response = await Request(method, token, path, content);
        return await Answer(response);
    }

    private async Task<HttpResponseMessage> Request(
        HttpMethod method,
        string token,
        string path,
        HttpContent? content,
        string? approval = null
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(api, $"v1/electricity/{path}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        if (method == HttpMethod.Put)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        }

        if (approval is not null)
        {
            request.Headers.Add("Approval-Token", approval);
        }

        return await _http.SendAsync(request);
    }

    private static async Task<JsonNode> Answer(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {text}");
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
