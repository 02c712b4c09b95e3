using System.Globalization;
using System.Xml;

namespace Platform.Tables;

/// <summary>
/// Goes through a sheet of an .xlsx before the library does, and notes what the library would pass over (FC-20.6). Rows and cells must come in their
/// order, each once: of two with one number, the library keeps one.
/// </summary>
/// <param name="sharedTexts">How many shared texts the workbook has.</param>
/// <param name="stale">The workbook says that its formulas were not calculated when it was saved.</param>
internal sealed class XlsxSheetScan(SheetMap map, int sharedTexts, bool stale)
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    /// <summary>Lower rows and narrower columns show nothing: points, and characters of the standard font.</summary>
    private const decimal LowestRow = 3;
    private const decimal NarrowestColumn = 0.5m;

    private static readonly HashSet<string> s_types = ["n", "s", "str", "b", "e", "d", "inlineStr"];

    private bool _rowsHidden;
    private bool _dataSeen;
    private int _row = -1;
    private int _column = -1;

    public void Read(Stream sheet)
    {
        using var xml = XmlReader.Create(sheet, XlsxCheck.WithDeclarations);
        xml.MoveToContent();
        CheckRoot(xml, "worksheet");
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth != 1)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "sheetFormatPr":
                    ReadDefaults(xml);
                    break;
                case "cols":
                    ReadChildren(xml, "col", ReadColumn);
                    break;
                case "sheetData":
                    _dataSeen = _dataSeen ? throw Damaged() : true;
                    ReadChildren(xml, "row", ReadRow);
                    break;
                case "mergeCells":
                    ReadChildren(xml, "mergeCell", x => map.AddMerged(CellName.Area(x.GetAttribute("ref") ?? "")));
                    break;
                default:
                    break;
            }
        }
    }

    /// <exception cref="TableRefusedException">It is Strict Open XML, or nothing that a workbook has here.</exception>
    public static void CheckRoot(XmlReader xml, string name)
    {
        if (xml.NamespaceURI == Strict)
        {
            throw new TableRefusedException(TableFaults.StrictFormat);
        }

        if (xml.LocalName != name || xml.NamespaceURI != Main)
        {
            throw Damaged();
        }
    }

    public static bool IsTrue(string? text) => text is "1" or "true" or "on";

    /// <summary>Each child of the element that the reader stands on; it must bear this name, and <paramref name="read"/> stays inside it.</summary>
    private static void ReadChildren(XmlReader xml, string name, Action<XmlReader> read)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.Depth == depth + 1 && xml.LocalName != "extLst")
            {
                if (xml.LocalName != name || xml.NamespaceURI != Main)
                {
                    throw Damaged();
                }

                read(xml);
            }
        }
    }

    private void ReadDefaults(XmlReader xml)
    {
        // 'zeroHeight' hides the rows that are not written out: those have no content.
        _rowsHidden = IsTrue(xml.GetAttribute("customHeight")) && Size(xml.GetAttribute("defaultRowHeight")) < LowestRow;
        map.HideColumns(0, CellSet.Columns, Size(xml.GetAttribute("defaultColWidth")) < NarrowestColumn);
    }

    private void ReadColumn(XmlReader xml)
    {
        var hidden = IsTrue(xml.GetAttribute("hidden")) || Size(xml.GetAttribute("width")) < NarrowestColumn;
        map.HideColumns(Number(xml.GetAttribute("min")) - 1, Number(xml.GetAttribute("max")) - 1, hidden);
    }

    private void ReadRow(XmlReader xml)
    {
        var row = xml.GetAttribute("r") is { } number ? Number(number) - 1 : _row + 1;
        _row = row > _row ? row : throw Damaged();
        _column = -1;
        var height = Size(xml.GetAttribute("ht"));
        if (IsTrue(xml.GetAttribute("hidden")) || height < LowestRow || (height is null && _rowsHidden))
        {
            map.HideRow(row);
        }

        ReadChildren(xml, "c", ReadCell);
    }

    private void ReadCell(XmlReader xml)
    {
        var (row, column) = xml.GetAttribute("r") is { } name ? CellName.Parse(name) : (_row, _column + 1);
        _column = row == _row && column > _column ? column : throw Damaged();
        var type = xml.GetAttribute("t") ?? "n";
        if (!s_types.Contains(type))
        {
            throw Damaged();
        }

        var (value, formula) = ReadContent(xml, type);
        if (type == "e")
        {
            map.AddError(row, column, string.IsNullOrWhiteSpace(value) ? "#" : value);
        }
        else if (formula && (stale || value is null || (value.Length == 0 && type != "str")))
        {
            map.AddUnsaved(row, column);
        }
        else if (!string.IsNullOrWhiteSpace(value))
        {
            CheckShared(type, value);
            map.AddValue(row, column);
        }
    }

    /// <summary>The value as it stands in the file (of an inline text: what it holds), and whether a formula stands beside it.</summary>
    private static (string? Value, bool Formula) ReadContent(XmlReader xml, string type)
    {
        string? value = null;
        var formula = false;
        if (xml.IsEmptyElement)
        {
            return (value, formula);
        }

        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
            }
            else if (xml.LocalName is "v" && xml.NamespaceURI == Main && value is null)
            {
                value = xml.ReadElementContentAsString();
            }
            else if (xml.LocalName is "is" && xml.NamespaceURI == Main && value is null && type == "inlineStr")
            {
                value = InlineText(xml);
            }
            else if (xml.LocalName is "v" or "is")
            {
                // Two values in one cell, or one that its type does not allow: which of them is shown depends on the program.
                throw Damaged();
            }
            else
            {
                formula |= xml.LocalName == "f";
                xml.Skip();
            }
        }

        return (value, formula);
    }

    /// <summary>The first piece of the text that is not blank.</summary>
    private static string InlineText(XmlReader xml)
    {
        var text = "";
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Read() && xml.Depth > depth)
            {
                text = string.IsNullOrWhiteSpace(text) ? xml.Value : text;
            }
        }

        xml.Read();
        return text;
    }

    private void CheckShared(string type, string value)
    {
        if (type == "s" && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < sharedTexts))
        {
            throw Damaged();
        }
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Damaged();

    private static decimal? Size(string? text) =>
        text is null ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) ? size
        : throw Damaged();

    private static TableRefusedException Damaged() => TableFaults.DamagedFile("sheet");
}
