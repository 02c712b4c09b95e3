using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Counter.Payments;
using Issuance;
using Platform.Documents;

namespace Api.Tests.Platform.Documents;

/// <summary>The day-end sheet adds up by itself: every total is recomputed here from the lines that the page shows (PL-05.5).</summary>
[Trait("Requirement", "PL-05.5"), Trait("Requirement", "PL-04.1")]
public sealed partial class DayEndSheetTests
{
    [Theory, EachDatabase]
    public async Task Every_total_is_the_sum_of_the_lines_above_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 150_000);
        await counter.Collected(card, 20_005, "bankCard");
        var yesterday = await counter.Collected(card, 3_000);
        var voided = await counter.Collected(card, 50_000);
        (await counter.Void(card, voided, 50_000)).Is(HttpStatusCode.Created);
        (await counter.Second.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(40))).Is(HttpStatusCode.Created);
        (await counter.Allocate(card, 10_000)).Is(HttpStatusCode.Created);
        await InsertIssue(counter, fee: 1_500, deposit: 1_000);
        var first = await Sheet(counter);
        (await counter.Reverse(card, yesterday, 3_000)).Is(HttpStatusCode.Created);
        var second = await Sheet(counter);

        Assert.Equal(150_000 + 20_005 + 3_000 + 40 + 2_500, Received(first));
        Assert.Equal(-3_000, Received(second));
        foreach (var page in (string[])[first, second])
        {
            var tables = Tables(page);
            Assert.All(tables, AddsUp);
            Assert.Equal(Total(tables, "received"), Total(tables, "received-by-operator"));
            Assert.DoesNotContain("（授权）", page, StringComparison.Ordinal);
            Assert.DoesNotContain(">预分配<", page, StringComparison.Ordinal);
        }

        // The void is negative and red, and what a card cost stands as fee and deposit, not as an amount besides.
        Assert.Matches("<td class=\"red\">撤单</td>", first);
        Assert.Contains("<td class=\"right figures red\">-500.00</td>", first, StringComparison.Ordinal);
        Assert.Equal(["1", "0.00", "15.00", "10.00", "25.00"], Row(first, "发卡")[^5..]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.4")]
    public async Task The_cash_that_was_received_is_the_cash_that_the_drawers_hold(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 700);
        await counter.Collected(card, 900, "transfer");
        var voided = await counter.Collected(card, 200);
        (await counter.Void(card, voided, 200)).Is(HttpStatusCode.Created);
        var closed = (await counter.CloseDay()).Is(HttpStatusCode.Created);

        var data = (await (await PaperClerk.At(counter)).Show(closed.SerialNumber, "day-end-sheet")).Data;

        Assert.Equal(1_600, data["netReceived"]!.GetValue<long>());
        Assert.Equal(700, data["netCash"]!.GetValue<long>());
        Assert.Equal(700, data["cash"]!.AsArray().Sum(c => c!["booked"]!.GetValue<long>()));
    }

    private static async Task<string> Sheet(TestCounter counter)
    {
        var closed = (await counter.CloseDay()).Is(HttpStatusCode.Created);
        return (await (await PaperClerk.At(counter)).Show(closed.SerialNumber, "day-end-sheet", PaperClerk.Html)).Text;
    }

    /// <summary>A card issued for cash, as its confirmation books it.</summary>
    private static async Task InsertIssue(TestCounter counter, long fee, long deposit)
    {
        var (id, actor) = (Ids.Next(), new Actor(counter.BranchId, counter.Second.Id));
        var booking = new SilentBooking(id, actor, new AuditNote("test", "issue"))
            .WithHead(
                new Transaction(id, IssuanceTransactions.Issue, actor)
                {
                    Amount = fee + deposit,
                    Fee = fee,
                    Deposit = deposit,
                    PaymentMethod = nameof(PaymentMethod.Cash),
                }
            )
            .Move(
                new AccountRef(CounterAccounts.Drawer, actor.OperatorId),
                new AccountRef(CounterAccounts.FeeIncome, actor.BranchId),
                fee + deposit
            );
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
    }

    private static List<(string Name, List<string[]> Lines, string[] Total)> Tables(string page) =>
        [
            .. SectionTable()
                .Matches(page)
                .Select(m => XElement.Parse(m.Value))
                .Select(t =>
                    (
                        t.Attribute("data-section")!.Value,
                        t.Element("tbody")!.Elements("tr").Select(Cells).ToList(),
                        Cells(t.Element("tfoot")!.Element("tr")!)
                    )
                ),
        ];

    private static string[] Cells(XElement row) => [.. row.Elements("td").Select(c => c.Value.Trim())];

    /// <summary>Column by column from the right, where the figures are.</summary>
    private static void AddsUp((string Name, List<string[]> Lines, string[] Total) table)
    {
        Assert.NotEmpty(table.Lines);
        var figures = table.Total.Count(c => Figure(c) is not null);
        Assert.True(figures >= 2, table.Name);
        for (var i = 1; i <= table.Total.Length && (Figure(table.Total[^i]) is not null || table.Total[^i].Length == 0); i++)
        {
            if (Figure(table.Total[^i]) is { } total)
            {
                Assert.Equal((table.Name, i, total), (table.Name, i, table.Lines.Sum(l => Figure(l[^i])!.Value)));
            }
        }
    }

    private static decimal? Figure(string text) =>
        decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var figure)
            ? figure
            : null;

    private static string Total(List<(string Name, List<string[]> Lines, string[] Total)> tables, string name) =>
        string.Join('|', tables.Single(t => t.Name == name).Total);

    private static string[] Row(string page, string type) =>
        Tables(page).Single(t => t.Name == "received").Lines.Single(l => l.Contains(type));

    /// <summary>Fen of the first section's total.</summary>
    private static decimal Received(string page)
    {
        var table = Tables(page).Single(t => t.Name == "received");
        return Figure(table.Total[5])!.Value * 100;
    }

    [GeneratedRegex("<table class=\"lines\" data-section=.*?</table>", RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex SectionTable();
}
