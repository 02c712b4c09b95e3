using System.Globalization;
using System.Security;
using System.Text;
using NPOI.HSSF.UserModel;
using NPOI.SS.UserModel;
using NPOI.SS.Util;
using Platform.Documents;
using Platform.Tables;

namespace Api.Tests.Platform.Tables;

/// <summary>The ways in which spreadsheet programs keep a row or a column from being seen.</summary>
public enum Hiding
{
    /// <summary>By hand.</summary>
    Hidden,

    /// <summary>A height or width of nothing.</summary>
    NoSize,

    /// <summary>A row that a filter leaves out.</summary>
    Filtered,

    /// <summary>In a group that is closed.</summary>
    Collapsed,
}

/// <summary>A sheet beside the one of the list.</summary>
internal sealed record OtherSheet(string State, bool HasContent);

/// <summary>A workbook of one list and of what may be hidden in it, as .xls and as .xlsx alike; rows and columns from 0.</summary>
internal sealed class SeenWorkbook
{
    /// <summary>Texts as they are, numbers as number cells, null where nothing is.</summary>
    public List<object?[]> Rows { get; } = [];

    public Dictionary<int, Hiding> HiddenRows { get; } = [];

    public Dictionary<int, Hiding> HiddenColumns { get; } = [];

    public List<(int Row, int Column, int LastRow, int LastColumn)> Merged { get; } = [];

    public string State { get; set; } = "visible";

    /// <summary>Sheets 2, 3, …; the list is on sheet 1.</summary>
    public List<OtherSheet> Others { get; } = [];

    public MemoryStream File(TableFormat format) => format == TableFormat.Xls ? Xls() : Xlsx();

    private MemoryStream Xlsx()
    {
        var sheets = new StringBuilder($"<sheet name=\"清单\" sheetId=\"1\" r:id=\"rId1\" state=\"{State}\"/>");
        var relations = new List<(string, string, string)> { ("worksheet", "worksheets/sheet1.xml", "") };
        var book = new RawWorkbook();
        foreach (var (i, other) in Others.Index())
        {
            var number = i + 2;
            sheets.Append(
                CultureInfo.InvariantCulture,
                $"<sheet name=\"{number}\" sheetId=\"{number}\" r:id=\"rId{number}\" state=\"{other.State}\"/>"
            );
            relations.Add(("worksheet", $"worksheets/sheet{number}.xml", ""));
            var row = other.HasContent ? "<row r=\"7\"><c r=\"C7\"><v>5</v></c></row>" : "<row r=\"1\"><c r=\"A1\" s=\"0\"/></row>";
            book.With($"xl/worksheets/sheet{number}.xml", RawWorkbook.SheetOf(row));
        }

        return book.With("xl/workbook.xml", RawWorkbook.WorkbookOf(sheets.ToString()))
            .With("xl/_rels/workbook.xml.rels", RawWorkbook.Relationships([.. relations]))
            .With(RawWorkbook.SheetPart, Sheet())
            .File();
    }

    private string Sheet()
    {
        var text = new StringBuilder($"<worksheet xmlns=\"{RawWorkbook.Main}\">");
        if (HiddenColumns.Count > 0)
        {
            text.Append("<cols>");
            foreach (var (column, how) in HiddenColumns.OrderBy(c => c.Key))
            {
                var looks = how == Hiding.NoSize ? "width=\"0\" customWidth=\"1\"" : "width=\"9\" hidden=\"1\"";
                text.Append(CultureInfo.InvariantCulture, $"<col min=\"{column + 1}\" max=\"{column + 1}\" {looks}/>");
            }

            text.Append("</cols>");
        }

        text.Append("<sheetData>");
        foreach (var (i, row) in Rows.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"<row r=\"{i + 1}\"{Looks(i)}>");
            foreach (var (column, cell) in row.Index())
            {
                text.Append(Cell($"{(char)('A' + column)}{i + 1}", cell));
            }

            text.Append("</row>");
        }

        text.Append("</sheetData>");
        text.Append(HiddenRows.ContainsValue(Hiding.Filtered) ? "<autoFilter ref=\"A1:D9\"/>" : "");
        if (Merged.Count > 0)
        {
            var areas = Merged.Select(m => $"<mergeCell ref=\"{Name(m.Row, m.Column)}:{Name(m.LastRow, m.LastColumn)}\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<mergeCells>{string.Concat(areas)}</mergeCells>");
        }

        return text.Append("</worksheet>").ToString();
    }

    private string Looks(int row) =>
        !HiddenRows.TryGetValue(row, out var how) ? ""
        : how == Hiding.NoSize ? " ht=\"0\" customHeight=\"1\""
        : how == Hiding.Collapsed ? " outlineLevel=\"1\" hidden=\"1\""
        : " hidden=\"1\"";

    private static string Cell(string name, object? cell) =>
        cell switch
        {
            null => $"<c r=\"{name}\"/>",
            string text => $"<c r=\"{name}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>",
            _ => string.Create(CultureInfo.InvariantCulture, $"<c r=\"{name}\"><v>{cell}</v></c>"),
        };

    private static string Name(int row, int column) => $"{(char)('A' + column)}{row + 1}";

    private MemoryStream Xls()
    {
        var book = new HSSFWorkbook();
        var sheet = book.CreateSheet("清单");
        foreach (var (i, cells) in Rows.Index())
        {
            var row = sheet.CreateRow(i);
            foreach (var (column, cell) in cells.Index())
            {
                Fill(row.CreateCell(column), cell);
            }
        }

        foreach (var (i, how) in HiddenRows)
        {
            Hide(sheet, i, how);
        }

        foreach (var (column, how) in HiddenColumns)
        {
            sheet.SetColumnWidth(column, how == Hiding.NoSize ? 0 : 9 * 256);
            sheet.SetColumnHidden(column, how != Hiding.NoSize);
        }

        foreach (var (row, column, lastRow, lastColumn) in Merged)
        {
            sheet.AddMergedRegion(new CellRangeAddress(row, lastRow, column, lastColumn));
        }

        book.SetSheetHidden(0, StateOf(State));
        foreach (var (i, other) in Others.Index())
        {
            var row = book.CreateSheet($"{i + 2}").CreateRow(6);
            Fill(row.CreateCell(2), other.HasContent ? 5m : null);
            book.SetSheetHidden(i + 1, StateOf(other.State));
        }

        var file = new MemoryStream();
        book.Write(file);
        return new MemoryStream(file.ToArray());
    }

    private static void Hide(ISheet sheet, int row, Hiding how)
    {
        switch (how)
        {
            case Hiding.NoSize:
                sheet.GetRow(row).Height = 0;
                break;
            case Hiding.Collapsed:
                sheet.GroupRow(row, row);
                sheet.GetRow(row).ZeroHeight = true;
                break;
            default:
                sheet.GetRow(row).ZeroHeight = true;
                break;
        }
    }

    private static void Fill(ICell cell, object? value)
    {
        if (value is string text)
        {
            cell.SetCellValue(text);
        }
        else if (value is not null)
        {
            cell.SetCellValue(Convert.ToDouble(value, CultureInfo.InvariantCulture));
        }
    }

    private static SheetState StateOf(string state) =>
        state switch
        {
            "hidden" => SheetState.Hidden,
            "veryHidden" => SheetState.VeryHidden,
            _ => SheetState.Visible,
        };
}
