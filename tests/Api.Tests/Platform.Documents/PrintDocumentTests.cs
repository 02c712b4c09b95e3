using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Documents;
using Platform.Problems;

namespace Api.Tests.Platform.Documents;

public sealed class PrintDocumentTests
{
    private const string Receipt = "advance-receipt";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.2")]
    public async Task Every_printing_after_the_first_is_marked_as_a_reprint_with_its_count(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);

        var preview = await clerk.Show(serial, Receipt, PaperClerk.Html);
        var first = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);
        var second = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);
        var third = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);

        Assert.Contains("预览", preview.Text, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], new[] { first, second, third }.Select(p => p.Number("number")));
        Assert.Equal(first["address"], first.Location!.ToString());
        var original = await clerk.Get(first["address"], PaperClerk.Html);
        Assert.DoesNotContain("重打", original.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("预览", original.Text, StringComparison.Ordinal);
        Assert.Contains(counter.Cashier.Login, original.Text, StringComparison.Ordinal);
        Assert.Contains("重打 第2次", (await clerk.Get(second["address"], PaperClerk.Html)).Text, StringComparison.Ordinal);
        Assert.Contains("重打 第3次", (await clerk.Get(third["address"], PaperClerk.Html)).Text, StringComparison.Ordinal);
        Assert.Equal(3, (await clerk.Get(third["address"], PaperClerk.Json)).Json["printing"]!.GetValue<int>());
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await clerk.Get(PaperClerk.Address(serial, Receipt) + "/printings/4", PaperClerk.Html)).Status
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.2")]
    public async Task Who_printed_when_is_recorded(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        await (await PaperClerk.At(counter)).Print(serial, Receipt);
        await (await PaperClerk.At(counter, counter.Second)).Print(serial, Receipt);

        await using var db = await counter.Host.OpenDatabase();
        var id = SerialNumber.Parse(serial);
        var printings = await db.Set<DocumentPrinting>().Where(p => p.TransactionId == id).OrderBy(p => p.Number).ToListAsync();
        Assert.Equal([counter.Cashier.Id, counter.Second.Id], printings.Select(p => p.OperatorId));
        Assert.All(
            printings,
            p => Assert.InRange(TimeProvider.System.GetUtcNow().UtcDateTime - p.PrintedAt, TimeSpan.Zero, TimeSpan.FromMinutes(5))
        );
        Assert.Equal(2, await db.Set<AuditRecord>().CountAsync(r => r.Subject == $"transaction:{id}" && r.Action == "print-document"));
        var list = await counter.Cashier.Get($"/v1/transactions/{serial}/documents");
        Assert.Equal(2, list.Body["items"]![0]!["printings"]!.GetValue<int>());
    }

    [Theory, EachDatabase]
    public async Task Asking_again_with_the_same_key_does_not_make_a_reprint(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);

        var first = await clerk.Print(serial, Receipt, "print-1");
        var again = await clerk.Print(serial, Receipt, "print-1");

        Assert.Equal(first.Text, again.Text);
        Assert.True(again.Replayed);
        Assert.Equal(1, again.Number("number"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.2")]
    public async Task Of_printings_at_once_each_has_a_number_of_its_own(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var clerk = await PaperClerk.At(counter);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => clerk.Print(serial, Receipt)));

        var printed = answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a.Number("number")).Order().ToList();
        Assert.Equal(Enumerable.Range(1, printed.Count).Select(n => (long)n), printed);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "concurrent-change"));
        Assert.InRange(printed.Count, Retries.Decisions, 16);
    }
}
