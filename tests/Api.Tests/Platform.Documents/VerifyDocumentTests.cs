using System.Net;

namespace Api.Tests.Platform.Documents;

public sealed class VerifyDocumentTests
{
    private const string Receipt = "advance-receipt";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.4")]
    public async Task The_address_in_the_qr_code_shows_a_document_as_genuine_without_personal_data(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 50_000);
        var address = await AddressOf(counter, serial);

        var json = await PaperClerk.Scan(counter.Host.CreateClient(), address, null);
        var page = await PaperClerk.Scan(counter.Host.CreateClient(), address, "text/html,application/xhtml+xml,*/*;q=0.8");

        Assert.Equal((HttpStatusCode.OK, PaperClerk.Json), (json.Status, json.Type));
        Assert.True(json.Json["genuine"]!.GetValue<bool>());
        Assert.Equal(Receipt, json.Json["kind"]!.GetValue<string>());
        Assert.Equal(50_000, json.Json["amount"]!.GetValue<long>());
        Assert.Equal("测试网点", json.Json["branchName"]!.GetValue<string>());
        Assert.False(json.Json["corrected"]!.GetValue<bool>());
        Assert.Equal(PaperClerk.Html, page.Type);
        Assert.Contains("单据真实有效", page.Text, StringComparison.Ordinal);
        string[] personal = ["王小明", "13800138000", "11010519491231002X", card.Number, card.CustomerCode];
        Assert.All(personal, p => Assert.DoesNotContain(p, json.Text + page.Text, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.4")]
    public async Task A_made_up_or_altered_address_is_not_genuine(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var address = await AddressOf(counter, await counter.Collected(card, 100));
        var other = await counter.Collected(card, 999_900);
        var token = address[(address.LastIndexOf('/') + 1)..];
        var parts = token.Split('.');
        var (head, mac) = (string.Join('.', parts[1..3]), parts[3]);
        string[] forged =
        [
            $"{other}.{head}.{mac}",
            $"{parts[0]}.fee-receipt.{parts[2]}.{mac}",
            $"{parts[0]}.{parts[1]}.2.{mac}",
            $"{parts[0]}.{parts[1]}.{mac}",
            $"{parts[0]}.{head}.{(mac[0] == 'A' ? 'B' : 'A')}{mac[1..]}",
            $"{parts[0]}.{head}.",
            $"{parts[0]}.{head}",
            "nonsense",
            new string('9', 400),
        ];

        foreach (var wrong in forged)
        {
            var answer = await PaperClerk.Scan(counter.Host.Client, $"http://localhost/v1/verify/{wrong}", PaperClerk.Json);
            Assert.False(answer.Json["genuine"]!.GetValue<bool>());
            Assert.Null(answer.Json["amount"]);
        }

        var page = await PaperClerk.Scan(counter.Host.Client, $"http://localhost/v1/verify/{forged[0]}", PaperClerk.Html);
        Assert.Contains("未通过核验", page.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.4")]
    public async Task A_collection_that_was_voided_since_is_said_to_be(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 100);
        var address = await AddressOf(counter, serial);
        var voided = (await counter.Void(card, serial, 100)).Is(HttpStatusCode.Created).SerialNumber;

        var answer = await PaperClerk.Scan(counter.Host.Client, address, PaperClerk.Json);

        Assert.True(answer.Json["genuine"]!.GetValue<bool>());
        Assert.True(answer.Json["corrected"]!.GetValue<bool>());
        var itself = await PaperClerk.Scan(counter.Host.Client, await AddressOf(counter, voided), PaperClerk.Html);
        Assert.Contains("撤单", itself.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Another_instance_on_the_same_database_verifies_what_this_one_printed(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var address = await AddressOf(counter, await counter.Collected(await counter.IssuedCard(), 100));

        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);

        Assert.True((await PaperClerk.Scan(second.Client, address, PaperClerk.Json)).Json["genuine"]!.GetValue<bool>());
    }

    [Theory, EachDatabase]
    public async Task A_key_is_replaced_while_older_paper_stays_good(Database database)
    {
        var (old, now) = (new string('o', 32), new string('n', 32));
        await using var before = await TestHost.Start(database, settings: new() { ["Documents:VerificationKey"] = old });
        await using var counter = await TestCounter.Open(before);
        var address = await AddressOf(counter, await counter.Collected(await counter.IssuedCard(), 100));

        await using var both = await TestHost.Start(
            database,
            before.ConnectionString,
            new() { ["Documents:VerificationKey"] = $"{now} {old}" }
        );
        await using var only = await TestHost.Start(database, before.ConnectionString, new() { ["Documents:VerificationKey"] = now });

        Assert.True((await PaperClerk.Scan(both.Client, address, PaperClerk.Json)).Json["genuine"]!.GetValue<bool>());
        Assert.False((await PaperClerk.Scan(only.Client, address, PaperClerk.Json)).Json["genuine"]!.GetValue<bool>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.5"), Trait("Requirement", "PL-05.4")]
    public async Task A_previews_address_says_that_it_is_no_valid_document(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 50_000);
        var clerk = await PaperClerk.At(counter);
        var preview = (await clerk.Show(serial, Receipt)).Json["verificationAddress"]!.GetValue<string>();
        var printed = await AddressOf(counter, serial);
        var again = await AddressOf(counter, serial);
        Assert.Equal(3, new[] { preview, printed, again }.Distinct().Count());

        var json = (await PaperClerk.Scan(counter.Host.Client, preview, PaperClerk.Json)).Json;
        var page = await PaperClerk.Scan(counter.Host.Client, preview, PaperClerk.Html);

        Assert.False(json["genuine"]!.GetValue<bool>());
        Assert.True(json["preview"]!.GetValue<bool>());
        Assert.Null(json["amount"]);
        Assert.Contains("预览件，不是有效单据", page.Text, StringComparison.Ordinal);
        Assert.Contains("not a valid document", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("单据真实有效", page.Text, StringComparison.Ordinal);

        // A preview's address with another number on it is made up.
        var forged = preview.Replace(".advance-receipt.0.", ".advance-receipt.1.", StringComparison.Ordinal);
        Assert.NotEqual(preview, forged);
        Assert.Null((await PaperClerk.Scan(counter.Host.Client, forged, PaperClerk.Json)).Json["preview"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.5"), Trait("Requirement", "PL-05.2")]
    public async Task The_page_says_which_printing_it_is_and_what_several_mean(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);
        var (first, second) = (await AddressOf(counter, serial), await AddressOf(counter, serial));

        var original = (await PaperClerk.Scan(counter.Host.Client, first, PaperClerk.Html)).Text;
        var reprint = (await PaperClerk.Scan(counter.Host.Client, second, PaperClerk.Html)).Text;

        Assert.Contains("原件，第 1 次打印", original, StringComparison.Ordinal);
        Assert.Contains("重打件，第 2 次打印", reprint, StringComparison.Ordinal);
        Assert.All([original, reprint], p => Assert.Contains("共打印 2 次：第 1 次为原件，其余为重打件", p, StringComparison.Ordinal));
        Assert.All([original, reprint], p => Assert.Contains("the first is the original", p, StringComparison.Ordinal));
        Assert.Equal(2, (await PaperClerk.Scan(counter.Host.Client, second, PaperClerk.Json)).Json["printing"]!.GetValue<int>());
    }

    /// <summary>The address on a printed document.</summary>
    private static async Task<string> AddressOf(TestCounter counter, string serial)
    {
        var clerk = await PaperClerk.At(counter);
        var printed = (await clerk.Print(serial, Receipt)).Is(HttpStatusCode.Created);
        return (await clerk.Get(printed["address"], PaperClerk.Json)).Json["verificationAddress"]!.GetValue<string>();
    }
}
