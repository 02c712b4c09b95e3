using System.Globalization;
using System.Security;
using System.Text;
using Platform.Languages;

namespace Platform.Tables;

/// <summary>The parts of an .xlsx of one sheet, by ECMA-376: the fewest that Excel opens without a complaint.</summary>
internal static class XlsxParts
{
    public const string Sheet = "xl/worksheets/sheet1.xml";
    public const string SheetEnd = "</sheetData></worksheet>";

    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    // Styles 1 to 3 of the sheet below: text, yuan, date.
    private const int TextStyle = 1;
    private const int YuanStyle = 2;
    private const int DateStyle = 3;

    /// <summary>Day 1 of Excel's calendar is 1900-01-01, and it believes in 1900-02-29: from March 1900 on, days count from here.</summary>
    private static readonly int s_dayZero = new DateOnly(1899, 12, 30).DayNumber;

    public static IEnumerable<(string Name, string Content)> Fixed(string sheet)
    {
        yield return (
            "[Content_Types].xml",
            $"""
            {Head}<Types xmlns="{Packages}/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/>
            <Override PartName="/{Sheet}" ContentType="{Types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/>
            </Types>
            """
        );
        yield return (
            "_rels/.rels",
            $"""
            {Head}<Relationships xmlns="{Packages}/relationships">
            <Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """
        );
        yield return (
            "xl/workbook.xml",
            $"""
            {Head}<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{SecurityElement.Escape(
                sheet
            )}" sheetId="1" r:id="rId1"/></sheets></workbook>
            """
        );
        yield return (
            "xl/_rels/workbook.xml.rels",
            $"""
            {Head}<Relationships xmlns="{Packages}/relationships">
            <Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
            """
        );
        yield return (
            "xl/styles.xml",
            $"""
            {Head}<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="1"><font>
            <sz val="11"/><name val="Calibri"/></font></fonts>
            <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">
            <xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
            <cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
            <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
            <xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
            <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
            <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """
        );
    }

    public static string SheetStart(IReadOnlyList<TableColumn> columns)
    {
        var text = new StringBuilder(Head).Append(CultureInfo.InvariantCulture, $"<worksheet xmlns=\"{Main}\">");
        if (columns.Count > 0)
        {
            text.Append("<cols>");
            for (var i = 0; i < columns.Count; i++)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{columns[i].Width}\" customWidth=\"1\"/>"
                );
            }

            text.Append("</cols>");
        }

        return text.Append("<sheetData>").ToString();
    }

    public static void AppendCell(StringBuilder text, TableCell cell, int column, int row)
    {
        if (cell is { Kind: TableCellKind.Text, Content: null or "" })
        {
            return;
        }

        var name = CellName.Column(column);
        var (style, value) = cell.Kind switch
        {
            TableCellKind.Yuan => (YuanStyle, Figures.PlainYuan(cell.Figure)),
            TableCellKind.Number => (0, cell.Figure.ToString(CultureInfo.InvariantCulture)),
            TableCellKind.Date => (DateStyle, (cell.Figure - s_dayZero).ToString(CultureInfo.InvariantCulture)),
            _ => (TextStyle, null),
        };
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"<c r=\"{name}{row}\" s=\"{style}\"><v>{value}</v></c>");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"<c r=\"{name}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        AppendText(text, cell.Content!);
        text.Append("</t></is></c>");
    }

    /// <summary>Escapes what XML forbids as Excel does (_x0001_), and what only looks like that escape.</summary>
    internal static void AppendText(StringBuilder text, string content)
    {
        for (var i = 0; i < content.Length; i++)
        {
            var c = content[i];
            var pair = char.IsHighSurrogate(c) && i + 1 < content.Length && char.IsLowSurrogate(content[i + 1]);
            if (pair)
            {
                text.Append(c).Append(content[++i]);
            }
            else if (c == '_' && LooksEscaped(content.AsSpan(i)))
            {
                text.Append("_x005F_");
            }
            else if (c is '<' or '>' or '&')
            {
                text.Append(
                    c switch
                    {
                        '<' => "&lt;",
                        '>' => "&gt;",
                        _ => "&amp;",
                    }
                );
            }
            else if (char.IsSurrogate(c))
            {
                text.Append('\ufffd');
            }
            else if (c is (< ' ' and not ('\t' or '\n')) or '\ufffe' or '\uffff')
            {
                text.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            }
            else
            {
                text.Append(c);
            }
        }
    }

    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] is 'x' or 'X' && text[6] == '_' && IsHex(text[2..6]);

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
