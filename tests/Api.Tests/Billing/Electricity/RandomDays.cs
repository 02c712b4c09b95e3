using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Billing.Electricity.Payments;

namespace Api.Tests.Billing.Electricity;

/// <summary>One life: what its payers, tellers and files do, day by day. What must hold is in <see cref="RandomDaysCheck"/>.</summary>
internal sealed class RandomDays(ElectricityDesk desk, Random random, KilledFleet? fleet = null)
{
    private const int Customers = 4;
    private const int Visits = 6;
    private const int Deposits = 2;

    /// <summary>Of one request: a process that was killed takes seconds to come back.</summary>
    private const int MostTries = 3_000;

    private static readonly string[] s_channels = ["counter", "internetBank", "mobileBank", "phonePos", "phoneBank", "farmerTerminal"];

    private static readonly (string Operation, string Kind)[] s_faults =
    [
        ("payment", "before"),
        ("payment", "after"),
        ("payment", "twice"),
        ("payment", "late"),
        ("payment", "slow"),
        ("payment", "changed"),
        ("ask", "before"),
        ("reversal", "before"),
        ("reversal", "after"),
        ("reversal", "refused"),
        ("deposit", "before"),
        ("deposit", "after"),
        ("deposit-reversal", "after"),
        ("deposit-reversal", "refused"),
        ("receivables", "before"),
        ("files", "before"),
        ("files", "after"),
        ("lines", "before"),
        ("sign-off", "after"),
        ("adjustment", "after"),
        ("adjustment", "refused"),
        ("any", "before"),
    ];

    private readonly RandomDaysCheck _check = new(desk);
    private readonly RandomBatches _batches = new(desk);
    private readonly List<string> _customers = [];
    private readonly List<string> _accounts = [];
    private int _requests;
    private readonly ConcurrentBag<(string Number, long Fen)> _asked = [];
    private int _deposits;

    public ConcurrentQueue<string> Log { get; } = new();

    public async Task Begin()
    {
        for (var i = 0; i < Customers; i++)
        {
            _customers.Add(await desk.Customer());
            _accounts.Add(await Account(i == 0 ? 2_000 : 1_000_000));
        }

        await _batches.Begin(await Account(1_500), await Account(1_000_000), await desk.Customer(), await desk.Customer());
        _check.Batches(_batches);
    }

    public async Task Day()
    {
        await desk.Power.NoFaults();
        var date = desk.Date.AddDays(1);
        await desk.SignOn(date);
        Log.Enqueue($"day {date:MM-dd}");
        await _batches.Continue();
        foreach (var customer in _customers)
        {
            await Bill(customer, random.Next(1, 5_000));
        }

        for (var i = 0; i < Deposits; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"JK{++_deposits:D6}");
            var fen = random.Next(1, 10_000);
            await desk.Power.Deposit(ElectricityDesk.Unit, number, fen);
            _check.Asked(number);
            _asked.Add((number, fen));
        }

        await _batches.Prepare(random);
        for (var i = random.Next(0, 5); i > 0; i--)
        {
            var (operation, kind) = s_faults[random.Next(s_faults.Length)];
            Log.Enqueue($"{operation} {kind}");
            await desk.Power.Fault(operation, kind, random.Next(1, 4), kind is "late" or "slow" ? random.Next(200, 1_500) : 0);
        }

