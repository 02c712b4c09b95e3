// Slices: ApproveRequest, GetApprovalRequest, ListApprovalRequests, RefuseRequest.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Access;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Problems;

namespace Api.Tests.Access;

/// <summary>What was refused for want of an approval, in words, at the requester's desk and at the approver's own.</summary>
public sealed class ApprovalRequestTests
{
    private const string Fee = "/v1/parameters/card-fee.personal-single";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6")]
    public async Task The_approver_reads_action_customer_card_amount_and_requester_in_both_languages(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 50_000);
        var asked = await counter.Cashier.Post($"/v1/transactions/{serial}/void", TestCounter.Correction(card, 50_000));
        var path = $"/v1/approval-requests/{asked["approvalRequestId"]}";

        var en = (await counter.Cashier.Get(path)).Is(HttpStatusCode.OK).Body;
        var zh = await InChinese(counter, path);

        var login = counter.Cashier.Login;
        Assert.Equal(
            $"Void a collection: 500.00 yuan, card {card.Number}, customer 王小明 ({card.CustomerCode}). Asked by 李娜 ({login}).",
            $"{en["words"]}"
        );
        Assert.Equal(
            $"收款撤单：500.00 元，卡号 {card.Number}，客户 王小明（{card.CustomerCode}）。申请人 李娜（{login}）。",
            $"{zh["words"]}"
        );
        Assert.Equal(("waiting", "void-collection"), ($"{en["state"]}", $"{en["action"]}"));
        Assert.Equal($"POST /v1/transactions/{serial}/void", $"{en["target"]}");
        Assert.Contains(en["facts"]!.AsArray(), f => $"{f!["name"]}" == "Collection" && $"{f["value"]}" == serial);
        Assert.Contains(zh["facts"]!.AsArray(), f => $"{f!["name"]}" == "原收款流水号");
        Assert.Contains(en["fields"]!.AsArray(), f => $"{f!["name"]}" == "amount" && $"{f["value"]}" == "50000");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6"), Trait("Requirement", "PL-06.9")]
    public async Task What_is_kept_of_a_request_shows_no_personal_data_whole_and_no_password(Database database)
    {
        var office = await Office.Open(database);
        var (first, second) = await Administrators(office);
        var clerk = await office.HireWithFirstPassword([await office.NewRole(AccessRights.Approve)]);
        var reset = await first.Post($"/v1/operators/{clerk.Id}/password-resets", new { firstPassword = "Reset2026" });
        var create = await first.Post(
            "/v1/operators",
            new
            {
                branchCode = office.Code,
                login = "someone",
                name = "李四",
                phone = "13812345678",
                roleIds = new[] { await office.NewRole(AccessRights.Approve) },
                firstPassword = "First2026",
            }
        );

        Assert.Equal("approval-required", reset.Code);
        var shown = await second.Get($"/v1/approval-requests/{create["approvalRequestId"]}");
        Assert.Contains(shown.Body!["fields"]!.AsArray(), f => $"{f!["name"]}" == "phone" && $"{f["value"]}" == "138****5678");
        await using var db = await office.Host.OpenDatabase();
        var id = first.Number;
        var rows = await db.Set<ApprovalRequest>().Where(r => r.RequesterId == id).ToListAsync();
        Assert.Equal(2, rows.Count);
        Assert.All(
            rows,
            r =>
            {
                Assert.DoesNotContain("13812345678", r.Fields + r.Facts + r.Target, StringComparison.Ordinal);
                Assert.DoesNotContain("2026\"", r.Fields + r.Facts, StringComparison.Ordinal);
            }
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6"), Trait("Requirement", "PL-02.2")]
    public async Task An_approver_approves_at_his_own_desk_and_the_requester_alone_gets_the_token(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var office = await Office.Open(first);
        var (requester, approver) = (await office.Hire(AccessRights.Administer), await office.Hire(AccessRights.Approve));
        var bystander = await office.Hire(AccessRights.Approve);
        var stranger = await office.Hire();
        var elsewhere = await (await office.OpenBelow()).Hire(AccessRights.Approve);
        var asked = await requester.Put(Fee, Body(office, 2_500));
        var path = $"/v1/approval-requests/{asked["approvalRequestId"]}";

        // The list is of the approver's branch, and of others' requests only; another process shows it as well.
        var listed = (await approver.Get("/v1/approval-requests", second)).Body!["items"]!.AsArray();
        Assert.Equal(asked["approvalRequestId"], $"{Assert.Single(listed)!["id"]}");
        Assert.Empty((await elsewhere.Get("/v1/approval-requests")).Body!["items"]!.AsArray());
        Assert.Equal("right-missing", (await requester.Get("/v1/approval-requests")).Code);
        Assert.Equal("right-missing", (await stranger.Post($"{path}/approvals")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Get(path)).Status);

        var granted = await approver.Post($"{path}/approvals");

        Assert.Equal((HttpStatusCode.Created, "granted", ""), (granted.Status, granted["state"], granted["approvalToken"]));
        Assert.Equal("", (await bystander.Get(path))["approvalToken"]);
        var fetched = await requester.Get(path, second);
        Assert.Equal((43, approver.Login), (fetched["approvalToken"].Length, fetched["approverLogin"]));
        Assert.Empty((await approver.Get("/v1/approval-requests")).Body!["items"]!.AsArray());
        var done = await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", fetched["approvalToken"]));
        Assert.Equal((HttpStatusCode.OK, approver.Id), (done.Status, done["approverId"]));
        Assert.Equal("approval-used", (await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", fetched["approvalToken"]))).Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6")]
    public async Task A_refused_request_gives_the_requester_the_reason_and_is_approved_no_more(Database database)
    {
        var office = await Office.Open(database);
        var (requester, approver) = (await office.Hire(AccessRights.Administer), await office.Hire(AccessRights.Approve));
        var asked = await requester.Put(Fee, Body(office, 2_500));
        var path = $"/v1/approval-requests/{asked["approvalRequestId"]}";

        Assert.Equal("validation-failed", (await approver.Post($"{path}/refusals", new { reason = "" })).Code);
        Assert.Equal(HttpStatusCode.Created, (await approver.Post($"{path}/refusals", new { reason = "太贵" })).Status);

        var shown = await requester.Get(path);
        Assert.Equal(("refused", "太贵", ""), (shown["state"], shown["reason"], shown["approvalToken"]));
        Assert.Equal("approval-request-decided", (await approver.Post($"{path}/approvals")).Code);
        var typed = new
        {
            approvalRequestId = asked["approvalRequestId"],
            login = approver.Login,
            password = approver.Password,
        };
        Assert.Equal("approval-request-decided", (await requester.Post("/v1/approvals", typed)).Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6"), Trait("Requirement", "PL-02.4")]
    public async Task Of_sixteen_approvals_of_one_request_at_once_one_is_given(Database database)
    {
        var office = await Office.Open(database);
        var requester = await office.Hire(AccessRights.Administer);
        var approvers = new[] { await office.Hire(AccessRights.Approve), await office.Hire(AccessRights.Approve) };
        var asked = await requester.Put(Fee, Body(office, 2_500));

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => approvers[i % 2].Post($"/v1/approval-requests/{asked["approvalRequestId"]}/approvals"))
        );

        Assert.Single(replies, r => r.Status == HttpStatusCode.Created);
        Assert.All(
            replies.Where(r => r.Status != HttpStatusCode.Created),
            r => Assert.Contains(r.Code, (string[])["approval-request-decided", "concurrent-change"])
        );
        await using var db = await office.Host.OpenDatabase();
        var id = requester.Number;
        Assert.Equal(1, await db.Set<Approval>().CountAsync(a => a.RequesterId == id));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6")]
    public async Task The_same_request_is_kept_once_and_twenty_of_an_operator_at_most(Database database)
    {
        var office = await Office.Open(database);
        var requester = await office.Hire(AccessRights.Administer);
        var first = await requester.Put(Fee, Body(office, 2_500));
        Assert.Equal(first["approvalRequestId"], (await requester.Put(Fee, Body(office, 2_500)))["approvalRequestId"]);

        for (var i = 1; i < ApprovalRequest.MostWaiting; i++)
        {
            Assert.Equal("approval-required", (await requester.Put(Fee, Body(office, 2_500 + i))).Code);
        }

        var tooMany = await requester.Put(Fee, Body(office, 9_999));
        Assert.Equal((HttpStatusCode.TooManyRequests, "too-many-approval-requests"), (tooMany.Status, tooMany.Code));
        Assert.InRange(tooMany.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 600);
        Assert.Equal(first["approvalRequestId"], (await requester.Put(Fee, Body(office, 2_500)))["approvalRequestId"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6")]
    public async Task Housekeeping_removes_what_is_over(Database database)
    {
        await using var host = await TestHost.Start(database, settings: new() { ["Housekeeping:Every"] = "00:00:00.2" });
        var office = await Office.Open(host);
        var requester = await office.Hire(AccessRights.Administer);
        var old = await requester.Put(Fee, Body(office, 2_500));
        var fresh = await requester.Put(Fee, Body(office, 2_600));
        await using var db = await host.OpenDatabase();
        var id = IdText.Parse(old["approvalRequestId"]);
        var past = TimeProvider.System.GetUtcNow().UtcDateTime - ApprovalRequest.KeptFor - TimeSpan.FromMinutes(1);
        await db.Set<ApprovalRequest>().Where(r => r.Id == id).ExecuteUpdateAsync(u => u.SetProperty(r => r.ExpiresAt, past));

        await Eventually.Holds(() => db.Set<ApprovalRequest>().AnyAsync(r => r.Id == id), found => !found);

        Assert.Equal(HttpStatusCode.OK, (await requester.Get($"/v1/approval-requests/{fresh["approvalRequestId"]}")).Status);
    }

    private static object Body(Office office, long value) => new { branchCode = office.Code, value };

    /// <summary>Two administrators of the branch who have what they give.</summary>
    private static async Task<(Person First, Person Second)> Administrators(Office office) =>
        (
            await office.Hire(AccessRights.Administer, AccessRights.Approve),
            await office.Hire(AccessRights.Administer, AccessRights.Approve)
        );

    private static async Task<JsonNode> InChinese(TestCounter counter, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", counter.Second.Token);
        request.Headers.AcceptLanguage.ParseAdd("zh-CN");
        using var response = await counter.Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
