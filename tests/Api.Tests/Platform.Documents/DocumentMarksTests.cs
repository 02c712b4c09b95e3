using System.Net;
using System.Text.RegularExpressions;

namespace Api.Tests.Platform.Documents;

/// <summary>What a paper is not stands large across it: a preview, a reprint, a void, a trial (PL-05.5).</summary>
[Trait("Requirement", "PL-05.5")]
public sealed partial class DocumentMarksTests
{
    private const string Receipt = "advance-receipt";

    [Theory, EachDatabase]
    public async Task Previews_and_reprints_bear_a_watermark_and_an_original_bears_none(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);
        var first = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);
        var second = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);

        Assert.Equal(["预览"], Watermarks(await clerk.Show(serial, Receipt, PaperClerk.Html)));
        Assert.Empty(Watermarks(await clerk.Get(first["address"], PaperClerk.Html)));
        Assert.Equal(["重打 第2次"], Watermarks(await clerk.Get(second["address"], PaperClerk.Html)));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.6")]
    public async Task Voids_reversals_and_what_they_took_back_bear_a_watermark(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var (first, second) = (await counter.Collected(card, 100), await counter.Collected(card, 200));
        var voided = (await counter.Void(card, first, 100)).Is(HttpStatusCode.Created).SerialNumber;
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        var reversed = (await counter.Reverse(card, second, 200)).Is(HttpStatusCode.Created).SerialNumber;
        var clerk = await PaperClerk.At(counter);
        async Task<string[]> Of(string serial)
        {
            var printed = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);
            return Watermarks(await clerk.Get(printed["address"], PaperClerk.Html));
        }

        Assert.Equal(["撤单"], await Of(voided));
        Assert.Equal(["冲销"], await Of(reversed));
        Assert.Equal(["已撤单"], await Of(first));
        Assert.Equal(["已冲销"], await Of(second));
        Assert.Equal(["已冲销", "重打 第2次"], await Of(second));
    }

    [Fact]
    public async Task Papers_of_a_sandbox_are_marked_and_do_not_verify_as_valid()
    {
        await using var host = await TestHost.Start(Database.Sqlite, settings: new() { ["Documents:Sandbox"] = "true" });
        await using var counter = await TestCounter.Open(host);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);
        var printed = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);

        var page = await clerk.Get(printed["address"], PaperClerk.Html);
        var address = (await clerk.Get(printed["address"], PaperClerk.Json)).Json["verificationAddress"]!.GetValue<string>();

        Assert.Equal(["测试"], Watermarks(page));
        Assert.Contains("测试环境单据，不作凭据", page.Text, StringComparison.Ordinal);
        Assert.True((await PaperClerk.Scan(host.Client, address, PaperClerk.Json)).Json["test"]!.GetValue<bool>());
        Assert.Contains("不是有效单据", (await PaperClerk.Scan(host.Client, address, PaperClerk.Html)).Text, StringComparison.Ordinal);
    }

    /// <summary>A watermark lies behind the fields and is light; no mark stands in front of what must be read.</summary>
    [Theory, EachDatabase]
    public async Task No_mark_lies_over_fields(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);

        var page = (await (await PaperClerk.At(counter)).Show(serial, Receipt, PaperClerk.Html)).Text;

        Assert.Contains("main { position: relative; z-index: 0; }", page, StringComparison.Ordinal);
        Assert.Contains(".watermark { position: absolute; z-index: -1;", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("position: absolute").Length);
        Assert.DoesNotContain("class=\"stamp\"", page, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_slip_shows_no_empty_boxes_and_gives_the_name_the_whole_row(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);

        var page = (await (await PaperClerk.At(counter)).Show(serial, Receipt, PaperClerk.Html)).Text;

        Assert.DoesNotContain(">发票号<", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">备注<", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<td[^>]*>\\s*—?\\s*</td>\\s*(</tr>|<th)", page);
        Assert.Matches("客户名称<small>Customer</small></th>\\s*<td colspan=\"3\"", page);
    }

    internal static string[] Watermarks(Shown page)
    {
        Assert.Equal((HttpStatusCode.OK, PaperClerk.Html), (page.Status, page.Type));
        var block = WatermarkBlock().Match(page.Text);
        return block.Success ? [.. WatermarkWords().Matches(block.Value).Select(m => m.Groups["words"].Value)] : [];
    }

    [GeneratedRegex("<div class=\"watermark\".*?</div>\\s*</div>", RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WatermarkBlock();

    [GeneratedRegex("<div class=\"(?:long)?\">(?<words>[^<]+)<small>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WatermarkWords();
}
