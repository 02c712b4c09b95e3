using System.Net;
using Billing.Electricity.Files;

namespace Api.Tests.Billing.Electricity;

public sealed class KilledDebitTests
{
    private const int Lines = 2_000;
    private const int Kills = 5;
    private const int Payers = 10;

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-07.2")]
    public async Task Five_kills_of_two_processes_debit_every_line_once(Database database)
    {
        // The host of the test takes the file and does no work: the processes do.
        await using var desk = await ElectricityDesk.Open(database, works: false);
        var payers = new List<(string Customer, string Account)>();
        for (var i = 0; i < Payers; i++)
        {
            payers.Add((await desk.Customer(), await desk.Account(Lines / Payers * 100)));
            (await desk.Sign($"XY{i}", payers[i].Customer, payers[i].Account)).Is(HttpStatusCode.Created);
        }

        var name = new ElectricityFileName("DKREQ", "0006", "37010", desk.Date, 1);
        await desk.Power.Put(name.Text, await File(payers));
        var taken = await desk.Cashier.Post("/v1/electricity/debit-files/fetches", new { date = desk.Date, name = name.Text });
        var serial = taken.Is(HttpStatusCode.Accepted).SerialNumber;
        Task<Answered> Look() => desk.Cashier.Get($"/v1/electricity/debit-files/{serial}");
        var settings = ApiProcess.Settings(database, desk.Host.ConnectionString);
        foreach (var (key, value) in ElectricityDesk.Settings(desk.Power))
        {
            settings[key] = value;
        }

        ApiProcess[] processes = [await ApiProcess.Start(settings), await ApiProcess.Start(settings)];
        for (var kill = 0; kill < Kills; kill++)
        {
            var some = Lines / (Kills + 1) * (kill + 1);
            await Eventually.Holds(Look, f => f.Number("done") >= some || f["state"] == "resultSent");
            await processes[kill % 2].DisposeAsync();
            processes[kill % 2] = await ApiProcess.Start(settings);
        }

        var end = await Eventually.Holds(Look, f => f["state"] == "resultSent");
        Assert.Equal((Lines, Lines), (end.Number("done"), end.Number("debitedLines")));
        foreach (var (_, account) in payers)
        {
            Assert.Equal(0, await desk.AccountBalance(account));
        }

        Assert.Equal(Lines * 100, await desk.Transit());
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await desk.Branch.BooksAreSound();
    }

    private static async Task<byte[]> File(List<(string Customer, string Account)> payers)
    {
        using var file = new MemoryStream();
        var writer = new DebitFileWriter(file, DebitFileForm.Separated);
        await writer.Header("DKREQ", new DebitHeader("0006", "37010", new DateOnly(2026, 1, 5), 1, Lines, Lines * 100), default);
        for (var i = 1; i <= Lines; i++)
        {
            var (customer, account) = payers[i % Payers];
            var line = new DebitLine(i, customer, "张敏", "202512", "01", $"YSK{i}", 100, 0, 100, account, ElectricityDesk.Holder, "2");
            await writer.Line(line, null, default);
        }

        await writer.Trailer(Lines, Lines * 100, default);
        return file.ToArray();
    }
}
