using System.Text;
using NPOI.HSSF.UserModel;
using Platform.Tables;

namespace Api.Tests.Platform.Tables;

/// <summary>A workbook that is not understood whole is refused; of one that is taken, every used row is accounted for (FC-20.6).</summary>
[Trait("Requirement", "FC-20.6"), Trait("Requirement", "FC-20.2")]
public sealed class UnsoundWorkbookTests
{
    private const string Row1 = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

    [Theory]
    [InlineData("<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>")]
    [InlineData("<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>" + Row1)]
    [InlineData("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"a1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"0\"><c r=\"A0\"><v>1</v></c></row>")]
    [InlineData("<row r=\"x\"><c r=\"A1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\"><v>1</v><v>2</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\"><v>1</v><is><t>2</t></is></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\"><is><t>2</t></is></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"what\"><v>2</v></c></row>")]
    [InlineData("<row r=\"1\"><x xmlns=\"urn:x\"><c r=\"A1\"><v>2</v></c></x></row>")]
    [InlineData("<c r=\"A1\"><v>2</v></c>")]
    public void Rows_and_cells_that_do_not_come_in_order_once_are_damage(string rows)
    {
        Assert.Equal("file-damaged", Tables.Refused(new RawWorkbook().Rows(rows).File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void Rows_and_cells_without_numbers_follow_one_another()
    {
        const string Rows = "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c r=\"B3\"><v>3</v></c></row>";
        var read = Tables.Read(new RawWorkbook().Rows(Rows).File(), TableFormat.Xlsx);
        Assert.Equal([(1, "1||2"), (2, "||"), (3, "|3|")], read.Select(r => (r.Line, string.Join('|', r.Cells))));
    }

    [Fact]
    public void Two_stretches_of_rows_in_one_sheet_are_damage()
    {
        var sheet = $"<worksheet xmlns=\"{RawWorkbook.Main}\"><sheetData>{Row1}</sheetData><sheetData>{Row1}</sheetData></worksheet>";
        Assert.Equal("file-damaged", Tables.Refused(new RawWorkbook().With(RawWorkbook.SheetPart, sheet).File(), TableFormat.Xlsx).Code);
    }

    [Theory]
    [InlineData("<c r=\"B2\"><f>A1</f></c>")]
    [InlineData("<c r=\"B2\"><f>A1</f><v/></c>")]
    [InlineData("<c r=\"B2\"><f>A1</f><v></v></c>")]
    [InlineData("<c r=\"B2\" t=\"str\"><f>A1</f></c>")]
    public void A_formula_without_a_saved_value_is_a_fault_and_its_row_is_not_lost(string cell)
    {
        var rows = $"{Row1}<row r=\"2\">{cell}</row><row r=\"3\"><c r=\"A3\"><v>3</v></c></row>";
        var read = Tables.Read(new RawWorkbook().Rows(rows).File(), TableFormat.Xlsx);
        Assert.Equal([1, 2, 3], read.Where(r => !r.IsBlank).Select(r => r.Line));
        Assert.Equal(("cell-formula", 2, 2), Single(read[1]));
    }

    [Fact]
    public void A_formula_whose_result_is_an_empty_text_is_an_empty_cell()
    {
        const string Rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"str\"><f>\"\"</f><v></v></c></row>";
        Assert.Empty(Assert.Single(Tables.Read(new RawWorkbook().Rows(Rows).File(), TableFormat.Xlsx)).Faults);
    }

    [Theory]
    [InlineData("<calcPr fullCalcOnLoad=\"1\"/>")]
    [InlineData("<calcPr calcCompleted=\"0\"/>")]
    public void Formulas_that_were_not_calculated_before_the_saving_have_no_value(string calculation)
    {
        var workbook = RawWorkbook
            .WorkbookOf("<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/>")
            .Replace("</sheets>", $"</sheets>{calculation}", StringComparison.Ordinal);
        var book = new RawWorkbook().With("xl/workbook.xml", workbook).Rows("<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>0</v></c></row>");
        Assert.Equal(("cell-formula", 1, 1), Single(Tables.Read(book.File(), TableFormat.Xlsx)[0]));
    }

    [Fact]
    public void More_errors_than_a_list_has_lines_are_all_faults()
    {
        var rows = string.Concat(Enumerable.Range(1, 12_000).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\" t=\"e\"><v>#N/A</v></c></row>"));
        var read = Tables.Read(new RawWorkbook().Rows(rows).File(), TableFormat.Xlsx);
        Assert.Equal(12_000, read.Count(r => r.Faults is [{ Code: "cell-error" }]));
    }

    [Fact]
    public void An_error_on_one_sheet_is_none_on_another()
    {
        var book = new RawWorkbook()
            .With(
                "xl/workbook.xml",
                RawWorkbook.WorkbookOf("<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"b\" sheetId=\"2\" r:id=\"rId2\"/>")
            )
            .With(
                "xl/_rels/workbook.xml.rels",
                RawWorkbook.Relationships(("worksheet", "worksheets/sheet1.xml", ""), ("worksheet", "worksheets/sheet2.xml", ""))
            )
            .With("xl/worksheets/sheet2.xml", RawWorkbook.SheetOf("<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#N/A</v></c></row>"));
        Assert.Equal("file-several-sheets", Tables.Refused(book.File(), TableFormat.Xlsx).Code);
        Assert.Equal("1", Tables.Read(book.With("xl/worksheets/sheet2.xml", RawWorkbook.SheetOf("")).File(), TableFormat.Xlsx)[0].Cells[0]);
    }

    [Fact]
    public void Strict_open_xml_is_refused_and_called_by_its_name()
    {
        const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        var book = new RawWorkbook()
            .With(RawWorkbook.SheetPart, RawWorkbook.SheetOf(Row1).Replace(RawWorkbook.Main, Strict, StringComparison.Ordinal))
            .With(
                "xl/workbook.xml",
                RawWorkbook
                    .WorkbookOf("<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/>")
                    .Replace(RawWorkbook.Main, Strict, StringComparison.Ordinal)
            );
        var fault = Tables.Refused(book.File(), TableFormat.Xlsx);
        Assert.Equal("file-format", fault.Code);
        Assert.Contains("Strict Open XML", fault.En, StringComparison.Ordinal);
        Assert.Contains("Strict Open XML", fault.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_rels/.rels", "officeDocument", "xl/other.xml")]
    [InlineData("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/none.xml")]
    [InlineData("xl/_rels/workbook.xml.rels", "worksheet", "../secret.xml")]
    public void A_workbook_whose_relationships_lead_elsewhere_is_damaged(string part, string kind, string target)
    {
        var book = new RawWorkbook().With(part, RawWorkbook.Relationships((kind, target, "")));
        Assert.Equal("file-damaged", Tables.Refused(book.File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void Two_sheets_in_one_part_are_damage()
    {
        var book = new RawWorkbook().With(
            "xl/workbook.xml",
            RawWorkbook.WorkbookOf(
                "<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\" state=\"hidden\"/><sheet name=\"b\" sheetId=\"2\" r:id=\"rId1\"/>"
            )
        );
        Assert.Equal("file-damaged", Tables.Refused(book.File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void A_chart_on_a_sheet_of_its_own_and_the_calendar_of_1904_change_nothing()
    {
        var workbook = RawWorkbook
            .WorkbookOf("<sheet name=\"图\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"清单\" sheetId=\"2\" r:id=\"rId2\"/>")
            .Replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>", StringComparison.Ordinal);
        var book = new RawWorkbook()
            .With("xl/workbook.xml", workbook)
            .With(
                "xl/_rels/workbook.xml.rels",
                RawWorkbook.Relationships(("chartsheet", "chartsheets/sheet1.xml", ""), ("worksheet", "worksheets/sheet1.xml", ""))
            )
            .With("xl/chartsheets/sheet1.xml", $"<chartsheet xmlns=\"{RawWorkbook.Main}\"/>");
        Assert.Equal("1", Assert.Single(Tables.Read(book.File(), TableFormat.Xlsx)).Cells[0]);
    }

    /// <summary>A person sees 100, 1, 50% or nothing where a program reads another amount.</summary>
    [Theory]
    [InlineData("0", 100.4, false)]
    [InlineData("0.0", 100.45, false)]
    [InlineData("#,##0.0,", 1_500, false)]
    [InlineData("0%", 0.5, false)]
    [InlineData("# ?/?", 0.5, false)]
    [InlineData(";;;", 100, false)]
    [InlineData("\"100.00\"", 5, false)]
    [InlineData("\"9\"0.00", 5, false)]
    [InlineData("\\90.00", 5, false)]
    [InlineData("[>1]\"x\"0;0.00", 5, false)]
    [InlineData("General", 100.45, true)]
    [InlineData("@", 100.45, true)]
    [InlineData("0", 100, true)]
    [InlineData("0.00", 100.45, true)]
    [InlineData("#,##0.00_);[Red](#,##0.00)", 1_500.4, true)]
    [InlineData("[$￥-804]#,##0.00", 1_500.45, true)]
    [InlineData("0.00\"元\"", 1_500.45, true)]
    public void A_number_whose_format_hides_rounds_or_scales_it_is_a_fault(string format, double number, bool taken)
    {
        var book = new HSSFWorkbook();
        var cell = book.CreateSheet().CreateRow(0).CreateCell(0);
        cell.SetCellValue(number);
        cell.CellStyle = book.CreateCellStyle();
        cell.CellStyle.DataFormat = book.CreateDataFormat().GetFormat(format);
        var row = Assert.Single(Tables.Read(Saved(book), TableFormat.Xls));
        Assert.Equal(taken ? null : "cell-format", row.Faults is [var fault] ? fault.Code : null);
        Assert.Equal(taken ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "", row.Cells[0]);
    }

    [Fact]
    public void A_sheet_of_dialogs_is_refused()
    {
        var book = new RawWorkbook().With(
            "xl/_rels/workbook.xml.rels",
            RawWorkbook.Relationships(("worksheet", "worksheets/sheet1.xml", ""), ("dialogsheet", "dialogsheets/sheet1.xml", ""))
        );
        Assert.Equal("file-embedded-object", Tables.Refused(book.File(), TableFormat.Xlsx).Code);
    }

    // ROW, NUMBER, LABELSST of MS-XLS: an .xls of two rows, whose second row, cell or text becomes another.
    [Theory]
    [InlineData("0802100001", "0802100000")]
    [InlineData("03020E000100", "03020E000000")]
    [InlineData("FD000A00010001000F0001000000", "FD000A00010001000F0009000000")]
    [InlineData("FD000A00010001000F0001000000", "FD000A00010000000F0001000000")]
    public void Records_of_an_xls_that_do_not_come_in_order_once_are_damage(string find, string put)
    {
        var book = new HSSFWorkbook();
        var sheet = book.CreateSheet();
        for (var row = 0; row < 2; row++)
        {
            sheet.CreateRow(row).CreateCell(0).SetCellValue(row + 0.12345);
            sheet.GetRow(row).CreateCell(1).SetCellValue($"文{row}");
        }

        var whole = Saved(book).ToArray();
        Assert.Equal(2, Tables.Read(new MemoryStream(whole), TableFormat.Xls).Count);
        var at = whole.AsSpan().IndexOf(Convert.FromHexString(find));
        Assert.True(at > 0);
        Convert.FromHexString(put).CopyTo(whole, at);
        Assert.Equal("file-damaged", Tables.Refused(new MemoryStream(whole), TableFormat.Xls).Code);
    }

    [Fact]
    public void A_formula_of_an_xls_without_the_text_it_ends_in_is_a_fault()
    {
        var book = new HSSFWorkbook();
        var row = book.CreateSheet().CreateRow(0);
        row.CreateCell(0).SetCellValue("a");
        row.CreateCell(1).CellFormula = "A1&\"b\"";
        book.GetCreationHelper().CreateFormulaEvaluator().EvaluateAll();
        var whole = Saved(book).ToArray();
        Assert.Equal(["a", "ab"], Assert.Single(Tables.Read(new MemoryStream(whole), TableFormat.Xls)).Cells);

        // STRING becomes a record that means nothing.
        var at = whole.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x07, 0x02, 0x05, 0x00, 0x02, 0x00]);
        Assert.True(at > 0);
        (whole[at], whole[at + 1]) = (0xE2, 0x00);
        Assert.Equal(("cell-formula", 1, 2), Single(Assert.Single(Tables.Read(new MemoryStream(whole), TableFormat.Xls))));
    }

    [Theory]
    [InlineData("1,2\r3,4\r")]
    [InlineData("1,a\u2028b\n")]
    [InlineData("1,a\u202eb\n")]
    [InlineData("1,a\u0085b\n")]
    [InlineData("1,a\u000bb\n")]
    public void A_cell_of_a_text_file_with_what_some_programs_show_as_another_line_is_a_fault(string text)
    {
        var row = Assert.Single(Tables.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TableFormat.Dat));
        Assert.Equal("cell-characters", Assert.Single(row.Faults).Code);
    }

    [Theory]
    [InlineData("1,2\n3,4\r\n5,6", "1|2 3|4 5|6")]
    [InlineData("\ufeff1,2\r\n3,4\n", "1|2 3|4")]
    public void Line_ends_may_be_mixed_and_the_last_may_be_missing(string text, string read)
    {
        var rows = Tables.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TableFormat.Dat);
        Assert.Equal(read, string.Join(' ', rows.Select(r => string.Join('|', r.Cells))));
    }

    [Fact]
    public void A_text_file_with_a_zero_byte_and_one_of_two_bytes_a_character_are_no_text_files()
    {
        Assert.Equal("file-format", Tables.Refused(new MemoryStream("1,2\0\n"u8.ToArray()), TableFormat.Dat).Code);
        Assert.Equal("file-format", Tables.Refused(new MemoryStream(Encoding.Unicode.GetBytes("1,2\n")), TableFormat.Dat).Code);
    }

    [Fact]
    public void A_line_break_in_quotation_marks_spoils_its_lines()
    {
        var rows = Tables.Read(new MemoryStream("1,\"a\nb\",2\n3,4\n"u8.ToArray()), TableFormat.Dat);
        string?[] expected = ["cell-quote", "cell-quote", null];
        Assert.Equal(expected, rows.Select(r => r.Faults is [var fault, ..] ? fault.Code : null));
    }

    private static (string Code, int? Line, int? Column) Single(TableRow row)
    {
        var fault = Assert.Single(row.Faults);
        return (fault.Code, fault.Line, fault.Column);
    }

    private static MemoryStream Saved(HSSFWorkbook book)
    {
        var file = new MemoryStream();
        book.Write(file);
        return new MemoryStream(file.ToArray());
    }
}
