using Api.Tests.Platform.Tables;
using Funding.BatchRecharges.Files;
using Platform.Tables;

namespace Api.Tests.Funding.BatchRecharges.Files;

/// <summary>A list takes no line that its submitter could not see: each hidden part is named by row, column or sheet (FC-20.6).</summary>
[Trait("Requirement", "FC-20.6")]
public sealed class HiddenPartsTests
{
    private static readonly TableFormat[] s_workbooks = [TableFormat.Xls, TableFormat.Xlsx];

    public static TheoryData<TableFormat, Hiding> RowsHidden =>
        [.. s_workbooks.SelectMany(f => Enum.GetValues<Hiding>().Select(h => (f, h)))];

    public static TheoryData<TableFormat, Hiding> ColumnsHidden =>
        [.. s_workbooks.SelectMany(f => new[] { Hiding.Hidden, Hiding.NoSize }.Select(h => (f, h)))];

    public static TheoryData<TableFormat, string> SheetsHidden =>
        [.. s_workbooks.SelectMany(f => new[] { "hidden", "veryHidden" }.Select(s => (f, s)))];

    [Theory, MemberData(nameof(RowsHidden))]
    public void A_row_that_cannot_be_seen_is_a_bad_line(TableFormat format, Hiding how)
    {
        var book = List();
        book.HiddenRows[2] = how;

        var (lines, _, fault) = Read(book, format);

        Assert.Null(fault);
        Assert.Equal([(2, null), (3, "line-hidden"), (4, null)], lines.Select(l => (l.Line, l.Fault?.Code)));
        Assert.Contains("3", lines[1].Fault!.En, StringComparison.Ordinal);
        Assert.Contains("3", lines[1].Fault!.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TableFormat.Xls)]
    [InlineData(TableFormat.Xlsx)]
    public void A_hidden_header_or_trailer_is_a_bad_line_and_a_hidden_blank_row_is_none(TableFormat format)
    {
        var book = List();
        book.Rows.Add([null, null]);
        book.Rows.Add(["合计", 3m, 600m]);
        (book.HiddenRows[0], book.HiddenRows[4], book.HiddenRows[5]) = (Hiding.Hidden, Hiding.Hidden, Hiding.NoSize);

        var (lines, trailer, _) = Read(book, format);

        Assert.Equal([(1, "line-hidden"), (2, null), (3, null), (4, null), (6, "line-hidden")], lines.Select(l => (l.Line, l.Fault?.Code)));
        Assert.Null(trailer);
    }

    [Theory, MemberData(nameof(ColumnsHidden))]
    public void A_column_that_cannot_be_seen_and_has_content_refuses_the_list_by_its_letter(TableFormat format, Hiding how)
    {
        var book = List();
        book.HiddenColumns[1] = how;
        book.HiddenColumns[7] = how;

        var fault = Read(book, format).Fault;

        Assert.Equal(("file-hidden", 2), (fault?.Code, fault?.Column));
        Assert.Contains("columns B.", fault!.En, StringComparison.Ordinal);
        Assert.Contains("第 B 列", fault.Zh, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(SheetsHidden))]
    public void A_hidden_sheet_with_content_refuses_the_list_by_its_number(TableFormat format, string state)
    {
        var book = List();
        book.Others.AddRange([new OtherSheet(state, HasContent: false), new OtherSheet(state, HasContent: true)]);

        var (lines, _, fault) = Read(book, format);

        Assert.Equal(3, lines.Count);
        Assert.Equal("file-hidden", fault?.Code);
        Assert.Contains("sheets 3.", fault!.En, StringComparison.Ordinal);
        Assert.Contains("第 3 个工作表", fault.Zh, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(SheetsHidden))]
    public void A_list_on_a_hidden_sheet_gives_no_lines(TableFormat format, string state)
    {
        var book = List();
        book.State = state;
        book.Others.Add(new OtherSheet("visible", HasContent: false));

        var (lines, _, fault) = Read(book, format);

        Assert.Empty(lines);
        Assert.Equal("file-hidden", fault?.Code);
        Assert.Contains("sheets 1.", fault!.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TableFormat.Xls)]
    [InlineData(TableFormat.Xlsx)]
    public void A_value_under_a_merged_cell_is_a_bad_line(TableFormat format)
    {
        var book = List();
        book.Merged.Add((1, 1, 2, 1));
        book.Merged.Add((3, 4, 3, 6));

        var (lines, _, _) = Read(book, format);

        Assert.Equal([null, "cell-merged", null], lines.Select(l => l.Fault?.Code));
        Assert.Equal((3, 2), (lines[1].Fault!.Line, lines[1].Fault!.Column));
    }

