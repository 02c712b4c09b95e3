// Slices: RetrieveRechargeList, GetRechargeResult, ListRechargeLines, FollowRechargeList.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Customers;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Parameters;
using TestRuns;

namespace Api.Tests.Funding.BatchRecharges;

public sealed class PostRechargeListTests
{
    /// <summary>A stream has no limit of its own: the client's ends with the headers.</summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-22.2"), Trait("Requirement", "FC-24.1"), Trait("Requirement", "FC-20.5")]
    public async Task Every_line_is_a_transaction_of_its_own_and_what_failed_is_the_units_again(Database database)
    {
        const int Lines = 1_200;
        var desk = await RechargeDesk.Open(database, Lines, unitFen: 100_000_000);
        var serial = await desk.Submitted(desk.File());
        var (lost, closed) = (desk.Cards[10], desk.Cards[1_100]);
        await using (var db = await desk.Counter.Host.OpenDatabase())
        {
            await db.Set<Customer>()
                .Where(c => c.Id == closed.CustomerId)
                .ExecuteUpdateAsync(u => u.SetProperty(c => c.State, CustomerState.Closed).SetProperty(c => c.Version, c => c.Version + 1));
        }

        await desk.Counter.LosesCard(lost);
        (await desk.Release(serial)).Is(HttpStatusCode.Created);
        var list = await desk.Until(serial, s => s == "finished");
        Assert.Equal((Lines - 2, 2), (list.Number("postedLines"), list.Number("failedLines")));
        var expected = Enumerable.Range(1, Lines).Select(i => i is 11 or 1_101 ? 0 : i * 100L).ToArray();
        Assert.Equal(expected, await desk.Balances());
        Assert.Equal(100_000_000 - expected.Sum(), await desk.Counter.Quota(desk.Unit));
        Assert.Equal((expected.Sum(), 0), (list.Number("postedAmount"), await desk.Held(serial)));

        var failed = await desk.Lines(serial, "failed");
        Assert.Equal(["card-lost", "customer-closed"], failed.Select(f => f["reasonCode"]));
        var posted = await desk.Lines(serial, "posted");
        Assert.Equal(1_000, posted.Select(p => p.SerialNumber).Distinct().Count());
        var transaction = (await desk.Counter.Cashier.Get($"/v1/transactions/{posted[5].SerialNumber}")).Is(HttpStatusCode.OK);
        Assert.Equal(
            ("batch-recharge", "600", desk.Cards[5].Number),
            (transaction["type"], transaction["amount"], transaction["cardNumber"])
        );
        Assert.Equal($"{serial}-6", transaction["referenceNumber"]);
        Assert.Equal((desk.Counter.Cashier.Login, desk.Counter.Second.Login), (transaction["requestedBy"], transaction["approvedBy"]));
        Assert.Contains(serial, transaction.Body["entries"]!.ToJsonString(), StringComparison.Ordinal);
        await desk.Counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-23.1")]
    public async Task The_submitting_branch_retrieves_the_result_once_and_reads_it_as_often_as_it_likes(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 3, unitFen: 1_000);
        var serial = await desk.Submitted(desk.File());
        await desk.Counter.LosesCard(desk.Cards[1]);
        (await desk.Retrieve(serial)).IsRefused(HttpStatusCode.Conflict, "recharge-list-state-forbids");
        (await desk.Release(serial)).Is(HttpStatusCode.Created);
        await desk.Until(serial, s => s == "finished");
        var path = $"/v1/recharge-lists/{serial}/result";
        (await desk.Counter.Cashier.Get(path)).IsRefused(HttpStatusCode.Conflict, "result-not-retrieved");
        var above = await TestCounter.Open(desk.Counter.Host, headquarters: true);
        (await desk.Retrieve(serial, above.Cashier)).IsRefused(HttpStatusCode.Forbidden, "recharge-list-of-other-branch");

        var key = Clerk.NewKey();
        var retrieved = (await desk.Retrieve(serial, key: key)).Is(HttpStatusCode.Created);
        Assert.Equal("retrieved", retrieved["state"]);
        var again = (await desk.Retrieve(serial, key: key)).Is(HttpStatusCode.Created);
        Assert.Equal((retrieved.Text, false, true), (again.Text, retrieved.Replayed, again.Replayed));
        (await desk.Retrieve(serial)).IsRefused(HttpStatusCode.Conflict, "recharge-list-state-forbids");

        var result = Encoding.UTF8.GetString(await desk.Download(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, result.Length);
        var first = result[0].Split(',');
        Assert.Equal([desk.Cards[0].Number, "1.00", "王小明", "第 1 笔", "posted"], first[..5]);
        Assert.Equal((await desk.Lines(serial, "posted"))[0].SerialNumber, first[5]);
        Assert.Contains("failed", result[1], StringComparison.Ordinal);
        Assert.Contains("card-lost", result[1], StringComparison.Ordinal);
        Assert.Equal(await desk.Download(path), await desk.Download(path));
        (await above.Cashier.Get(path)).IsRefused(HttpStatusCode.Forbidden, "recharge-list-of-other-branch");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.5")]
    public async Task Progress_comes_as_events_until_the_list_stands_still(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 1_000);
        var serial = await desk.Submitted(desk.File());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/recharge-lists/{serial}/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", desk.Counter.Cashier.Token);
        using var response = await desk.Counter.Host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("submitted", (await NextEvent(reader).WaitAsync(Patience.Longest))?["state"]!.GetValue<string>());
        (await desk.Release(serial)).Is(HttpStatusCode.Created);
        Assert.Equal("finished", (await LastEvent(reader).WaitAsync(Patience.Longest))?["state"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.3"), Trait("Requirement", "FC-24.1")]
    public async Task Submission_voiding_and_retrieval_have_receipts_with_the_reasons(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 3, unitFen: 1_000);
        var rejected = await desk.Checked(RechargeDesk.Dat(["123,10", RechargeDesk.Line(desk.Cards[0].Number, 5)]));
        var paper = await Paper(desk, rejected.SerialNumber, "recharge-list-receipt");
        Assert.Contains("批量充值回执单", paper, StringComparison.Ordinal);
        Assert.Contains("校验未通过", paper, StringComparison.Ordinal);
        Assert.Contains("卡号须为 16 位数字。", paper, StringComparison.Ordinal);

        var voided = (await desk.Void(await desk.Submitted(desk.File(1)))).Is(HttpStatusCode.Created);
        Assert.Contains("批量充值撤销", await Paper(desk, voided["voidSerialNumber"], "recharge-list-receipt"), StringComparison.Ordinal);

        var serial = await desk.Submitted(desk.File());
        await desk.Counter.LosesCard(desk.Cards[1]);
        (await desk.Release(serial)).Is(HttpStatusCode.Created);
        await desk.Until(serial, s => s == "finished");
        var retrieved = (await desk.Retrieve(serial)).Is(HttpStatusCode.Created);
        paper = await Paper(desk, retrieved["retrievalSerialNumber"], "recharge-list-receipt");
        Assert.Contains("批量充值结果取回", paper, StringComparison.Ordinal);
        Assert.Contains("已挂失", paper, StringComparison.Ordinal);
        var lines = await Paper(desk, serial, "recharge-list-lines");
        Assert.All(desk.Cards, c => Assert.Contains(c.Number[12..], lines, StringComparison.Ordinal));
        var links = retrieved.Body["documents"]!.AsArray().Select(d => d!["href"]!.GetValue<string>());
        Assert.All(await Task.WhenAll(links.Select(l => desk.Download(l))), Assert.NotEmpty);
    }

    private static async Task<string> Paper(RechargeDesk desk, string serial, string kind) =>
        WebUtility.HtmlDecode(Encoding.UTF8.GetString(await desk.Download($"/v1/transactions/{serial}/documents/{kind}")));

    private static async Task<JsonNode?> LastEvent(StreamReader reader)
    {
        JsonNode? last = null;
        while (await NextEvent(reader) is { } next)
        {
            last = next;
        }

        return last;
    }

    private static async Task<JsonNode?> NextEvent(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[6..]);
            }
        }

        return null;
    }
}
