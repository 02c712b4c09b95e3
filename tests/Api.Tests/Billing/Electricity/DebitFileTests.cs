using System.Text;
using Billing.Electricity.Files;

namespace Api.Tests.Billing.Electricity;

public sealed class DebitFileTests
{
    private static readonly DebitLine s_first = new(
        1,
        "0123456789",
        "张三",
        "200912",
        "01",
        "YS20091200000123",
        39_820,
        180,
        40_000,
        "6223201234567890123",
        "张三",
        "2"
    );

    private static readonly DebitLine[] s_lines =
    [
        s_first,
        s_first with
        {
            Number = 2,
            Customer = "0123456790",
            Name = "李四",
            Receivable = "YS20091200000124",
            Principal = 83_000,
            LateFee = 0,
            Total = 83_000,
        },
        s_first with
        {
            Number = 3,
            Customer = "0123456791",
            Name = "王五",
            Receivable = "YS20091200000125",
            Principal = 456,
            LateFee = 0,
            Total = 456,
        },
    ];

    private const string Example =
        "H|1.0|DKREQ|0006|37010|20100105|001|3|1234.56\r\n"
        + "D|1|0123456789|张三|200912|01|YS20091200000123|398.20|1.80|400.00|6223201234567890123|张三|2\r\n"
        + "D|2|0123456790|李四|200912|01|YS20091200000124|830.00|0.00|830.00|6223201234567890123|张三|2\r\n"
        + "D|3|0123456791|王五|200912|01|YS20091200000125|4.56|0.00|4.56|6223201234567890123|张三|2\r\n"
        + "T|3|1234.56\r\n";

    [Fact]
    [Trait("Requirement", "EB-07.4")]
    public async Task A_separated_request_is_written_byte_by_byte_and_read_back()
    {
        var bytes = await Written(DebitFileForm.Separated);
        Assert.Equal(Gbk.Encoding.GetBytes(Example), bytes);

        var reader = new DebitFileReader(new MemoryStream(bytes));
        Assert.Equal(s_lines, reader.Lines().ToArray());
        Assert.Empty(reader.Faults);
        Assert.Equal(new DebitHeader("0006", "37010", new DateOnly(2010, 1, 5), 1, 3, 123_456), reader.Header);
        Assert.All(s_lines, l => Assert.True(l.IsSound));
    }

    [Fact]
    [Trait("Requirement", "EB-07.4")]
    public async Task A_fixed_width_request_is_written_byte_by_byte_and_read_back()
    {
        var bytes = await Written(DebitFileForm.Fixed);
        var lines = Gbk.Encoding.GetString(bytes).Split("\r\n");
        var detail = Gbk.Encoding.GetBytes(lines[1]);
        Assert.Equal(250, detail.Length);
        Assert.Equal("D" + "00000001" + "0123456789   ", Encoding.ASCII.GetString(detail, 0, 22));
        Assert.Equal("张三" + new string(' ', 56), Gbk.Encoding.GetString(detail, 22, 60));
        Assert.Equal(
            "200912" + "01" + "YS20091200000123" + "000000039820" + "000000000180" + "000000040000",
            Encoding.ASCII.GetString(detail, 82, 60)
        );
        Assert.Equal("6223201234567890123".PadRight(32), Encoding.ASCII.GetString(detail, 142, 32));
        Assert.Equal("2".PadRight(16), Encoding.ASCII.GetString(detail, 234, 16));

        var reader = new DebitFileReader(new MemoryStream(bytes));
        Assert.Equal(s_lines, reader.Lines().ToArray());
        Assert.Equal((DebitFileForm.Fixed, 0), (reader.Form, reader.FaultCount));
    }

    [Fact]
    [Trait("Requirement", "EB-07.4")]
    public void A_character_never_falls_across_the_border_of_a_field()
    {
        var field = new byte[5];
        Gbk.Put("张三丰", field);
        Assert.Equal("张三 ", Gbk.Encoding.GetString(field));
        Gbk.Put("A张三", field);
        Assert.Equal("A张三", Gbk.Encoding.GetString(field));
    }

    [Fact]
    [Trait("Requirement", "EB-07.4")]
    public async Task A_result_has_the_same_lines_with_code_amount_serial_and_time()
    {
        using var file = new MemoryStream();
        var writer = new DebitFileWriter(file, DebitFileForm.Separated);
        await writer.Line(s_first, new DebitResult("0000", 40_000, "00030150224112025607", "20100105183000"), default);
        await writer.Line(s_lines[1], new DebitResult("0001", 0, "", ""), default);
        await writer.ResultTrailer(2, 123_000, 1, 40_000, default);
        Assert.Equal(
            "D|1|0123456789|张三|200912|01|YS20091200000123|398.20|1.80|400.00|6223201234567890123|张三|2|0000|400.00"
                + "|00030150224112025607|20100105183000\r\n"
                + "D|2|0123456790|李四|200912|01|YS20091200000124|830.00|0.00|830.00|6223201234567890123|张三|2|0001|0.00||\r\n"
                + "T|2|1230.00|1|400.00\r\n",
            Gbk.Encoding.GetString(file.ToArray())
        );
    }

