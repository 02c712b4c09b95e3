using System.Text;
using NPOI.HSSF.UserModel;
using NPOI.SS.UserModel;
using Platform.Tables;

namespace Api.Tests.Platform.Tables;

/// <summary>Numbers come as what was typed, and cells that hold neither text nor number say so with their line and column (FC-20.2).</summary>
[Trait("Requirement", "FC-20.2")]
public sealed class TableCellTests
{
    [Theory]
    [InlineData("12.3", "12.3")]
    [InlineData("12.300000000000001", "12.3")]
    [InlineData("0.1", "0.1")]
    [InlineData("1E2", "100")]
    [InlineData("1.5E-3", "0.0015")]
    [InlineData("-7.10", "-7.1")]
    [InlineData("0", "0")]
    [InlineData("99999999999.99", "99999999999.99")]
    [InlineData("123456789012345", "123456789012345")]
    public void A_number_cell_is_exact_decimal_text(string inFile, string read)
    {
        var rows = $"<row r=\"1\"><c r=\"A1\"><v>{inFile}</v></c></row>";
        Assert.Equal(read, Assert.Single(Tables.Read(new RawWorkbook().Rows(rows).File(), TableFormat.Xlsx)).Cells[0]);
    }

    [Fact]
    public void Every_amount_of_fen_survives_as_a_number_cell()
    {
        var file = new MemoryStream();
        var book = new HSSFWorkbook();
        var sheet = book.CreateSheet();
        for (var fen = 0; fen < 20_000; fen++)
        {
            sheet.CreateRow(fen).CreateCell(0).SetCellValue((fen * 7_919L) / 100.0);
        }

        book.Write(file);
        var read = Tables.Read(file, TableFormat.Xls);
        Assert.Equal(20_000, read.Count);
        Assert.All(
            read,
            r => Assert.Equal((r.Line - 1) * 7_919L, decimal.Parse(r.Cells[0], System.Globalization.CultureInfo.InvariantCulture) * 100)
        );
    }

    [Theory]
    [InlineData("<c r=\"B2\"><v>1234567890123456</v></c>", "cell-number")]
    [InlineData("<c r=\"B2\"><v>6.2123456789012345E+18</v></c>", "cell-number")]
    [InlineData("<c r=\"B2\" t=\"b\"><v>1</v></c>", "cell-boolean")]
    [InlineData("<c r=\"B2\" t=\"e\"><v>#DIV/0!</v></c>", "cell-error")]
    [InlineData("<c r=\"B2\" t=\"inlineStr\"><is><t>a_x0000_b</t></is></c>", "cell-characters")]
    public void Another_cell_of_an_xlsx_is_a_fault_with_its_place(string cell, string code)
    {
        var rows = $"<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c>{cell}</row>";
        var row = Tables.Read(new RawWorkbook().Rows(rows).File(), TableFormat.Xlsx)[1];
        var fault = Assert.Single(row.Faults);
        Assert.Equal((code, 2, 2), (fault.Code, fault.Line, fault.Column));
        Assert.Equal(["2", ""], row.Cells);
    }