        // A generator each: visits run at once.
        var visits = Enumerable.Range(0, Visits).Select(_ => Visit(new Random(random.Next()))).ToList();
        visits.Add(_batches.Run(new Random(random.Next())));
        visits.Add(Disturb(random.Next(10)));
        await Task.WhenAll(visits.Take(random.Next(visits.Count)));
        var close = random.Next(2) == 0 ? Task.WhenAll(visits) : Task.CompletedTask;
        await close;
        await desk.CloseWorkDate();
        await Task.WhenAll(visits);
        await Settle();
        await _check.Agrees();
    }

    public async Task End()
    {
        // What only waits for its work date to go on ends now.
        await desk.SignOn(desk.Date.AddDays(1));
        await _batches.Continue();
        await desk.CloseWorkDate();
        await Settle();
        await _check.Agrees();
        await _check.EveryFenIsWhereItBelongs();
    }

    private async Task<string> Account(long fen)
    {
        _check.PaidIn(fen);
        var number = await desk.Account(fen);
        _check.Opened(number, fen);
        return number;
    }

    private async Task Bill(string customer, long fen) => _check.Billed(await desk.Power.Bill(customer, fen), customer, fen);

    /// <summary>Somebody comes and pays; some come again and want it back.</summary>
    private async Task Visit(Random chance)
    {
        // Several tasks begin here together: none may run ahead before all are there.
        await Task.Yield();
        var serial = chance.Next(5) == 0 ? await Deposit(chance) : await Pay(chance);
        if (serial is null || chance.Next(3) > 0)
        {
            return;
        }

        var (path, body) = serial.Value.Deposit
            ? ($"/v1/electricity/deposits/{serial.Value.Number}/reversal", (object)new { reason = "重复缴款" })
            : ($"/v1/electricity/payments/{serial.Value.Number}/reversal", new { reason = "金额录入错误", invoiceReturned = false });
        var answer = await Send(c => c.PostApproved(path, body, desk.Branch.Second));
        Log.Enqueue($"reversal of {serial.Value.Number}: {(int)answer.Status}");
    }

    private async Task<(string Number, bool Deposit)?> Pay(Random chance)
    {
        var customer = _customers[chance.Next(Customers)];
        var quote = await Send(c => c.Search("/v1/electricity/quotes", new { customerNumber = customer }));
        if (quote.Status != HttpStatusCode.OK || quote.Body["receivables"]!.AsArray() is not { Count: > 0 } owed)
        {
            return null;
        }

        var channel = s_channels[chance.Next(s_channels.Length)];
        var account = channel != "counter" || chance.Next(2) == 0 ? _accounts[chance.Next(Customers)] : null;
        var count = chance.Next(1, owed.Count + 1);
        var total = owed.Take(count).Sum(r => r!["total"]!.GetValue<long>());
        var last = owed[count - 1]!["total"]!.GetValue<long>();
        var amount =
            quote.Body["partsAllowed"]!.GetValue<bool>() && chance.Next(3) == 0 && last > 1 ? total - chance.Next(1, (int)last)
            : quote.Body["keepsBalance"]!.GetValue<bool>() && count == owed.Count && chance.Next(3) == 0 ? total + chance.Next(1, 500)
            : total;
        var body = ElectricityDesk.Payment(quote, account, channel, amount, count);
        return await Paid("/v1/electricity/payments", body, chance, deposit: false);
    }

    private async Task<(string Number, bool Deposit)?> Deposit(Random chance)
    {
        // More than the day's visits may find none.
        if (!_asked.TryTake(out var asked))
        {
            return null;
        }

        var (number, fen) = asked;
        var body = new JsonObject { ["amount"] = fen, ["method"] = "cash" };
        if (chance.Next(2) == 0)
        {
            var cheque = new
            {
                bankNumber = "102100099996",
                chequeNumber = number[2..] + "00",
                drawerAccount = "0200003419027309871",
                amount = fen,
            };
            var accepted = await Send(
                c => c.Post($"/v1/electricity/units/{ElectricityDesk.Unit}/other-bank-cheques", cheque),
                HttpStatusCode.Created
            );
            var decision = chance.Next(4) == 0 ? "return" : "collection";
            await Send(
                c => c.Post($"/v1/electricity/other-bank-cheques/{accepted.SerialNumber}/{decision}", new { }),
                HttpStatusCode.Created
            );
            (body["method"], body["otherBankCheque"]) = ("otherTransfers", accepted.SerialNumber);
        }

        return await Paid($"/v1/electricity/units/{ElectricityDesk.Unit}/deposits/{number}/payments", body, chance, deposit: true);
    }

    /// <summary>Sends it under one key, also twice at once, as front ends do that hear nothing.</summary>
    private async Task<(string Number, bool Deposit)?> Paid(string path, JsonObject body, Random chance, bool deposit)
    {
        var key = Clerk.NewKey();
        var text = body.ToJsonString();
        Task<Answered> Once() => Send(c => c.Post(path, JsonNode.Parse(text)!, key));
        var answers = await Task.WhenAll(Enumerable.Range(0, chance.Next(4) == 0 ? 2 : 1).Select(_ => Once()));
        foreach (var answer in answers)
        {
            Assert.True((int)answer.Status < 500 || answer.Code == "power-side-silent", answer.Text);
        }

        var done = answers.FirstOrDefault(a => a.Status == HttpStatusCode.Created);
        Log.Enqueue($"{body["method"]} {body["amount"]}: {done?.SerialNumber} {done?["state"] ?? answers[0].Code}");
        return done is null ? null : (done.SerialNumber, deposit);
    }

    /// <summary>A request to whichever process answers; again under its key where one was killed.</summary>
    private async Task<Answered> Send(Func<Clerk, Task<Answered>> request, HttpStatusCode? expected = null)
    {
        for (var i = 0; ; i++)
        {
            var clerk = fleet is null ? desk.Cashier : desk.At(fleet.Http(Interlocked.Increment(ref _requests)));
            try
            {
                var answer = await request(clerk);
                if ((int)answer.Status < 400 || i >= MostTries || !IsBusy(answer))
                {
                    return expected is { } status ? answer.Is(status) : answer;
                }
            }
            catch (Exception e)
                when (fleet is not null
                    && i < MostTries
                    && e is HttpRequestException or OperationCanceledException or ObjectDisposedException
                )
            {
                // That process is gone.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static bool IsBusy(Answered answer) =>
        answer.Code is "idempotency-key-in-use" or "concurrent-change" or "database-busy" or "overloaded";

    private async Task Disturb(int what)
    {
        await Task.Yield();
        if (what == 0 || (fleet is not null && what < 4))
        {
            Log.Enqueue("power side killed");
            await desk.Power.KillAndRestart();
        }

        if (fleet is not null)
        {
            Log.Enqueue("process killed");
            await fleet.Kill();
        }
    }

    /// <summary>Looks at what differs and asks for it, until all is settled.</summary>
    private async Task Settle()
    {
        await Eventually.Holds(
            async () =>
            {
                var open = (await desk.Cashier.Walk("/v1/electricity/differences")).Where(d => Text(d, "state") != "settled").ToList();
                foreach (var difference in open.Where(d => Text(d, "state") == "open"))
                {
                    var path = $"/v1/electricity/differences/{Text(difference, "differenceId")}";
                    Log.Enqueue($"{Text(difference, "kind")} {difference["bank"]?["bankSerial"]} {difference["power"]?["powerSerial"]}");
                    (await desk.Cashier.Post($"{path}/look", new { evidence = "双方核对" })).Is(HttpStatusCode.Created);
                    (await desk.Cashier.Post($"{path}/asking", new { evidence = "电力方回函" })).Is(HttpStatusCode.Created);
                }

                return open.Count;
            },
            open => open == 0
        );
        await desk.Power.NoFaults();
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
