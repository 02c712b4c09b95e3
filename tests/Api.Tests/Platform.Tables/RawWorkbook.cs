using System.IO.Compression;
using System.Text;

namespace Api.Tests.Platform.Tables;

/// <summary>An .xlsx put together part by part, with whatever a test needs in it that no program would write.</summary>
internal sealed class RawWorkbook
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string SheetPart = "xl/worksheets/sheet1.xml";

    private readonly Dictionary<string, string> _parts = new()
    {
        ["[Content_Types].xml"] = ContentTypes(""),
        ["_rels/.rels"] = Relationships(("officeDocument", "xl/workbook.xml", "")),
        ["xl/workbook.xml"] = WorkbookOf("<sheet name=\"一\" sheetId=\"1\" r:id=\"rId1\"/>"),
        ["xl/_rels/workbook.xml.rels"] = Relationships(("worksheet", "worksheets/sheet1.xml", "")),
        [SheetPart] = SheetOf("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"),
    };

    public static string ContentTypes(string more) =>
        $"""
            <Types xmlns="{Packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Types}.worksheet+xml"/>{more}</Types>
            """;

    public static string Relationships(params (string Kind, string Target, string More)[] all) =>
        $"<Relationships xmlns=\"{Packages}/relationships\">"
        + string.Concat(
            all.Select((r, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/{r.Kind}\" Target=\"{r.Target}\" {r.More}/>")
        )
        + "</Relationships>";

    public static string WorkbookOf(string sheets) =>
        $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{sheets}</sheets></workbook>";

    public static string SheetOf(string rows) => $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>";

    public RawWorkbook With(string part, string content)
    {
        _parts[part] = content;
        return this;
    }

    public RawWorkbook Rows(string rows) => With(SheetPart, SheetOf(rows));

    public MemoryStream File()
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in _parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file;
    }
}
