using System.IO.Compression;
using System.Xml;

namespace Platform.Tables;

/// <summary>
/// Looks an .xlsx through before it is read: every part is inflated once and counted, and nothing that runs, links or swells gets further.
/// </summary>
internal static class XlsxCheck
{
    private static readonly HashSet<string> s_macros =
    [
        "vbaProject",
        "wordVbaData",
        "xlMacrosheet",
        "xlIntlMacrosheet",
        "attachedToolbars",
    ];
    private static readonly HashSet<string> s_links = ["externalLink", "externalLinkPath", "connections", "queryTable"];
    private static readonly HashSet<string> s_objects = ["oleObject", "package", "control", "activeXControlBinary", "dialogsheet"];

    // Parsed, but neither followed nor expanded: a prohibited declaration could not be told from other broken XML.
    internal static readonly XmlReaderSettings WithDeclarations = new()
    {
        DtdProcessing = DtdProcessing.Parse,
        XmlResolver = null,
        MaxCharactersFromEntities = 1,
    };

    /// <returns>What is to be seen on each sheet.</returns>
    /// <exception cref="TableRefusedException">It is not taken.</exception>
    public static IReadOnlyList<SheetMap> Check(Stream file, TableLimits limits)
    {
        ZipDirectory.Check(file, limits.Parts);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var budget = new InflatingBudget(limits);
            foreach (var part in zip.Entries)
            {
                if (part.IsEncrypted)
                {
                    throw new TableRefusedException(TableFaults.Encrypted);
                }

                // Of two parts with one name, one would be looked at here and the other be read.
                if (!names.Add(part.FullName.Replace('\\', '/').TrimStart('/')))
                {
                    throw new TableRefusedException(TableFaults.Damaged("zip"));
                }

                CheckPart(part, budget);
            }

            if (!names.Contains("[Content_Types].xml") || !names.Contains("xl/workbook.xml"))
            {
                throw new TableRefusedException(TableFaults.Format(TableFormat.Xlsx));
            }

            return XlsxSheets.Read(zip, limits);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException)
        {
            throw new TableRefusedException(TableFaults.Damaged("zip"), e);
        }
    }

    private static void CheckPart(ZipArchiveEntry part, InflatingBudget budget)
    {
        var name = part.FullName;
        if (name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
        {
            throw new TableRefusedException(TableFaults.Macros);
        }

        using var inflated = budget.Count(part);
        if (name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
        {
            CheckElements(inflated, CheckRelationship);
        }
        else if (name.EndsWith("[Content_Types].xml", StringComparison.OrdinalIgnoreCase))
        {
            CheckElements(inflated, CheckContentType);
        }
        else if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            CheckElements(inflated, null);
        }

        inflated.Drain();
    }

    /// <summary>Reads all elements with <paramref name="check"/>; without one, only what stands before the first: there a DTD would be.</summary>
    private static void CheckElements(Stream part, Action<XmlReader>? check)
    {
        using var xml = XmlReader.Create(part, WithDeclarations);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.DocumentType)
            {
                throw new TableRefusedException(TableFaults.DocumentType);
            }

            if (xml.NodeType == XmlNodeType.Element)
            {
                if (check is null)
                {
                    return;
                }

                check(xml);
            }
        }
    }

    private static void CheckRelationship(XmlReader xml)
    {
        if (xml.LocalName != "Relationship")
        {
            return;
        }

        var kind = (xml.GetAttribute("Type") ?? "").Split('/')[^1];
        if (s_macros.Contains(kind))
        {
            throw new TableRefusedException(TableFaults.Macros);
        }

        // A hyperlink is text that a person may click; nothing follows it by itself.
        if (s_links.Contains(kind) || (xml.GetAttribute("TargetMode") == "External" && kind != "hyperlink"))
        {
            throw new TableRefusedException(TableFaults.ExternalLink);
        }

        if (s_objects.Contains(kind))
        {
            throw new TableRefusedException(TableFaults.EmbeddedObject);
        }
    }

    private static void CheckContentType(XmlReader xml)
    {
        var type = xml.GetAttribute("ContentType") ?? "";
        foreach (var word in (string[])["macroEnabled", "vbaProject", "macrosheet", "sheet.binary"])
        {
            if (type.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                throw new TableRefusedException(TableFaults.Macros);
            }
        }
    }
}
