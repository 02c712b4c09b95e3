using System.IO.Compression;
using System.Xml;

namespace Platform.Tables;

/// <summary>
/// The sheets of an .xlsx in the workbook's order, each gone through by <see cref="XlsxSheetScan"/>. Parts lie where the library looks for them, or
/// the workbook is refused: another program would follow the relationships, and show something else.
/// </summary>
internal static class XlsxSheets
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string WorkbookPart = "xl/workbook.xml";
    private const string SharedTexts = "xl/sharedStrings.xml";

    /// <summary>Counted by <see cref="XlsxCheck"/> before: what is inflated here once more is no larger.</summary>
    public static IReadOnlyList<SheetMap> Read(ZipArchive zip, TableLimits limits)
    {
        var parts = zip.Entries.ToDictionary(p => p.FullName.Replace('\\', '/').TrimStart('/'), StringComparer.OrdinalIgnoreCase);
        CheckPlaces(Relationships(parts, "_rels/.rels", ""), ("officeDocument", WorkbookPart));
        var (sheets, stale) = ReadWorkbook(parts[WorkbookPart], limits);
        var relationships = Relationships(parts, "xl/_rels/workbook.xml.rels", "xl/");
        CheckPlaces(relationships, ("sharedStrings", SharedTexts), ("styles", "xl/styles.xml"));
        var sharedTexts = parts.TryGetValue(SharedTexts, out var shared) ? CountTexts(shared) : 0;
        var maps = new List<SheetMap>(sheets.Count);
        var read = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, map) in sheets)
        {
            var (_, kind, path) = relationships.Find(r => r.Id == id);
            if (path is null || !path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || !parts.TryGetValue(path, out var part))
            {
                throw TableFaults.DamagedFile("workbook");
            }

            // Two sheets in one part, of which one may be hidden.
            if (!read.Add(path))
            {
                throw TableFaults.DamagedFile("workbook");
            }

            if (kind != "chartsheet")
            {
                using var content = part.Open();
                new XlsxSheetScan(map, sharedTexts, stale).Read(content);
            }

            maps.Add(map);
        }

        return maps;
    }

    private static (List<(string Id, SheetMap Map)> Sheets, bool Stale) ReadWorkbook(ZipArchiveEntry part, TableLimits limits)
    {
        using var content = part.Open();
        using var xml = XmlReader.Create(content, XlsxCheck.WithDeclarations);
        xml.MoveToContent();
        XlsxSheetScan.CheckRoot(xml, "workbook");
        var (sheets, stale) = (new List<(string, SheetMap)>(), false);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.NamespaceURI != XlsxSheetScan.Main)
            {
                continue;
            }

            if (xml is { LocalName: "sheet", Depth: 2 })
            {
                var state = xml.GetAttribute("state") ?? "visible";
                var map = new SheetMap(sheets.Count + 1, xml.GetAttribute("name") ?? "", state == "visible");
                sheets.Add((xml.GetAttribute("id", Relations) ?? "", map));
            }
            else if (xml is { LocalName: "calcPr" })
            {
                stale |= XlsxSheetScan.IsTrue(xml.GetAttribute("fullCalcOnLoad")) || xml.GetAttribute("calcCompleted") is "0" or "false";
            }
        }

        return sheets.Count <= limits.Sheets ? (sheets, stale) : throw new TableRefusedException(TableFaults.TooManySheets(limits.Sheets));
    }

    private static List<(string Id, string Kind, string Path)> Relationships(
        Dictionary<string, ZipArchiveEntry> parts,
        string name,
        string folder
    )
    {
        var all = new List<(string, string, string)>();
        if (!parts.TryGetValue(name, out var part))
        {
            return all;
        }

        using var content = part.Open();
        using var xml = XmlReader.Create(content, XlsxCheck.WithDeclarations);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" })
            {
                var target = (xml.GetAttribute("Target") ?? "").Replace('\\', '/');
                var path = target.StartsWith('/') ? target.TrimStart('/') : folder + target.Replace("./", "", StringComparison.Ordinal);
                all.Add((xml.GetAttribute("Id") ?? "", (xml.GetAttribute("Type") ?? "").Split('/')[^1], path));
            }
        }

        return all;
    }

    private static void CheckPlaces(List<(string Id, string Kind, string Path)> relationships, params (string Kind, string Path)[] places)
    {
        foreach (var (kind, path) in places)
        {
            if (relationships.Exists(r => r.Kind == kind && !r.Path.Equals(path, StringComparison.OrdinalIgnoreCase)))
            {
                throw TableFaults.DamagedFile("workbook");
            }
        }
    }

    private static int CountTexts(ZipArchiveEntry part)
    {
        using var content = part.Open();
        using var xml = XmlReader.Create(content, XlsxCheck.WithDeclarations);
        xml.MoveToContent();
        XlsxSheetScan.CheckRoot(xml, "sst");
        var texts = 0;
        while (xml.Read())
        {
            texts += xml is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "si" } ? 1 : 0;
        }

        return texts;
    }
}
