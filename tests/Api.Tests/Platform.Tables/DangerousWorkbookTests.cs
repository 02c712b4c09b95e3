using System.Text;
using NPOI.POIFS.FileSystem;
using Platform.Tables;

namespace Api.Tests.Platform.Tables;

/// <summary>Workbooks that do harm are refused, each with its code, before a library opens them (FC-20.2).</summary>
[Trait("Requirement", "FC-20.2")]
public sealed class DangerousWorkbookTests
{
    [Fact]
    public void An_xlsx_that_only_has_what_it_needs_is_read()
    {
        Assert.Equal("1", Assert.Single(Tables.Read(new RawWorkbook().File(), TableFormat.Xlsx)).Cells[0]);
    }

    [Fact]
    public void A_part_that_inflates_to_far_more_than_its_size_is_refused()
    {
        var bomb = new RawWorkbook().With("xl/theme/theme1.xml", "<a>" + new string(' ', 40_000_000) + "</a>").File();
        Assert.True(bomb.Length < 100_000);
        Assert.Equal("file-inflates", Tables.Refused(bomb, TableFormat.Xlsx).Code);
    }

    [Fact]
    public void A_part_that_lies_about_its_length_is_read_no_further_than_it_says()
    {
        var bomb = new RawWorkbook().Rows(new string(' ', 40_000_000)).File().ToArray();
        // The lengths of the sheet in the zip's directory become small ones.
        var at = Directory(bomb, RawWorkbook.SheetPart);
        BitConverter.GetBytes(10).CopyTo(bomb, at + 24);
        Assert.Equal("file-damaged", Tables.Refused(new MemoryStream(bomb), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void Many_parts_that_are_each_within_the_limit_are_counted_together()
    {
        var book = new RawWorkbook();
        var noise = Convert.ToBase64String(new byte[3_000_000]);
        for (var i = 0; i < 30; i++)
        {
            book.With($"xl/media/{i}.txt", noise);
        }

        var limits = new TableLimits { InflatedBytes = 64 * 1024 * 1024 };
        Assert.Equal("file-inflates", Tables.Refused(book.File(), TableFormat.Xlsx, limits).Code);
    }

    [Fact]
    public void More_parts_than_a_workbook_has_are_refused_before_the_zip_is_opened()
    {
        var book = new RawWorkbook();
        for (var i = 0; i < 300; i++)
        {
            book.With($"xl/media/{i}.txt", "");
        }

        Assert.Equal("file-parts", Tables.Refused(book.File(), TableFormat.Xlsx).Code);
    }

    [Theory]
    [InlineData("application/vnd.ms-excel.sheet.macroEnabled.main+xml")]
    [InlineData("application/vnd.ms-office.vbaProject")]
    [InlineData("application/vnd.ms-excel.macrosheet+xml")]
    public void Macros_by_content_type_are_refused(string type)
    {
        var types = RawWorkbook.ContentTypes($"<Override PartName=\"/xl/a.bin\" ContentType=\"{type}\"/>");
        Assert.Equal("file-macros", Tables.Refused(new RawWorkbook().With("[Content_Types].xml", types).File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void Macros_by_the_name_of_their_part_are_refused()
    {
        Assert.Equal("file-macros", Tables.Refused(new RawWorkbook().With("xl/VBAPROJECT.BIN", "x").File(), TableFormat.Xlsx).Code);
    }

    [Theory]
    [InlineData("externalLink", "externalLinks/externalLink1.xml", "", "file-external-link")]
    [InlineData("image", "http://127.0.0.1/a.png", "TargetMode=\"External\"", "file-external-link")]
    [InlineData("connections", "connections.xml", "", "file-external-link")]
    [InlineData("oleObject", "embeddings/oleObject1.bin", "", "file-embedded-object")]
    [InlineData("package", "embeddings/a.xlsx", "", "file-embedded-object")]
    [InlineData("vbaProject", "a.bin", "", "file-macros")]
    public void Relationships_to_what_runs_or_links_are_refused(string kind, string target, string more, string code)
    {
        var book = new RawWorkbook().With("xl/worksheets/_rels/sheet1.xml.rels", RawWorkbook.Relationships((kind, target, more)));
        Assert.Equal(code, Tables.Refused(book.File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void A_hyperlink_is_text_and_let_through()
    {
        var link = RawWorkbook.Relationships(("hyperlink", "http://127.0.0.1/", "TargetMode=\"External\""));
        Assert.Single(Tables.Read(new RawWorkbook().With("xl/worksheets/_rels/sheet1.xml.rels", link).File(), TableFormat.Xlsx));
    }

    [Theory]
    [InlineData(RawWorkbook.SheetPart)]
    [InlineData("xl/workbook.xml")]
    [InlineData("[Content_Types].xml")]
    [InlineData("xl/_rels/workbook.xml.rels")]
    public void A_document_type_is_refused_wherever_it_stands(string part)
    {
        const string Laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
        Assert.Equal("file-document-type", Tables.Refused(new RawWorkbook().With(part, Laughs).File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void A_document_type_in_a_part_of_another_name_is_never_read()
    {
        const string Laughs = "<!DOCTYPE a [<!ENTITY b \"ha\">]><worksheet><sheetData>&b;</sheetData></worksheet>";
        var book = new RawWorkbook()
            .With("xl/_rels/workbook.xml.rels", RawWorkbook.Relationships(("worksheet", "worksheets/sheet1.dat", "")))
            .With("xl/worksheets/sheet1.dat", Laughs);
        Assert.Equal("file-damaged", Tables.Refused(book.File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void A_million_empty_rows_are_refused()
    {
        var rows = string.Concat(Enumerable.Range(1, 1_000_000).Select(i => $"<row r=\"{i}\"/>"));
        Assert.Contains(
            Tables.Refused(new RawWorkbook().Rows(rows).File(), TableFormat.Xlsx).Code,
            (string[])["file-rows", "file-inflates"]
        );
    }

    [Fact]
    public void One_cell_in_the_last_row_is_refused()
    {
        var rows = "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>";
        Assert.Equal("file-rows", Tables.Refused(new RawWorkbook().Rows(rows).File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void One_cell_in_the_last_column_is_refused()
    {
        var rows = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>";
        Assert.Equal("file-columns", Tables.Refused(new RawWorkbook().Rows(rows).File(), TableFormat.Xlsx).Code);
    }

    [Fact]
    public void Two_sheets_with_content_are_refused_and_an_empty_second_one_is_not()
    {
        RawWorkbook Two(string rows) =>
            new RawWorkbook()
                .With(
                    "xl/workbook.xml",
                    RawWorkbook.WorkbookOf("<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"b\" sheetId=\"2\" r:id=\"rId2\"/>")
                )
                .With(
                    "xl/_rels/workbook.xml.rels",
                    RawWorkbook.Relationships(("worksheet", "worksheets/sheet1.xml", ""), ("worksheet", "worksheets/sheet2.xml", ""))
                )
                .With("xl/worksheets/sheet2.xml", RawWorkbook.SheetOf(rows));
        Assert.Equal(
            "file-several-sheets",
            Tables.Refused(Two("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>").File(), TableFormat.Xlsx).Code
        );
        Assert.Equal("1", Tables.Read(Two("").File(), TableFormat.Xlsx)[0].Cells[0]);
    }

    [Theory]
    [InlineData(TableFormat.Xls)]
    [InlineData(TableFormat.Xlsx)]
    public async Task A_workbook_cut_short_anywhere_is_refused(TableFormat format)
    {
        var whole = (
            await Tables.Write(format, null, Enumerable.Range(0, 400).Select(i => new[] { $"62000{i}", "1.00", "张三" }))
        ).ToArray();
        for (var i = 0; i < 40; i++)
        {
            var cut = new MemoryStream(whole[..(whole.Length * i / 40)]);
            Assert.Contains(Tables.Refused(cut, format).Code, (string[])["file-damaged", "file-empty", "file-format"]);
        }
    }

    [Fact]
    public async Task A_file_is_what_it_is_and_not_what_its_name_says()
    {
        var xls = await Tables.Write(
            TableFormat.Xls,
            null,
            [
                ["a"],
            ]
        );
        var xlsx = await Tables.Write(
            TableFormat.Xlsx,
            null,
            [
                ["a"],
            ]
        );
        var page = new MemoryStream("<html><table><tr><td>1</td></tr></table></html>"u8.ToArray());
        Assert.Equal("file-format", Tables.Refused(xls, TableFormat.Xlsx).Code);
        Assert.Equal("file-format", Tables.Refused(xlsx, TableFormat.Xls).Code);
        Assert.Equal("file-format", Tables.Refused(xls, TableFormat.Dat).Code);
        Assert.Equal("file-format", Tables.Refused(xlsx, TableFormat.Dat).Code);
        Assert.Equal("file-format", Tables.Refused(page, TableFormat.Xls).Code);
        Assert.Equal("file-format", Tables.Refused(page, TableFormat.Xlsx).Code);
    }

    [Fact]
    public void An_encrypted_xlsx_is_refused_as_such()
    {
        var container = new POIFSFileSystem();
        container.CreateDocument(new MemoryStream(new byte[5_000]), "EncryptedPackage");
        container.CreateDocument(new MemoryStream(new byte[5_000]), "EncryptionInfo");
        Assert.Equal("file-encrypted", Tables.Refused(Saved(container), TableFormat.Xlsx).Code);
        Assert.Equal("file-encrypted", Tables.Refused(Saved(container), TableFormat.Xls).Code);
    }

    [Theory]
    [InlineData("_VBA_PROJECT_CUR", "file-macros")]
    [InlineData("MBD0012AB34", "file-embedded-object")]
    public async Task An_xls_with_a_storage_of_macros_or_objects_is_refused(string storage, string code)
    {
        var container = new POIFSFileSystem(
            new MemoryStream(
                (
                    await Tables.Write(
                        TableFormat.Xls,
                        null,
                        [
                            ["a"],
                        ]
                    )
                ).ToArray()
            )
        );
        container.CreateDirectory(storage).CreateDocument("x", new MemoryStream(new byte[100]));
        Assert.Equal(code, Tables.Refused(Saved(container), TableFormat.Xls).Code);
    }

    // Records of MS-XLS: FILEPASS, ObProj, SUPBOOK with a name, BOUNDSHEET of a macro sheet, QSI, BOF of a module, BOF of Excel 95.
    [Theory]
    [InlineData(0x002F, "010001000100", "file-encrypted")]
    [InlineData(0x00D3, "", "file-macros")]
    [InlineData(0x01AE, "0100050000612E786C73", "file-external-link")]
    [InlineData(0x0085, "000000000001010061", "file-macros")]
    [InlineData(0x01AD, "00000000", "file-external-link")]
    [InlineData(0x0809, "00060600", "file-macros")]
    [InlineData(0x0809, "00051000", "file-old-format")]
    public async Task An_xls_with_a_dangerous_record_is_refused(int type, string body, string code)
    {
        var whole = (
            await Tables.Write(
                TableFormat.Xls,
                null,
                [
                    ["a"],
                ]
            )
        ).ToArray();
        Assert.Equal(code, Tables.Refused(new MemoryStream(Overwritten(whole, type, Convert.FromHexString(body))), TableFormat.Xls).Code);
    }

    [Fact]
    public async Task An_xls_whose_record_is_longer_than_the_file_is_refused()
    {
        var whole = (
            await Tables.Write(
                TableFormat.Xls,
                null,
                [
                    ["a"],
                ]
            )
        ).ToArray();
        var at = whole.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x09, 0x08, 0x10, 0x00, 0x00, 0x06]);
        whole[at + 3] = 0x7F;
        Assert.Equal("file-damaged", Tables.Refused(new MemoryStream(whole), TableFormat.Xls).Code);
    }

    [Fact]
    public async Task An_xls_whose_sectors_run_in_a_circle_is_refused()
    {
        var whole = (await Tables.Write(TableFormat.Xls, null, Enumerable.Range(0, 100).Select(i => new[] { $"{i}" }))).ToArray();
        var table = (int)(BitConverter.ToUInt32(whole, 0x4C) + 1) * 512;
        for (var sector = 0; sector < 128; sector++)
        {
            BitConverter.GetBytes(sector / 2).CopyTo(whole, table + (sector * 4));
        }

        Assert.Equal("file-damaged", Tables.Refused(new MemoryStream(whole), TableFormat.Xls).Code);
    }

    [Fact]
    public void An_empty_file_and_one_over_the_size_are_refused()
    {
        foreach (var format in Enum.GetValues<TableFormat>())
        {
            Assert.Equal("file-empty", Tables.Refused(new MemoryStream(), format).Code);
            Assert.Equal(
                "file-too-large",
                Tables.Refused(new MemoryStream(new byte[101]), format, new TableLimits { FileBytes = 100 }).Code
            );
        }
    }

    private static MemoryStream Saved(POIFSFileSystem container)
    {
        var file = new MemoryStream();
        container.WriteFileSystem(file);
        return new MemoryStream(file.ToArray());
    }

    /// <summary>Puts a record in the place of the workbook's second, with the rest of that place filled by a record that means nothing.</summary>
    private static byte[] Overwritten(byte[] file, int type, byte[] body)
    {
        var first = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x09, 0x08, 0x10, 0x00, 0x00, 0x06]);
        var at = first + 4 + 0x10;
        var end = at;
        while (end - at < body.Length + 8)
        {
            end += 4 + BitConverter.ToUInt16(file, end + 2);
        }

        BitConverter.GetBytes((ushort)type).CopyTo(file, at);
        BitConverter.GetBytes((ushort)body.Length).CopyTo(file, at + 2);
        body.CopyTo(file, at + 4);
        var filler = at + 4 + body.Length;
        BitConverter.GetBytes((ushort)0x00E2).CopyTo(file, filler);
        BitConverter.GetBytes((ushort)(end - filler - 4)).CopyTo(file, filler + 2);
        return file;
    }

    /// <summary>Where the part's entry begins in the zip's directory.</summary>
    private static int Directory(byte[] zip, string part) => zip.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(part)) - 46;
}