    [Theory]
    [InlineData("T|3|1234.56", "T|2|1234.56", "count-differs", 5)]
    [InlineData("T|3|1234.56", "T|3|1234.55", "amount-differs", 5)]
    [InlineData("T|3|1234.56\r\n", "", "trailer-missing", 0)]
    [InlineData("001|3|1234.56", "001|3|1234.57", "amount-differs", 5)]
    [InlineData("D|2|", "D|7|", "line-number", 3)]
    [InlineData("830.00|0.00|830.00", "830.0|0.00|830.00", "amount", 3)]
    [InlineData("|李四|", "|李|四|", "line", 3)]
    [InlineData("DKREQ|", "DKRES|", "header", 1)]
    [InlineData("T|3|1234.56\r\n", "T|3|1234.56\r\nT|3|1234.56\r\n", "after-trailer", 6)]
    [InlineData("|王五|200912|01|YS20091200000125|4.56|0.00|4.56|6223201234567890123|张三|2\r\n", "\n", "line-end", 4)]
    [Trait("Requirement", "EB-07.4")]
    public void A_file_that_is_wrong_names_the_line(string part, string instead, string code, int line)
    {
        var text = Example.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Example, text);
        var reader = new DebitFileReader(new MemoryStream(Gbk.Encoding.GetBytes(text)));
        _ = reader.Lines().Count();
        Assert.Contains(reader.Faults, f => f.Code == code && f.Line == line);
    }

    [Fact]
    [Trait("Requirement", "EB-07.4")]
    public void Every_bad_line_is_named()
    {
        var text = Example
            .Replace("|李四|", "|李|四|", StringComparison.Ordinal)
            .Replace("4.56|0.00|4.56", "4.56|x|4.56", StringComparison.Ordinal);
        var reader = new DebitFileReader(new MemoryStream(Gbk.Encoding.GetBytes(text)));
        Assert.Single(reader.Lines());
        Assert.Contains(reader.Faults, f => f is { Line: 3, Code: "line" });
        Assert.Contains(reader.Faults, f => f is { Line: 4, Code: "amount" });
    }

    [Fact]
    [Trait("Requirement", "EB-07.4")]
    public void Wrong_arithmetic_month_amount_or_mode_is_a_bad_line_and_no_bad_file()
    {
        Assert.False((s_first with { Total = 39_999 }).IsSound);
        Assert.False((s_first with { Month = "200913" }).IsSound);
        Assert.False((s_first with { Month = "200900" }).IsSound);
        Assert.False((s_first with { Principal = 0, LateFee = 0, Total = 0 }).IsSound);
        Assert.False((s_first with { Mode = "1" }).IsSound);
    }

    [Theory]
    [InlineData("DKREQ_0006_37010_20100105_001.txt", true)]
    [InlineData("DZPWR_0006_370101234_20100105_999.txt", true)]
    [InlineData("DKREQ_0006_37010_20101305_001.txt", false)]
    [InlineData("DKREQ_0006_3701_20100105_001.txt", false)]
    [InlineData("XXREQ_0006_37010_20100105_001.txt", false)]
    [Trait("Requirement", "EB-07.4")]
    public void A_file_name_says_kind_merchant_unit_date_and_batch(string name, bool good)
    {
        var parsed = ElectricityFileName.Parse(name);
        Assert.Equal(good, parsed is not null);
        Assert.Equal(good ? name : null, parsed?.Text);
    }

    [Theory]
    [InlineData("0.00", 0)]
    [InlineData("1234.56", 123_456)]
    [InlineData("9999999999.99", null)]
    [InlineData("01.00", null)]
    [InlineData("1,234.56", null)]
    [InlineData("-1.00", null)]
    [InlineData("1.0", null)]
    [InlineData(".00", null)]
    public void Amounts_are_yuan_with_two_decimals(string text, int? fen)
    {
        var parsed = YuanText.Parse(text);
        Assert.Equal(text == "9999999999.99" ? 999_999_999_999 : fen, parsed);
        Assert.Equal(parsed is null ? null : text, parsed is { } some ? YuanText.Of(some) : null);
    }

    private static async Task<byte[]> Written(DebitFileForm form)
    {
        using var file = new MemoryStream();
        var writer = new DebitFileWriter(file, form);
        await writer.Header("DKREQ", new DebitHeader("0006", "37010", new DateOnly(2010, 1, 5), 1, 3, 123_456), default);
        foreach (var line in s_lines)
        {
            await writer.Line(line, null, default);
        }

        await writer.Trailer(3, 123_456, default);
        return file.ToArray();
    }
}
