using System.Text;
using Platform.Tables;

namespace Api.Tests.Platform.Tables;

/// <summary>Text files: what they are encoded in, how their columns are told apart, and lines that are broken (FC-20.1, FC-20.2).</summary>
[Trait("Requirement", "FC-20.1"), Trait("Requirement", "FC-20.2")]
public sealed class DatFileTests
{
    private static readonly Encoding s_gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Theory]
    [InlineData("6200,1.00,张三\n", "utf8/comma/lf")]
    [InlineData("6200\t1.00\t张三\r\n", "utf8/tab/crlf")]
    [InlineData("\n  \n6200|1.00|张三\n", "utf8/bar/lf")]
    [InlineData("6200                1.00           a,b|c\n", "utf8/fixed/lf")]
    [InlineData("6200,1.00", "utf8/comma/lf")]
    public void The_layout_is_told_by_the_first_line(string text, string layout)
    {
        Assert.Equal(layout, Open(Encoding.UTF8.GetBytes(text)).Layout!.ToString());
    }

    [Fact]
    public void Both_encodings_are_told_apart_over_the_whole_file()
    {
        // The first character that is not ASCII stands far behind the first chunk that is read.
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i},1.00,a\n")) + "9,1.00,張三丰㐀\n";
        Assert.Equal(DatEncoding.Gb18030, Open(s_gb18030.GetBytes(text)).Layout!.Encoding);
        Assert.Equal(DatEncoding.Utf8, Open(Encoding.UTF8.GetBytes(text)).Layout!.Encoding);
        Assert.Equal(DatEncoding.Utf8Bom, Open([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]).Layout!.Encoding);
        Assert.Equal("張三丰㐀", Open(s_gb18030.GetBytes(text)).Rows.Last().Cells[2]);
    }

    [Theory]
    [InlineData("FF FE 36 00 32 00", "file-format")]
    [InlineData("36 32 30 30 2C FF 0A", "file-encoding")]
    [InlineData("36 32 2C 81", "file-encoding")]
    [InlineData("EF BB BF 36 FF 0A", "file-encoding")]
    [InlineData("36 32 00 31 0A", "file-format")]
    [InlineData("0A 20 0A", "file-empty")]
    [InlineData("EF BB BF", "file-empty")]
    public void What_is_no_text_is_refused(string hex, string code)
    {
        Assert.Equal(
            code,
            Tables.Refused(new MemoryStream(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))), TableFormat.Dat).Code
        );
    }

    [Fact]
    public void A_stray_quotation_mark_spoils_one_line_and_no_more()
    {
        var rows = Open("1,\"a\n2,b\"c,d\n3,\"e\"f\n4,\"g\"\"h\",\"\"\n"u8.ToArray()).Rows.ToList();
        Assert.Equal(
            [("cell-quote", 1), ("cell-quote", 2), ("cell-quote", 3)],
            rows.SelectMany(r => r.Faults).Select(f => (f.Code, f.Line!.Value))
        );
        Assert.Equal(["4", "g\"h", ""], rows[3].Cells);
    }

    [Fact]
    public void Fixed_columns_count_bytes_of_the_file_s_encoding()
    {
        foreach (var encoding in (Encoding[])[s_gb18030, new UTF8Encoding(false)])
        {
            var bytes = new List<byte>();
            foreach (var (text, width) in ((string, int)[])[("6200", 20), ("1.00", 15), ("欧阳", 60), ("备注", 4)])
            {
                var part = encoding.GetBytes(text);
                bytes.AddRange([.. part, .. Enumerable.Repeat((byte)' ', Math.Max(0, width - part.Length))]);
            }

            Assert.Equal(["6200", "1.00", "欧阳", "备注"], Open([.. bytes]).Rows.Single().Cells);
        }
    }

    [Fact]
    public void A_width_that_ends_inside_a_character_is_a_fault()
    {
        var line = Encoding.UTF8.GetBytes("6200               张1.00");
        Assert.Contains("cell-characters", Open(line).Rows.Single().Faults.Select(f => f.Code));
    }

    [Fact]
    public void Lines_over_the_limits_are_refused()
    {
        var limits = new TableLimits
        {
            Rows = 3,
            LineBytes = 10,
            Columns = 4,
        };
        Assert.Equal("file-rows", Tables.Refused(new MemoryStream("1\n2\n3\n4\n"u8.ToArray()), TableFormat.Dat, limits).Code);
        Assert.Equal("file-line-length", Tables.Refused(new MemoryStream("1\n12345678901\n"u8.ToArray()), TableFormat.Dat, limits).Code);
        Assert.Equal("file-columns", Tables.Refused(new MemoryStream("1,2,3,4,5\n"u8.ToArray()), TableFormat.Dat, limits).Code);
        Assert.Equal(3, Tables.Read(new MemoryStream("1\n2\n3\n"u8.ToArray()), TableFormat.Dat, limits).Count);
    }

    private static TableReader Open(byte[] file) =>
        TableReader.Open(new MemoryStream(file), TableFormat.Dat, new TableLimits(), Tables.Widths);
}