    [Fact]
    public void A_date_is_a_fault_in_both_workbooks()
    {
        var xlsx = new RawWorkbook()
            .Rows("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45000</v></c></row>")
            .With(
                "xl/_rels/workbook.xml.rels",
                RawWorkbook.Relationships(("worksheet", "worksheets/sheet1.xml", ""), ("styles", "styles.xml", ""))
            )
            .With(
                "xl/styles.xml",
                $"<styleSheet xmlns=\"{RawWorkbook.Main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            );
        Assert.Equal("cell-date", Assert.Single(Assert.Single(Tables.Read(xlsx.File(), TableFormat.Xlsx)).Faults).Code);

        var book = new HSSFWorkbook();
        var cell = book.CreateSheet().CreateRow(0).CreateCell(0);
        cell.SetCellValue(new DateTime(2026, 1, 2));
        cell.CellStyle = book.CreateCellStyle();
        cell.CellStyle.DataFormat = 14;
        Assert.Equal("cell-date", Assert.Single(Assert.Single(Tables.Read(Saved(book), TableFormat.Xls)).Faults).Code);
    }

    [Fact]
    public void Errors_and_truth_values_of_an_xls_are_faults_and_a_formula_s_value_is_read()
    {
        var book = new HSSFWorkbook();
        var row = book.CreateSheet().CreateRow(3);
        row.CreateCell(0).SetCellErrorValue(FormulaError.NA.Code);
        row.CreateCell(1).CellFormula = "1/0";
        row.CreateCell(2).SetCellValue(true);
        row.CreateCell(3).CellFormula = "10+2.5";
        book.GetCreationHelper().CreateFormulaEvaluator().EvaluateAll();

        var read = Tables.Read(Saved(book), TableFormat.Xls).Single(r => r.Line == 4);
        Assert.Equal(
            [("cell-error", 1), ("cell-error", 2), ("cell-boolean", 3)],
            read.Faults.Select(f => (f.Code, f.Column)).OrderBy(f => f.Column)
        );
        Assert.Equal("12.5", read.Cells[3]);
    }

    [Fact]
    public void A_cell_over_the_limit_is_a_fault_of_its_line_alone()
    {
        var text = new MemoryStream(Encoding.UTF8.GetBytes($"1,{new string('x', 1_001)}\n2,ok\n"));
        var rows = Tables.Read(text, TableFormat.Dat);
        Assert.Equal("cell-length", Assert.Single(rows[0].Faults).Code);
        Assert.Empty(rows[1].Faults);
    }

    [Fact]
    public async Task Typed_cells_are_numbers_and_dates_in_a_workbook()
    {
        var file = new MemoryStream();
        await using (var table = TableWriter.Xlsx(file, "表 & <1>", [new("日期", 12), new("金额")]))
        {
            await table.WriteTitles([new("日期"), new("金额")], CancellationToken.None);
            await table.WriteRow([TableCell.Date(new DateOnly(2026, 2, 28)), TableCell.Yuan(-1_234_567_890_05)], CancellationToken.None);
            await table.WriteRow([TableCell.Number(42), TableCell.Yuan(7)], CancellationToken.None);
            await table.Complete(CancellationToken.None);
        }

        var rows = Tables.Read(file, TableFormat.Xlsx);
        Assert.Equal(["日期", "金额"], rows[0].Cells);
        Assert.Equal("cell-date", Assert.Single(rows[1].Faults).Code);
        Assert.Equal("-1234567890.05", rows[1].Cells[1]);
        Assert.Equal(["42", "0.07"], rows[2].Cells);
    }

    private static readonly string[] s_numbers =
    [
        "00030150224112025607",
        "1000000115000017",
        "017",
        "12E4",
        "123456789012345",
        "0",
        "12E",
        "E4",
    ];

    [Fact]
    public async Task Csv_has_a_mark_quotes_and_makes_formulas_harmless()
    {
        var file = new MemoryStream();
        await using (var table = TableWriter.Csv(new OnlyAsynchronous(file)))
        {
            foreach (var text in (string?[])["=1+1", "+86", "-5", "@a", "\tb", "a,\"b\"", "张三\r\n李四", "", null, .. s_numbers])
            {
                await table.WriteRow([TableCell.Text(text), TableCell.Yuan(-5)], CancellationToken.None);
            }

            await table.WriteRow([TableCell.Date(new DateOnly(2026, 2, 28)), TableCell.Number(-3)], CancellationToken.None);
            await table.Complete(CancellationToken.None);
        }

        const string Expected =
            "\ufeff'=1+1,-0.05\r\n'+86,-0.05\r\n'-5,-0.05\r\n'@a,-0.05\r\n\"'\tb\",-0.05\r\n"
            + "\"a,\"\"b\"\"\",-0.05\r\n\"张三\r\n李四\",-0.05\r\n,-0.05\r\n,-0.05\r\n"
            // What a spreadsheet would make another number of has a tab behind.
            + "\"00030150224112025607\t\",-0.05\r\n\"1000000115000017\t\",-0.05\r\n\"017\t\",-0.05\r\n\"12E4\t\",-0.05\r\n"
            + "123456789012345,-0.05\r\n0,-0.05\r\n12E,-0.05\r\nE4,-0.05\r\n2026-02-28,-3\r\n";
        Assert.Equal(Expected, Encoding.UTF8.GetString(file.ToArray()));
    }

    private static MemoryStream Saved(HSSFWorkbook book)
    {
        var file = new MemoryStream();
        book.Write(file);
        return new MemoryStream(file.ToArray());
    }
}
