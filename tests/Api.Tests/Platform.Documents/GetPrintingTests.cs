using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Api.Tests.Platform.Documents;

public sealed class GetPrintingTests
{
    private const string Receipt = "advance-receipt";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.2")]
    public async Task An_old_printing_is_shown_as_a_copy_so_that_its_address_prints_no_second_original(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);
        var printing = await clerk.Print(serial, Receipt);
        await using var db = await counter.Host.OpenDatabase();
        var id = SerialNumber.Parse(serial);
        var then = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-11);
        await db.Set<DocumentPrinting>().Where(p => p.TransactionId == id).ExecuteUpdateAsync(u => u.SetProperty(p => p.PrintedAt, then));

        var page = await clerk.Get(printing["address"], PaperClerk.Html);

        Assert.Contains("副本 第1次打印", page.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.1"), Trait("Requirement", "PL-05.2")]
    public async Task A_printing_is_had_as_pdf_and_as_data_too(Database database)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/weasyprint"), "weasyprint is not installed.");
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);
        var printing = await clerk.Print(serial, Receipt);

        var pdf = await clerk.Get(printing["address"], PaperClerk.Pdf);
        var data = await clerk.Get(printing["address"], PaperClerk.Json);

        Assert.Equal((HttpStatusCode.OK, PaperClerk.Pdf), (pdf.Status, pdf.Type));
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(pdf.Bytes, 0, 5));
        Assert.Equal(1, data.Json["printing"]!.GetValue<int>());
    }
}
