using System.Net;
using System.Text;
using Platform.Documents;
using Platform.Problems;

namespace Api.Tests.Platform.Documents;

public sealed class GetDocumentTests
{
    private const string Receipt = "advance-receipt";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.1"), Trait("Requirement", "PL-05.3"), Trait("Requirement", "FC-09.9")]
    public async Task A_collection_has_a_receipt_with_its_amount_in_figures_and_capitals(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 140_950);
        var clerk = await PaperClerk.At(counter);

        var page = await clerk.Show(serial, Receipt, PaperClerk.Html);
        var data = await clerk.Show(serial, Receipt);

        Assert.Equal((HttpStatusCode.OK, PaperClerk.Html), (page.Status, page.Type));
        string[] printed =
        [
            "预收款凭证",
            "人民币壹仟肆佰零玖元伍角",
            "￥1,409.50",
            serial,
            counter.BranchCode,
            "测试网点",
            "<svg",
            "@page",
            "李娜",
        ];
        Assert.All(printed, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
        Assert.Equal("人民币壹仟肆佰零玖元伍角", data.Data["amountInCapitals"]!.GetValue<string>());
        Assert.Equal(140_950, data.Data["amount"]!.GetValue<long>());
        Assert.Equal(140_950, data.Data["quotaBalance"]!.GetValue<long>());
        Assert.Equal(card.CustomerCode, data.Data["customerCode"]!.GetValue<string>());
        Assert.Equal(serial, data.Json["serialNumber"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.1")]
    public async Task Accept_chooses_the_format(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);

        Assert.Equal(PaperClerk.Html, (await clerk.Show(serial, Receipt, null)).Type);
        Assert.Equal(PaperClerk.Html, (await clerk.Show(serial, Receipt, "*/*")).Type);
        Assert.Equal(PaperClerk.Html, (await clerk.Show(serial, Receipt, "text/*, application/json;q=0.5")).Type);
        Assert.Equal(PaperClerk.Json, (await clerk.Show(serial, Receipt, "application/json, text/html;q=0.5")).Type);
        Assert.Equal(PaperClerk.Json, (await clerk.Show(serial, Receipt, "text/html;q=0, application/json;q=0.1")).Type);
        var none = await clerk.Show(serial, Receipt, "image/png");
        Assert.Equal((HttpStatusCode.NotAcceptable, "not-acceptable"), (none.Status, none.Json["code"]!.GetValue<string>()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.1")]
    public async Task A_document_is_had_as_pdf_where_the_server_can_make_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        Assert.SkipUnless(File.Exists("/usr/bin/weasyprint"), "weasyprint is not installed.");

        var pdf = await (await PaperClerk.At(counter)).Show(serial, Receipt, PaperClerk.Pdf);

        Assert.Equal((HttpStatusCode.OK, PaperClerk.Pdf), (pdf.Status, pdf.Type));
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(pdf.Bytes, 0, 5));
        Assert.Contains(serial, pdf.Message.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Without_a_program_for_pdf_the_answer_says_so(Database database)
    {
        await using var host = await TestHost.Start(database, settings: new() { ["Documents:PdfCommand"] = "/nowhere/weasyprint" });
        await using var counter = await TestCounter.Open(host);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);

        var refused = await (await PaperClerk.At(counter)).Show(serial, Receipt, PaperClerk.Pdf);

        Assert.Equal((HttpStatusCode.NotAcceptable, "application/problem+json"), (refused.Status, refused.Type));
        Assert.Equal("not-acceptable", refused.Json["code"]!.GetValue<string>());
        Assert.NotEmpty(refused.Json["reason"]!.GetValue<string>());
    }

    /// <summary>Making one takes seconds, and there is room for two: who asks for many at once would keep the others from theirs.</summary>
    [Fact]
    public async Task One_operator_has_one_pdf_made_at_a_time()
    {
        var folder = Directory.CreateTempSubdirectory("fuel-tests-").FullName;
        await using var host = await TestHost.Start(Database.Sqlite, settings: new() { ["Documents:PdfCommand"] = SlowProgram(folder) });
        await using var counter = await TestCounter.Open(host);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var (cashier, second) = (await PaperClerk.At(counter), await PaperClerk.At(counter, counter.Second));

        var first = cashier.Show(serial, Receipt, PaperClerk.Pdf);
        await Eventually.Holds(() => Task.FromResult(Directory.GetFiles(folder, "started-*").Length), n => n == 1);
        var refused = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cashier.Show(serial, Receipt, PaperClerk.Pdf)));
        var other = second.Show(serial, Receipt, PaperClerk.Pdf);
        await Eventually.Holds(() => Task.FromResult(Directory.GetFiles(folder, "started-*").Length), n => n == 2);
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "");

        Assert.All(refused, r => Assert.Equal((HttpStatusCode)429, r.Status));
        Assert.All(refused, r => Assert.Equal("too-many-requests", r.Json["code"]!.GetValue<string>()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await first).Status, (await other).Status));
        Assert.Equal(HttpStatusCode.OK, (await cashier.Show(serial, Receipt, PaperClerk.Pdf)).Status);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A program that makes a PDF when it is told to go on.</summary>
    private static string SlowProgram(string folder)
    {
        var file = Path.Combine(folder, "slow-pdf");
        File.WriteAllText(
            file,
            $"#!/bin/sh\ncat >/dev/null\ntouch {folder}/started-$$\nuntil [ -e {folder}/go ]; do sleep 0.02; done\nprintf '%%PDF-'\n"
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return file;
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.5"), Trait("Requirement", "FC-17.6")]
    public async Task A_void_prints_requester_and_approver_and_the_collection_is_marked_voided(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var collection = await counter.Collected(card, 50_000);
        var voided = (await counter.Void(card, collection, 50_000)).Is(HttpStatusCode.Created).SerialNumber;
        var clerk = await PaperClerk.At(counter);

        var page = await clerk.Show(voided, Receipt, PaperClerk.Html);
        var data = await clerk.Show(voided, Receipt);
        var old = await clerk.Show(collection, Receipt, PaperClerk.Html);

        string[] printed = ["撤单", "￥-500.00", collection, counter.Cashier.Login, counter.Second.Login];
        Assert.All(printed, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
        Assert.Equal(counter.Cashier.Login, data.Json["head"]!["operatorLogin"]!.GetValue<string>());
        Assert.Equal(counter.Second.Login, data.Json["head"]!["approverLogin"]!.GetValue<string>());
        Assert.Equal(collection, data.Data["correctsSerialNumber"]!.GetValue<string>());
        Assert.Contains("已撤单", old.Text, StringComparison.Ordinal);
        Assert.Contains(voided, old.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task What_does_not_exist_is_not_found(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);

        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Show(serial, "day-end-sheet")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Show(serial, "no-such-kind")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Show("00000000000000000018", Receipt)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Show("nonsense", Receipt)).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.8")]
    public async Task Another_branchs_documents_need_the_right_for_every_branch(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);

        var own = await other.Collected(await other.IssuedCard(), 100);
        Assert.Equal(HttpStatusCode.OK, (await (await PaperClerk.At(other)).Show(serial, Receipt)).Status);
        await PaperClerk.LeaveOnly(other, DocumentRights.Print);
        var clerk = await PaperClerk.At(other);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Show(serial, Receipt)).Status);
        (await clerk.Print(serial, Receipt)).IsRefused(HttpStatusCode.Forbidden, "transaction-out-of-reach");
        Assert.Equal(HttpStatusCode.OK, (await clerk.Show(own, Receipt)).Status);
    }

    [Theory, EachDatabase]
    public async Task What_a_customer_wrote_stands_on_the_page_as_text(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var payment = TestCounter.Payment(100);
        payment["remark"] = "<script>alert(1)</script>&\"'";
        var serial = (await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", payment)).Is(HttpStatusCode.Created).SerialNumber;

        var page = await (await PaperClerk.At(counter)).Show(serial, Receipt, PaperClerk.Html);

        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Message.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(page.Message.Headers.CacheControl!.NoStore);
    }
}
