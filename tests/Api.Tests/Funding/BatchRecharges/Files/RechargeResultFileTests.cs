using System.Globalization;
using Api.Tests.Platform.Tables;
using Funding.BatchRecharges.Files;
using Platform.Tables;

namespace Api.Tests.Funding.BatchRecharges.Files;

/// <summary>The result comes in the format that was submitted, each line with its outcome (FC-23.1).</summary>
[Trait("Requirement", "FC-23.1")]
public sealed class RechargeResultFileTests
{
    public static TheoryData<string> Layouts =>
        [
            "xls",
            "xlsx",
            .. from e in (string[])["utf8", "utf8bom", "gb18030"]
            from s in (string[])["comma", "tab", "bar", "fixed"]
            select $"dat/{e}/{s}/crlf",
        ];

    [Theory, MemberData(nameof(Layouts))]
    public async Task Each_line_comes_back_with_what_became_of_it(string text)
    {
        var layout = RechargeListLayout.Parse(text);
        Assert.Equal(text, layout.ToString());
        Assert.InRange(text.Length, 1, RechargeListLayout.MaxLength);
        RechargeResultLine[] lines =
        [
            new("6200", "1.00", "张三", "备注", "posted", "00012345678901234567", null, null),
            new("6201", "100000.00", null, null, "failed", null, "card-lost", new string('卡', 300)),
        ];
        var file = new MemoryStream();
        var trailer = new RechargeResultTrailer(2, 100_001_00, 1, 1_00);
        await RechargeResultFile.Write(new OnlyAsynchronous(file), layout, lines.ToAsyncEnumerable(), trailer, CancellationToken.None);

        file.Position = 0;
        int[] widths = [20, 15, 60, 150, 20, 30, 40, 400];
        var rows = TableReader.Open(file, layout.Format, new TableLimits(), widths).Rows.ToList();
        Assert.Equal(
            layout.Dat,
            layout.Format == TableFormat.Dat ? TableReader.Open(file, layout.Format, new TableLimits(), widths).Layout : null
        );
        Assert.All(rows, r => Assert.Empty(r.Faults));
        if (layout.Dat is null)
        {
            Assert.Equal(["卡号", "金额", "持卡人", "备注", "结果", "业务流水号", "原因代码", "原因"], rows[0].Cells);
            rows.RemoveAt(0);
        }

        Assert.Equal(3, rows.Count);
        Assert.Equal(["6200", "1.00", "张三", "备注", "posted", "00012345678901234567"], rows[0].Cells.Take(6));
        Assert.All(rows[0].Cells.Skip(6), c => Assert.Equal("", c));
        Assert.Equal(["6201", "100000.00", "", "", "failed", "", "card-lost"], rows[1].Cells.Take(7));
        Assert.Equal(new string('卡', 300), rows[1].Cells[7]);
        var totals = rows[2].Cells.Skip(1).Take(4).Select(c => decimal.Parse(c, CultureInfo.InvariantCulture));
        Assert.Equal("合计", rows[2].Cells[0]);
        Assert.Equal([2m, 100_001m, 1m, 1m], totals);
    }

    [Theory]
    [InlineData("xls")]
    [InlineData("pdf")]
    [InlineData("dat/utf8/comma")]
    [InlineData("dat/utf7/comma/lf")]
    [InlineData("dat/utf8/dot/lf")]
    public void Layouts_are_read_back_or_refused(string text)
    {
        var error = Record.Exception(() => RechargeListLayout.Parse(text));
        Assert.Equal(text == "xls", error is null);
        Assert.True(error is null or FormatException);
    }
}
