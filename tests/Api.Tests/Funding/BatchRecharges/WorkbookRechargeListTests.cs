using System.Globalization;
using System.Net;
using Api.Tests.Platform.Tables;
using Platform.Parameters;
using Platform.Tables;

namespace Api.Tests.Funding.BatchRecharges;

/// <summary>A unit that works with a spreadsheet: the list goes in as a workbook, and the result comes back as one.</summary>
public sealed class WorkbookRechargeListTests
{
    [Theory, EachDatabase("xlsx", "xls")]
    [Trait("Requirement", "FC-20.1"), Trait("Requirement", "FC-23.1")]
    public async Task A_workbook_is_posted_and_answered_by_a_workbook(Database database, string format)
    {
        var desk = await RechargeDesk.Open(database, cards: 3, unitFen: 10_000);
        var file = await Workbook(desk, format);
        var serial = await desk.Submitted(file, format);
        await desk.Counter.LosesCard(desk.Cards[2]);
        (await desk.Release(serial)).Is(HttpStatusCode.Created);
        await desk.Until(serial, s => s == "finished");
        Assert.Equal(1_234 + 2_234, (await desk.Balances()).Sum());
        Assert.Equal(10_000 - 1_234 - 2_234, await desk.Counter.Quota(desk.Unit));
        Assert.Equal(file, await desk.Download($"/v1/recharge-lists/{serial}/file"));

        (await desk.Retrieve(serial)).Is(HttpStatusCode.Created);
        using var result = new MemoryStream(await desk.Download($"/v1/recharge-lists/{serial}/result"));
        var rows = TableReader.Open(result, FormatOf(format), new TableLimits(), []).Rows.Select(r => r.Cells).ToList();
        Assert.Equal(5, rows.Count);
        Assert.Equal((desk.Cards[0].Number, "posted"), (rows[1][0], rows[1][4]));
        Assert.Equal(1_234, Fen(rows[1][1]));
        Assert.Equal((await desk.Lines(serial, "posted"))[1].SerialNumber, rows[2][5]);
        Assert.Equal(("failed", "card-lost"), (rows[3][4], rows[3][6]));
    }

    [Theory, EachDatabase("xlsx", "xls")]
    [Trait("Requirement", "FC-20.6"), Trait("Requirement", "FC-20.2")]
    public async Task A_workbook_with_a_hidden_row_is_rejected_by_its_number_and_books_nothing(Database database, string format)
    {
        var desk = await RechargeDesk.Open(database, cards: 3, unitFen: 0);
        var book = new SeenWorkbook();
        book.Rows.AddRange(desk.Cards.Select(c => new object?[] { c.Number, 100m }));
        book.HiddenRows[1] = Hiding.Hidden;

        var list = await desk.Checked(book.File(FormatOf(format)).ToArray(), format);

        Assert.Equal(("rejected", 3, 1), (list["state"], list.Number("lines"), list.Number("badLines")));
        var bad = Assert.Single(await desk.Lines(list.SerialNumber, "bad"));
        Assert.Equal((2, "line-hidden"), (bad.Number("line"), bad["reasonCode"]));
        book.HiddenRows.Clear();
        Assert.Equal(30_000, (await desk.Checked(book.File(FormatOf(format)).ToArray(), format)).Number("amount"));
    }

