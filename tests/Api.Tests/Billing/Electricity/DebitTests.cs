// Slices: SubmitDebitFile, FetchDebitFile, SteerDebitFile, GetDebitFile, GetDebitResult, ListDebitCodes.
using System.Net;
using System.Net.Http.Headers;
using Billing.Electricity.Files;

namespace Api.Tests.Billing.Electricity;

public sealed class DebitTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-07.2"), Trait("Requirement", "EB-07.4")]
    public async Task A_batch_debits_each_line_once_and_every_line_ends_with_a_code(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var (rich, poor, frozen) = (await desk.Account(100_000), await desk.Account(500), await desk.Account(100_000));
        var customers = new List<string>();
        foreach (var (account, i) in new[] { rich, poor, frozen, rich, rich }.Select((a, i) => (a, i)))
        {
            customers.Add(await desk.Customer());
            if (i != 4)
            {
                (await desk.Sign($"XY{i}", customers[i], account)).Is(HttpStatusCode.Created);
            }
        }

        (
            await desk.Cashier.PutApproved(
                $"/v1/electricity/payer-accounts/{frozen}/state",
                new { state = "frozen" },
                "\"0\"",
                desk.Branch.Second
            )
        ).Is(HttpStatusCode.OK);
        var receivable = await desk.Power.Bill(customers[0], 1_000);
        DebitLine[] lines =
        [
            Line(1, customers[0], receivable, 1_000, rich),
            Line(2, customers[1], "YSB2", 1_000, poor),
            Line(3, customers[2], "YSB3", 1_000, frozen),
            Line(4, customers[3], "YSB4", 1_000, poor),
            Line(5, customers[4], "YSB5", 1_000, rich),
            Line(6, customers[0], receivable, 1_000, rich),
            Line(7, customers[0], "YSB7", 1_000, rich) with
            {
                Total = 999,
            },
            Line(8, customers[0], "YSB8", 1_000, "6223201234569999999"),
            Line(9, customers[0], "YSB9", 1_000, rich) with
            {
                AccountName = "李四",
            },
        ];

        var serial = (await Submit(desk, 1, lines)).Is(HttpStatusCode.Accepted).SerialNumber;
        (await Submit(desk, 1, lines)).IsRefused(HttpStatusCode.Conflict, "debit-file-known");
        var sent = await Ends(desk, serial, "resultSent");

        Assert.Equal(
            (9L, 1L, 1_000L, 2L),
            (sent.Number("lines"), sent.Number("debitedLines"), sent.Number("debitedAmount"), sent.Number("round"))
        );
        var (result, _) = await desk.Cashier.Download($"/v1/electricity/debit-files/{serial}/result");
        var rows = Gbk.Encoding.GetString(result).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("H|1.0|DKRES|0006|37010|20260105|001|9|", rows[0], StringComparison.Ordinal);
        // Of the two lines with one receivable whichever comes first is debited.
        var codes = rows[1..^1].Select(r => r.Split('|')[13]).ToList();
        Assert.Equal(["0000", "0008"], new[] { codes[0], codes[5] }.Order(StringComparer.Ordinal));
        Assert.Equal(["0001", "0005", "0007", "0006"], codes[1..5]);
        Assert.Equal(["0009", "0002", "0003"], codes[6..]);
        Assert.EndsWith("|1|10.00", rows[^1], StringComparison.Ordinal);
        Assert.Equal((99_000L, 1_000L), (await desk.AccountBalance(rich), await desk.Transit()));

        // The power side has what was debited, and both sides agree at the end of the day.
        Assert.Equal(0, (await desk.Quote(customers[0])).Number("total"));
        await desk.CloseWorkDate();
        Assert.Empty(await desk.Cashier.Walk("/v1/electricity/differences"));
        Assert.Equal((0L, 1_000L), (await desk.Transit(), await desk.Settlement()));
        await desk.Branch.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-07.4")]
    public async Task A_wrong_file_is_refused_whole_and_lines_short_of_funds_are_tried_again(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var account = await desk.Account(0);
        var customer = await desk.Customer();
        (await desk.Sign("XY1", customer, account)).Is(HttpStatusCode.Created);
        DebitLine[] lines = [Line(1, customer, "YSC1", 1_000, account)];

        var wrong = (await Submit(desk, 1, lines, count: 2)).Is(HttpStatusCode.Accepted).SerialNumber;
        var refused = await Ends(desk, wrong, "refused");
        Assert.Contains(refused.Body["faults"]!.AsArray(), f => f!["code"]!.GetValue<string>() == "count-differs");

        // The batch number of a refused file is free; money that comes in between the runs is found.
        var serial = (await Submit(desk, 1, lines)).Is(HttpStatusCode.Accepted).SerialNumber;
        await Eventually.Holds(() => State(desk, serial), s => s is "waiting" or "resultSent" or "finished");
        (await desk.Cashier.Post($"/v1/electricity/payer-accounts/{account}/payments-in", new { amount = 1_000 })).Is(
            HttpStatusCode.Created
        );
        var end = await Ends(desk, serial, "resultSent");
        Assert.True(end.Number("debitedLines") is 0 or 1);
        Assert.Equal(1_000 * end.Number("debitedLines"), await desk.Transit());
        Assert.Equal(2, end.Number("round"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-07.2")]
    public async Task A_batch_of_two_processes_is_stopped_and_continued_without_a_double_debit(Database database)
    {
        const int count = 600;
        await using var desk = await ElectricityDesk.Open(database);
        await using var second = await TestHost.Start(database, desk.Host.ConnectionString, ElectricityDesk.Settings(desk.Power));
        var account = await desk.Account(count * 100);
        var customer = await desk.Customer();
        (await desk.Sign("XY1", customer, account)).Is(HttpStatusCode.Created);
        DebitLine[] lines = [.. Enumerable.Range(1, count).Select(i => Line(i, customer, $"YSD{i}", 100, account))];
        var name = new ElectricityFileName("DKREQ", "0006", "37010", desk.Date, 7);
        await desk.Power.Put(name.Text, await File(lines, 7, count));

        var fetched = await desk.Cashier.Post("/v1/electricity/debit-files/fetches", new { date = desk.Date, name = name.Text });
        var path = $"/v1/electricity/debit-files/{fetched.Is(HttpStatusCode.Accepted).SerialNumber}";
        for (var i = 0; i < 3; i++)
        {
            var stopped = await Retries.Again(() => desk.Cashier.Post($"{path}/stop", new { }));
            if (stopped.Status == HttpStatusCode.Created)
            {
                (await Retries.Again(() => desk.Cashier.Post($"{path}/continuation", new { }))).Is(HttpStatusCode.Created);
            }
        }

        await Ends(desk, fetched.SerialNumber, "resultSent");
        Assert.Equal((0L, count * 100L), (await desk.AccountBalance(account), await desk.Transit()));
        await desk.Branch.BooksAreSound();
    }

    private static DebitLine Line(int number, string customer, string receivable, long fen, string account) =>
        new(number, customer, "张敏", "202512", "01", receivable, fen, 0, fen, account, ElectricityDesk.Holder, "2");

    private static async Task<byte[]> File(DebitLine[] lines, int batch, int count)
    {
        using var file = new MemoryStream();
        var writer = new DebitFileWriter(file, DebitFileForm.Separated);
        await writer.Header(
            "DKREQ",
            new DebitHeader("0006", "37010", new DateOnly(2026, 1, 5), batch, count, lines.Sum(l => l.Total)),
            default
        );
        foreach (var line in lines)
        {
            await writer.Line(line, null, default);
        }

        await writer.Trailer(count, lines.Sum(l => l.Total), default);
        return file.ToArray();
    }

    private static async Task<Answered> Submit(ElectricityDesk desk, int batch, DebitLine[] lines, int? count = null)
    {
        var name = new ElectricityFileName("DKREQ", "0006", "37010", desk.Date, batch).Text;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/electricity/debit-files?fileName={name}");
        request.Content = new ByteArrayContent(await File(lines, batch, count ?? lines.Length));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", desk.Cashier.Token);
        request.Headers.Add("Idempotency-Key", Clerk.NewKey());
        using var response = await desk.Host.Client.SendAsync(request);
        return await Answered.Of(response);
    }

    private static async Task<string> State(ElectricityDesk desk, string serial) =>
        (await desk.Cashier.Get($"/v1/electricity/debit-files/{serial}")).Is(HttpStatusCode.OK)["state"];

    private static Task<Answered> Ends(ElectricityDesk desk, string serial, string state) =>
        Eventually.Holds(
            async () => (await desk.Cashier.Get($"/v1/electricity/debit-files/{serial}")).Is(HttpStatusCode.OK),
            f => f["state"] == state
        );
}
