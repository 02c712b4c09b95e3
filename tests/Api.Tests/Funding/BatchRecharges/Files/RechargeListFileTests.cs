using System.Text;
using Funding.BatchRecharges.Files;
using Platform.Tables;

namespace Api.Tests.Funding.BatchRecharges.Files;

/// <summary>What docs/batch-file.md says of a recharge list's columns, header and trailer (FC-20.1, FC-20.2).</summary>
[Trait("Requirement", "FC-20.1"), Trait("Requirement", "FC-20.2")]
public sealed class RechargeListFileTests
{
    [Theory]
    [InlineData("6200,1.00,张三,备注\nTOTAL,1,1.00\n")]
    [InlineData("卡号,金额,持卡人,备注\n6200,1.00,张三,备注\n合计,1,1.00\n")]
    [InlineData("序号|备注|持卡人姓名|充值金额（元）|卡 号\n1|备注|张三|1.00|6200\n总计|1|1.00\n")]
    [InlineData("Card number\tAmount (yuan)\tHolder name\tRemark\n\n 6200 \t1.00\u3000\t张三\t备注\t\t\ntotal\t1\t1.00")]
    public void Columns_are_the_usual_ones_or_those_of_the_header(string text)
    {
        var (lines, trailer) = Read(text);
        var line = Assert.Single(lines);
        Assert.Equal(("6200", "1.00", "张三", "备注", null), (line.CardNumber, line.Amount, line.HolderName, line.Remark, line.Fault));
        Assert.Equal(("1", "1.00"), (trailer!.Count, trailer.Total));
    }

    [Fact]
    public void Optional_cells_that_are_missing_are_null()
    {
        var (lines, _) = Read("6200,1.00\n6201\n6202,,\nTOTAL,3,1.00\n");
        Assert.Equal(
            [new(1, "6200", "1.00", null, null, null), new(2, "6201", "", null, null, null), new(3, "6202", "", null, null, null)],
            lines
        );
    }

    [Theory]
    [InlineData("卡号,金额,手机\n6200,1.00,1\nTOTAL,1,1.00\n", "list-header-unknown")]
    [InlineData("卡号,金额,卡号\n6200,1.00,1\nTOTAL,1,1.00\n", "list-header-twice")]
    [InlineData("卡号,备注\n6200,1.00\nTOTAL,1,1.00\n", "list-header-incomplete")]
    [InlineData("6200,1.00\n", "list-no-trailer")]
    [InlineData("TOTAL,0,0.00\n", "list-no-lines")]
    [InlineData("卡号,金额\nTOTAL,0,0.00\n", "list-no-lines")]
    public void Lists_that_cannot_be_understood_are_refused(string text, string code)
    {
        Assert.Equal(code, Assert.Throws<TableRefusedException>(() => Read(text)).Fault.Code);
    }

    [Fact]
    public void Lines_after_the_trailer_and_cells_beside_the_columns_are_bad_lines()
    {
        var (lines, _) = Read("6200,1.00,a,b,c\n6201,1.00\nTOTAL,2,2.00\n6202,1.00\n");
        Assert.Equal([("line-too-many-cells", 1), (null, 2), ("line-after-trailer", 4)], lines.Select(l => (l.Fault?.Code, l.Line)));
    }

    [Fact]
    [Trait("Requirement", "FC-20.5")]
    public void A_list_of_100_000_lines_is_read_and_one_more_is_refused()
    {
        static string List(int lines) => string.Concat(Enumerable.Range(0, lines).Select(i => $"{i},1.00\n")) + "TOTAL,1,1\n";
        Assert.Equal(RechargeListFile.MaxLines, Read(List(RechargeListFile.MaxLines)).Lines.Count);
        var refused = Assert.Throws<TableRefusedException>(() => Read(List(RechargeListFile.MaxLines + 1)));
        Assert.Equal("list-too-many-lines", refused.Fault.Code);
    }

    [Fact]
    public async Task An_xls_has_room_for_a_header_and_a_trailer_beside_its_lines()
    {
        // With the header and the trailer they are the 65,536 rows of a sheet.
        Assert.Equal(65_534, RechargeListFile.MaxXlsLines);
        var most = RechargeListFile.Open(await Xls(RechargeListFile.MaxXlsLines), TableFormat.Xls);
        Assert.Equal(RechargeListFile.MaxXlsLines, most.Lines().Count());
        Assert.Equal($"{RechargeListFile.MaxXlsLines}", most.Trailer!.Count);

        // Without header and trailer the sheet has rows for more; the result, which has both, would not.
        var more = RechargeListFile.Open(await Xls(RechargeListFile.MaxXlsLines + 1, headed: false), TableFormat.Xls);
        Assert.Equal("list-too-many-lines", Assert.Throws<TableRefusedException>(() => more.Lines().Count()).Fault.Code);
    }

    private static async Task<MemoryStream> Xls(int lines, bool headed = true)
    {
        TableColumn[] columns = [new("卡号"), new("金额")];
        var (file, none) = (new MemoryStream(), CancellationToken.None);
        await using var table = await TableWriter.Xls(file, "a", columns, none);
        if (headed)
        {
            await table.WriteTitles(columns, none);
        }

        for (var i = 0; i < lines; i++)
        {
            await table.WriteRow([TableCell.Number(i), TableCell.Yuan(i)], none);
        }

        if (headed)
        {
            await table.WriteRow([TableCell.Text("合计"), TableCell.Number(lines)], none);
        }

        await table.Complete(none);
        return file;
    }

    private static (List<RechargeListLine> Lines, RechargeListTrailer? Trailer) Read(string text)
    {
        var list = RechargeListFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), TableFormat.Dat);
        return ([.. list.Lines()], list.Trailer);
    }
}
