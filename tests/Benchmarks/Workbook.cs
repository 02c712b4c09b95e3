using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Benchmarks;

/// <summary>Makes the .xlsx that a spreadsheet program would make of a recharge list's .dat: amounts as numbers, texts inline.</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public static void FromList(string dat, string xlsx)
    {
        using var zip = new ZipArchive(File.Create(xlsx), ZipArchiveMode.Create);
        Add(
            zip,
            "[Content_Types].xml",
            $"""
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{Spreadsheet}.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Spreadsheet}.worksheet+xml"/></Types>
            """
        );
        Add(
            zip,
            "_rels/.rels",
            $"""
            <Relationships xmlns="{Package}/relationships">
            <Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """
        );
        Add(
            zip,
            "xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="list" sheetId="1" r:id="r1"/></sheets></workbook>"""
        );
        Add(
            zip,
            "xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{Package}/relationships">
            <Relationship Id="r1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
            """
        );
        using var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open());
        sheet.Write($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{Main}\"><sheetData>");
        var row = 0;
        foreach (var line in File.ReadLines(dat))
        {
            Write(sheet, ++row, line.Split(','));
        }

        sheet.Write("</sheetData></worksheet>");
    }

    /// <summary>A card number stays text: sixteen digits are more than a spreadsheet's number holds.</summary>
    private static void Write(StreamWriter sheet, int row, string[] cells)
    {
        sheet.Write(string.Create(CultureInfo.InvariantCulture, $"<row r=\"{row}\">"));
        for (var i = 0; i < cells.Length; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + i)}{row}");
            sheet.Write(
                i > 0 && decimal.TryParse(cells[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
                    ? $"<c r=\"{place}\"><v>{cells[i]}</v></c>"
                    : $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(cells[i])}</t></is></c>"
            );
        }

        sheet.Write("</row>");
    }

    private static void Add(ZipArchive zip, string name, string xml)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        writer.Write(xml);
    }
}
