using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Billing.Electricity;
using Billing.Electricity.Deposits;
using Billing.Electricity.Files;
using Billing.Electricity.Payments;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Billing.Electricity;

/// <summary>What must hold after every work date, whatever went wrong: in the bank's books, in the power side's, and between them.</summary>
internal sealed class RandomDaysCheck(ElectricityDesk desk)
{
    private readonly List<(string Id, string Customer, long Fen)> _bills = [];
    private readonly List<(string Number, long Fen)> _accounts = [];
    private readonly List<string> _deposits = [];
    private RandomBatches _batches = null!;
    private long _paidIn;

    public void Billed(string id, string customer, long fen) => _bills.Add((id, customer, fen));

    public void PaidIn(long fen) => _paidIn += fen;

    public void Opened(string number, long fen) => _accounts.Add((number, fen));

    public void Batches(RandomBatches batches) => _batches = batches;

    public void Asked(string deposit) => _deposits.Add(deposit);

    public async Task Agrees()
    {
        var payments = await Payments();
        Assert.All(payments, p => Assert.True(PaymentStates.IsFinal(p.State), $"{p.SerialNumber} is {p.State}."));
        List<ElectricityPayment> paid = [.. payments.Where(p => p.State == PaymentState.Paid)];
        Assert.Equal((0L, 0L, paid.Sum(p => p.Total)), (await desk.InDoubt(), await desk.Transit(), await desk.Settlement()));
        Assert.Equal(Ours(paid), await Theirs());
        await NobodyPaysTwiceOrForNothing(paid);
    }

    /// <summary>Pays out what is owed to payers who had gone: then drawer and accounts hold what was paid, to the fen.</summary>
    public async Task EveryFenIsWhereItBelongs()
    {
        var payments = await Payments();
        foreach (var back in payments.Where(p => p.State is PaymentState.Refused or PaymentState.Reversed))
        {
            var answer = await desk.Cashier.Post($"/v1/electricity/payments/{back.SerialNumber}/owed-payment", new { });
            Assert.True(answer.Status == HttpStatusCode.Created || answer.Code == "nothing-owed", answer.Text);
        }

        List<ElectricityPayment> paid = [.. payments.Where(p => p.State == PaymentState.Paid)];
        Assert.Equal(_paidIn + paid.Where(p => p.Method == CollectionMethod.Cash).Sum(p => p.Total), await desk.Cash());
        var left = 0L;
        foreach (var (number, _) in _accounts)
        {
            left += await desk.AccountBalance(number);
        }

        Assert.Equal(_accounts.Sum(a => a.Fen) - paid.Where(p => p.PayerAccountId is not null).Sum(p => p.Total), left);
        await using var db = await desk.Host.OpenDatabase();
        var unused = await db.Set<OtherBankCheque>().Where(c => c.State == OtherBankChequeState.Collected).SumAsync(c => c.Amount);
        Assert.Equal(unused, await desk.Branch.Balance(ElectricityAccounts.OtherTransfers, desk.UnitId));
    }

    private async Task<List<ElectricityPayment>> Payments()
    {
        await using var db = await desk.Host.OpenDatabase();
        return await db.Set<ElectricityPayment>().AsNoTracking().OrderBy(p => p.Id).ToListAsync();
    }

    private async Task NobodyPaysTwiceOrForNothing(List<ElectricityPayment> paid)
    {
        var at = paid.SelectMany(p => p.AllItems).GroupBy(i => i.Receivable).ToDictionary(g => g.Key, g => g.Sum(i => i.Principal));
        List<(string Id, string Customer, long Fen)> bills = [.. _bills, .. _batches.Bills];
        foreach (var customer in bills.GroupBy(b => b.Customer))
        {
            var shown = (await desk.Power.Http.GetFromJsonAsync<JsonObject>($"customers/{customer.Key}/receivables"))!;
            var owed = shown["receivables"]!
                .AsArray()
                .ToDictionary(r => r!["id"]!.GetValue<string>(), r => r!["principal"]!.GetValue<long>());
            foreach (var (id, _, fen) in customer)
            {
                Assert.True(
                    fen == at.GetValueOrDefault(id) + owed.GetValueOrDefault(id),
                    $"Of {fen} fen of {id} {at.GetValueOrDefault(id)} are paid and {owed.GetValueOrDefault(id)} owed."
                );
            }

            Assert.Equal(paid.Where(p => p.Customer == customer.Key).Sum(p => p.Prepaid), shown["balance"]!.GetValue<long>());
        }

        foreach (var number in _deposits)
        {
            var shown = (await desk.Power.Http.GetFromJsonAsync<JsonObject>($"units/{ElectricityDesk.Unit}/deposits/{number}"))!;
            var times = paid.Count(p => p.Kind == PaymentKind.Deposit && p.Reference == number);
            Assert.True(
                times == (shown["state"]!.GetValue<string>() == "paid" ? 1 : 0),
                $"{number}: {shown["state"]}, paid {times} times."
            );
        }
    }

    private static List<string> Ours(List<ElectricityPayment> paid) =>
        [
            .. paid.SelectMany(p =>
                    p.AllItems.Select(i => $"{p.SerialNumber} {i.Receivable} {YuanText.Of(i.Total)}")
                        .Concat(p.Prepaid > 0 ? [$"{p.SerialNumber}  {YuanText.Of(p.Prepaid)}"] : [])
                )
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The power side's lines of all dates that are done.</summary>
    private async Task<List<string>> Theirs()
    {
        var lines = new List<string>();
        for (var date = new DateOnly(2026, 1, 5); date <= desk.Date; date = date.AddDays(1))
        {
            var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var bytes = await desk.Power.Http.GetByteArrayAsync($"lines/{day}?unit={ElectricityDesk.Unit}");
            foreach (var line in Gbk.Encoding.GetString(bytes).Split("\r\n").Where(l => l.StartsWith("R|", StringComparison.Ordinal)))
            {
                var f = line.Split('|');
                if (f[12] == "S")
                {
                    lines.Add($"{f[2]} {f[5]} {f[9]}");
                }
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
