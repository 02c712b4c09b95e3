using FsCheck;
using FsCheck.Fluent;
using Platform.Tables;
using TestRuns;

namespace Api.Tests.Platform.Tables;

/// <summary>Whatever texts a line has, they survive writing and reading in every format (FC-20.1, FC-23.1).</summary>
[Trait("Requirement", "FC-20.1"), Trait("Requirement", "FC-23.1")]
public sealed class TableRoundTripTests
{
    private const int MaxText = 40;

    // Words that formats trip over, among plain ones.
    private static readonly string[] s_words =
    [
        "a",
        "Z",
        "0",
        "9",
        ".",
        "-",
        " ",
        "=",
        "+",
        "@",
        "'",
        "\"",
        ",",
        "|",
        "\t",
        ";",
        "<",
        ">",
        "&",
        "_",
        "_x0041_",
        "_x005F_",
        "\\",
        "张",
        "三",
        "汽油",
        "，",
        "é",
        "€",
        "😀",
        "𠀀",
        "㐀",
        "#N/A",
        "1E5",
        "\u00a0",
        "\u3000",
        "]]>",
        "&amp;",
        "TRUE",
        "卡",
    ];

    private static Gen<string> Text(Func<string, bool> fits) =>
        Gen.Elements(s_words).ListOf().Select(words => Cut(string.Concat(words))).Where(fits);

    public static TheoryData<string> TextFormats => [.. Tables.Layouts.Select(l => l.ToString())];

    public static TheoryData<string> AllFormats => ["Xlsx", "Xls", .. Tables.Layouts.Select(l => l.ToString())];

    [Theory, MemberData(nameof(AllFormats))]
    public void Any_texts_survive_writing_and_reading(string format)
    {
        var workbook = Enum.TryParse<TableFormat>(format, out var kind);
        var layout = workbook ? null : DatLayout.Parse(format);
        var text = Text(t => workbook ? !IsErrorWord(t) : layout!.Separator is not null || FitsColumn(t));
        var row = text.Select(t => new[] { "6200", "10.00", t, t + "x" });
        var rows = row.ListOf().Where(r => r.Count > 0);
        Prop.ForAll(
                Arb.From(rows),
                list =>
                {
                    var written = list.Select(r => r.ToArray()).ToList();
                    var file = Tables.Write(workbook ? kind : TableFormat.Dat, layout, written).GetAwaiter().GetResult();
                    var read = Tables.Read(file, workbook ? kind : TableFormat.Dat);
                    Assert.Equal(written.Select(r => string.Join('\u0001', r)), read.Select(r => string.Join('\u0001', r.Cells)));
                    Assert.All(read, r => Assert.Empty(r.Faults));
                    Assert.Equal(Enumerable.Range(1, written.Count), read.Select(r => r.Line));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(kind == TableFormat.Xls && workbook ? 20 : 60)));
    }

    [Theory, MemberData(nameof(TextFormats))]
    public async Task The_layout_is_found_again(string format)
    {
        var layout = DatLayout.Parse(format);
        var file = await Tables.Write(
            TableFormat.Dat,
            layout,
            [
                ["6200", "1.00", "张三", "备注"],
            ]
        );
        Assert.Equal(layout, TableReader.Open(file, TableFormat.Dat, new TableLimits(), Tables.Widths).Layout);
    }

    [Fact]
    public async Task Line_ends_in_a_cell_become_spaces_in_a_text_file_and_stay_in_a_workbook()
    {
        string[] row = ["6200", "1.00", "a\nb"];
        var text = await Tables.Write(TableFormat.Dat, Tables.Layouts[0], [row]);
        Assert.Equal("a b", Assert.Single(Tables.Read(text, TableFormat.Dat)).Cells[2]);
        var workbook = await Tables.Write(TableFormat.Xlsx, null, [row]);
        Assert.Equal("a\nb", Assert.Single(Tables.Read(workbook, TableFormat.Xlsx)).Cells[2]);
    }

    private static bool IsErrorWord(string text) => text == "#N/A";

    // The widest encoding takes four bytes for a character, and a fixed column gives no trailing blanks back.
    private static bool FitsColumn(string text) => !text.EndsWith(' ') && text.Length <= 14;

    private static string Cut(string text)
    {
        var cut = text.Length <= MaxText ? text : text[..MaxText];
        return char.IsHighSurrogate(cut.LastOrDefault()) ? cut[..^1] : cut;
    }
}
