using System.Net;
using Access;
using Access.Branches;
using Access.Operators;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using static Api.Tests.Access.ApprovalDesk;
using Branch = Access.Branches.Branch;
using Operator = Access.Operators.Operator;

namespace Api.Tests.Access;

/// <summary>What can be approved, how long, and whose rights count when (PL-02.6).</summary>
public sealed class ApprovalLifeTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6")]
    public async Task Only_what_the_platform_has_refused_can_be_approved_and_once(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var other = await office.Hire(AccessRights.Administer);
        var asked = await requester.Put(Fee, Body(office, 2_500));
        var madeUp = new
        {
            approvalRequestId = "4711",
            login = approver.Login,
            password = approver.Password,
        };

        Assert.Equal("not-found", (await requester.Post("/v1/approvals", madeUp)).Code);
        Assert.Equal("not-found", (await Grant(other, asked, approver.Login, approver.Password)).Code);
        Assert.Equal(HttpStatusCode.Created, (await Grant(requester, asked, approver.Login, approver.Password)).Status);
        Assert.Equal("approval-request-decided", (await Grant(requester, asked, approver.Login, approver.Password)).Code);
        await using var db = await office.Host.OpenDatabase();
        var id = requester.Number;
        Assert.Equal(1, await db.Set<Approval>().CountAsync(a => a.RequesterId == id));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6")]
    public async Task A_request_can_be_approved_for_ten_minutes(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var asked = await requester.Put(Fee, Body(office, 2_500));
        var shown = await requester.Get($"/v1/approval-requests/{asked["approvalRequestId"]}");
        Assert.InRange(
            DateTimeOffset.Parse(shown["expiresAt"], null) - TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(9),
            TimeSpan.FromMinutes(10)
        );
        await using (var db = await office.Host.OpenDatabase())
        {
            var id = requester.Number;
            var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
            await db.Set<ApprovalRequest>().Where(r => r.RequesterId == id).ExecuteUpdateAsync(u => u.SetProperty(r => r.ExpiresAt, past));
        }

        Assert.Equal("approval-request-expired", (await Grant(requester, asked, approver.Login, approver.Password)).Code);
        var desk = await approver.Post($"/v1/approval-requests/{asked["approvalRequestId"]}/approvals");
        Assert.Equal("approval-request-expired", desk.Code);
        Assert.Equal("expired", (await requester.Get($"/v1/approval-requests/{asked["approvalRequestId"]}"))["state"]);
        Assert.NotEqual(asked["approvalRequestId"], (await requester.Put(Fee, Body(office, 2_500)))["approvalRequestId"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6")]
    public async Task Rights_count_when_it_is_booked_and_not_when_it_was_approved(Database database)
    {
        var office = await Office.Open(database);
        foreach (var lose in new Func<Person, Task>[] { Deactivate, TakeRight, Move })
        {
            var (requester, approver) = (await office.Hire(AccessRights.Administer), await office.Hire(AccessRights.Approve));
            var token = await Approved(requester, approver, Fee, Body(office, 2_500));

            await lose(approver);

            var refused = await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", token));
            Assert.Equal((HttpStatusCode.Forbidden, "approval-withdrawn"), (refused.Status, refused.Code));
        }

        Assert.Empty(await Changes(office));

        async Task Deactivate(Person approver) =>
            Assert.Equal(HttpStatusCode.OK, (await office.Administrator.Post($"/v1/operators/{approver.Id}/deactivate")).Status);

        async Task TakeRight(Person approver)
        {
            var edit = new
            {
                name = "张三",
                phone = (string?)null,
                roleIds = Array.Empty<string>(),
                active = true,
            };
            var done = await office.Administrator.Put($"/v1/operators/{approver.Id}", edit, ("If-Match", "*"));
            Assert.Equal(HttpStatusCode.OK, done.Status);
        }

        async Task Move(Person approver)
        {
            await using var db = await office.Host.OpenDatabase();
            var id = approver.Number;
            await db.Set<Operator>().Where(o => o.Id == id).ExecuteUpdateAsync(u => u.SetProperty(o => o.BranchId, Branch.HeadquartersId));
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.6")]
    public async Task A_lock_that_a_stranger_brings_about_takes_no_approval_back(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var token = await Approved(requester, approver, Fee, Body(office, 2_500));
        for (var i = 0; i < 3; i++)
        {
            await approver.TrySignIn("Wrong2026");
        }

        Assert.Equal(HttpStatusCode.OK, (await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", token))).Status);
    }
}