    [Theory, EachDatabase("xlsx", "xls")]
    [Trait("Requirement", "FC-20.6")]
    public async Task A_workbook_with_hidden_columns_and_sheets_is_rejected_by_their_names(Database database, string format)
    {
        var desk = await RechargeDesk.Open(database, cards: 1, unitFen: 0);
        var book = new SeenWorkbook();
        book.Rows.Add([desk.Cards[0].Number, 100m]);
        book.HiddenColumns[1] = Hiding.NoSize;
        book.Others.Add(new OtherSheet("veryHidden", HasContent: true));

        var list = await desk.Checked(book.File(FormatOf(format)).ToArray(), format);

        Assert.Equal(("rejected", "file-hidden"), (list["state"], list.Body["fault"]!["code"]!.GetValue<string>()));
        Assert.Contains("B", list.Body["fault"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>What spreadsheets do to numbers: taken with the very amount that a person sees, or a bad line; never taken wrong.</summary>
    [Theory]
    [InlineData("xlsx")]
    [InlineData("xls")]
    [Trait("Requirement", "FC-20.6"), Trait("Requirement", "FC-20.2")]
    public async Task Numbers_are_taken_as_they_are_seen_or_refused_by_their_line(string format)
    {
        (object? Card, object? Amount, string? Reason, long Fen)[] lines =
        [
            ("good", 100.09999999999999, null, 10_010),
            ("good", 1e2, null, 10_000),
            ("good", " 100.00\u3000", null, 10_000),
            ("good", 0.1 + 0.2, null, 30),
            ("good", "１００", "amount-invalid", 0),
            ("good", "1,000.00", "amount-invalid", 0),
            ("good", "1E2", "amount-invalid", 0),
            ("good", "100 .00", "amount-invalid", 0),
            ("good", "￥100", "amount-invalid", 0),
            ("good", -5.0, "amount-invalid", 0),
            ("good", 100.001, "amount-invalid", 0),
            ("good", 1e15, "cell-number", 0),
            ("good", null, "amount-invalid", 0),
            ("６２００000000000013", 1.0, "card-number-invalid", 0),
            ("6200 0000 0000 0013", 1.0, "card-number-invalid", 0),
            ("6.20E+15", 1.0, "card-number-invalid", 0),
            (620_000_000_000_013.0, 1.0, "card-number-invalid", 0),
            (6_200_000_000_000_013.0, 1.0, "cell-number", 0),
            (6_200_000_000_000_000_013.0, 1.0, "cell-number", 0),
            (null, 1.0, "card-number-invalid", 0),
        ];
        var desk = await RechargeDesk.Open(Database.Sqlite, cards: lines.Length, unitFen: 0);
        var book = new SeenWorkbook();
        book.Rows.AddRange(lines.Select((l, i) => new[] { l.Card is "good" ? desk.Cards[i].Number : l.Card, l.Amount }));

        var list = await desk.Checked(book.File(FormatOf(format)).ToArray(), format);
        var found = (await desk.Lines(list.SerialNumber)).ToDictionary(l => l.Number("line"));

        Assert.Equal(lines.Length, list.Number("lines"));
        foreach (var (i, line) in lines.Index())
        {
            var seen = found[i + 1];
            Assert.Equal((i, line.Reason), (i, seen.Body["reasonCode"]?.GetValue<string>()));
            Assert.Equal((i, line.Fen), (i, line.Reason is null ? seen.Number("amount") : 0));
        }
    }

    private static TableFormat FormatOf(string format) => format == "xls" ? TableFormat.Xls : TableFormat.Xlsx;

    private static long Fen(string yuan) => (long)(decimal.Parse(yuan, CultureInfo.InvariantCulture) * 100);

    private static async Task<byte[]> Workbook(RechargeDesk desk, string format)
    {
        TableColumn[] columns = [new("卡号", 24), new("金额"), new("持卡人"), new("备注")];
        var file = new MemoryStream();
        var none = CancellationToken.None;
        await using var table =
            format == "xls" ? await TableWriter.Xls(file, "清单", columns, none) : TableWriter.Xlsx(file, "清单", columns);
        await table.WriteTitles(columns, none);
        foreach (var (i, card) in desk.Cards.Index())
        {
            TableCell[] cells =
            [
                TableCell.Text(card.Number),
                TableCell.Yuan(1_234 + (i * 1_000)),
                TableCell.Text("王小明"),
                TableCell.Text(""),
            ];
            await table.WriteRow(cells, none);
        }

        await table.Complete(none);
        return file.ToArray();
    }
}