    [Fact]
    public void Columns_and_rows_that_the_sheet_hides_by_default_are_hidden()
    {
        const string Row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>";
        var narrow =
            $"<worksheet xmlns=\"{RawWorkbook.Main}\"><sheetFormatPr defaultColWidth=\"0\"/><sheetData>{Row}</sheetData></worksheet>";
        var low =
            $"<worksheet xmlns=\"{RawWorkbook.Main}\"><sheetFormatPr defaultRowHeight=\"0\" customHeight=\"1\"/>"
            + $"<sheetData>{Row}</sheetData></worksheet>";
        Assert.Equal("file-hidden", Tables.Refused(new RawWorkbook().With(RawWorkbook.SheetPart, narrow).File(), TableFormat.Xlsx).Code);
        var rows = Tables.Read(new RawWorkbook().With(RawWorkbook.SheetPart, low).File(), TableFormat.Xlsx);
        Assert.Equal("line-hidden", Assert.Single(Assert.Single(rows).Faults).Code);
    }

    /// <summary>Each hidden part with content is named, or nothing hidden has content and the sum is the one that is seen.</summary>
    [Theory]
    [InlineData(TableFormat.Xls, 400, 61)]
    [InlineData(TableFormat.Xlsx, 1_500, 62)]
    public void Any_workbook_is_taken_with_the_sum_that_is_seen_or_every_hidden_part_is_named(TableFormat format, int books, int seed)
    {
        var (random, taken) = (new Random(seed), 0);
        for (var i = 0; i < books; i++)
        {
            var book = Random(random);
            var (lines, trailer, fault) = Read(book, format);
            var filled = book.Rows.Select(r => r.Any(c => c is not null)).ToList();
            var hiddenRows = book.HiddenRows.Keys.Where(r => filled[r]).Select(r => r + 1).Order().ToList();
            var hiddenColumns = book.HiddenColumns.Keys.Where(c => book.Rows.Any(r => c < r.Length && r[c] is not null)).Order().ToList();
            var sheets = book.Others.Index().Where(o => o.Item is { HasContent: true }).Select(o => o.Index + 2).ToList();

            Assert.Equal(hiddenRows, lines.Where(l => l.Fault?.Code == "line-hidden").Select(l => l.Line));
            Assert.Equal(hiddenColumns.Count + sheets.Count > 0 ? "file-hidden" : null, fault?.Code);
            Assert.All(hiddenColumns, c => Assert.Contains($"{(char)('A' + c)}", fault!.En, StringComparison.Ordinal));
            Assert.All(sheets, s => Assert.Contains($"{s}", fault!.En, StringComparison.Ordinal));
            var header = book.Rows[0][0] is "卡号" && !book.HiddenRows.ContainsKey(0);
            Assert.Equal(filled.Count(f => f), lines.Count + (header ? 1 : 0) + (trailer is null ? 0 : 1));
            if (hiddenRows.Count == 0 && fault is null)
            {
                taken++;
                var seen = book
                    .Rows.Where(r => r[0] is string card && card.StartsWith("62", StringComparison.Ordinal))
                    .Sum(r => (decimal)r[1]!);
                var sum = lines.Sum(l => decimal.Parse(l.Amount, System.Globalization.CultureInfo.InvariantCulture));
                Assert.Equal(seen, sum);
            }
        }

        Assert.InRange(taken, books / 20, books * 9 / 10);
    }

    private static SeenWorkbook Random(Random random)
    {
        var book = new SeenWorkbook();
        if (random.Next(2) == 0)
        {
            book.Rows.Add(["卡号", "金额", "持卡人", "备注"]);
        }

        var lines = random.Next(1, 9);
        for (var i = 0; i < lines; i++)
        {
            book.Rows.Add(
                random.Next(5) == 0
                    ? [null, null, null, null]
                    : [$"62000000{i:D8}", random.Next(1, 1_000_000) / 100m, random.Next(2) == 0 ? "张三" : null, null]
            );
        }

        book.Rows.Add(["6200000099999999", 1m, null, null]);
        if (random.Next(2) == 0)
        {
            book.Rows.Add(["合计", 1m, 1m, null]);
        }

        for (var hidden = random.Next(3); hidden > 0; hidden--)
        {
            book.HiddenRows[random.Next(book.Rows.Count)] = (Hiding)random.Next(4);
        }

        if (random.Next(3) == 0)
        {
            book.HiddenColumns[random.Next(6)] = (Hiding)random.Next(2);
        }

        for (var others = random.Next(3); others > 0; others--)
        {
            book.Others.Add(new OtherSheet(random.Next(2) == 0 ? "hidden" : "veryHidden", random.Next(3) == 0));
        }

        return book;
    }

    private static SeenWorkbook List()
    {
        var book = new SeenWorkbook();
        book.Rows.AddRange([
            ["卡号", "金额"],
            ["6200000000000011", 100m],
            ["6200000000000029", 200m],
            ["6200000000000037", 300m],
        ]);
        return book;
    }

    private static (List<RechargeListLine> Lines, RechargeListTrailer? Trailer, TableFault? Fault) Read(
        SeenWorkbook book,
        TableFormat format
    )
    {
        using var file = book.File(format);
        var lines = new List<RechargeListLine>();
        var list = RechargeListFile.Open(file, format);
        try
        {
            foreach (var line in list.Lines())
            {
                lines.Add(line);
            }

            return (lines, list.Trailer, null);
        }
        catch (TableRefusedException e)
        {
            return (lines, list.Trailer, e.Fault);
        }
    }
}
