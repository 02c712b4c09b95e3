using System.Globalization;
using System.Net;
using Api.Tests.Harness;
using Platform;

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
        var rows = TableReader
            .Open(result, format == "xls" ? TableFormat.Xls : TableFormat.Xlsx, new TableLimits(), [])
            .Rows.Select(r => r.Cells)
            .ToList();
        Assert.Equal(5, rows.Count);
        Assert.Equal((desk.Cards[0].Number, "posted"), (rows[1][0], rows[1][4]));
        Assert.Equal(1_234, Fen(rows[1][1]));
        Assert.Equal((await desk.Lines(serial, "posted"))[1].SerialNumber, rows[2][5]);
        Assert.Equal(("failed", "card-lost"), (rows[3][4], rows[3][6]));
    }

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
