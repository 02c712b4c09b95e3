using System.Net;
using Access;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Audit;
using static Api.Tests.Access.ApprovalDesk;

namespace Api.Tests.Access;

/// <summary>Approvals end to end, on an operation that needs one: setting a fee.</summary>
public sealed class GrantApprovalTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.1")]
    public async Task An_operation_without_its_approval_names_action_and_digest_and_changes_nothing(Database database)
    {
        var (office, requester, _) = await Staff(database);

        var reply = await requester.Put(Fee, Body(office, 2_500));

        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Equal("approval-required", reply.Code);
        Assert.Equal("parameter-change", reply["action"]);
        Assert.Equal(64, reply["digest"].Length);
        Assert.NotEmpty(reply["approvalRequestId"]);
        Assert.Equal("none", reply["outcome"]);
        Assert.Empty(await Changes(office));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.2"), Trait("Requirement", "PL-02.5")]
    public async Task An_approved_request_is_done_and_names_both_operators(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var token = await Approved(requester, approver, Fee, Body(office, 2_500));

        var done = await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", token));

        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal(requester.Id, done["operatorId"]);
        Assert.Equal(approver.Id, done["approverId"]);
        await using var db = await office.Host.OpenDatabase();
        var (r, a) = (requester.Number, approver.Number);
        Assert.Single(
            await db.Set<AuditRecord>().Where(x => x.Action == "set-parameter" && x.OperatorId == r && x.ApproverId == a).ToListAsync()
        );
        Assert.Contains("grant-approval:done", await office.Trail(approver));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.2")]
    public async Task An_approval_is_good_for_two_minutes(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var token = await Approved(requester, approver, Fee, Body(office, 2_500));
        await using (var db = await office.Host.OpenDatabase())
        {
            var id = requester.Number;
            var approval = await db.Set<Approval>().SingleAsync(a => a.RequesterId == id);
            Assert.InRange(
                approval.ExpiresAt - TimeProvider.System.GetUtcNow().UtcDateTime,
                TimeSpan.FromSeconds(100),
                TimeSpan.FromSeconds(120)
            );
            var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
            await db.Set<Approval>().Where(a => a.RequesterId == id).ExecuteUpdateAsync(u => u.SetProperty(a => a.ExpiresAt, past));
        }

        Assert.Equal("approval-expired", (await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", token))).Code);
        Assert.Empty(await Changes(office));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.2")]
    public async Task An_approval_is_of_no_use_to_another_requester(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var other = await office.Hire(AccessRights.Administer);
        var token = await Approved(requester, approver, Fee, Body(office, 2_500));

        Assert.Equal("approval-invalid", (await other.Put(Fee, Body(office, 2_500), ("Approval-Token", token))).Code);
        Assert.Empty(await Changes(office));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.3")]
    public async Task Ones_own_approval_is_refused_also_in_other_letters(Database database)
    {
        var office = await Office.Open(database);
        var requester = await office.Hire(AccessRights.Administer, AccessRights.Approve);

        var asked = await requester.Put(Fee, Body(office, 2_500));

        Assert.Equal("own-approval", (await Grant(requester, asked, requester.Login, requester.Password)).Code);
        Assert.Equal("own-approval", (await Grant(requester, asked, requester.Login.ToUpperInvariant(), requester.Password)).Code);
        var own = await requester.Post($"/v1/approval-requests/{asked["approvalRequestId"]}/approvals");
        Assert.Equal("own-approval", own.Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.3")]
    public async Task An_approver_of_another_branch_without_the_right_or_with_an_expired_password_is_refused(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var elsewhere = await (await office.OpenBelow()).Hire(AccessRights.Approve);
        var powerless = await office.Hire(AccessRights.Administer);
        await office.AgePassword(approver, days: 91);
        var asked = await requester.Put(Fee, Body(office, 2_500));

        Assert.Equal("approver-refused", (await Grant(requester, asked, elsewhere.Login, elsewhere.Password)).Code);
        Assert.Equal("approver-refused", (await Grant(requester, asked, AccessBootstrap.AdministratorLogin, TestHost.AdminPassword)).Code);
        Assert.Equal("approver-right-missing", (await Grant(requester, asked, powerless.Login, powerless.Password)).Code);
        Assert.Equal("approver-password-expired", (await Grant(requester, asked, approver.Login, approver.Password)).Code);
        Assert.Equal("not-found", (await elsewhere.Post($"/v1/approval-requests/{asked["approvalRequestId"]}/approvals")).Code);
        await using var db = await office.Host.OpenDatabase();
        var id = requester.Number;
        Assert.False(await db.Set<Approval>().AnyAsync(a => a.RequesterId == id));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.3")]
    public async Task Wrong_passwords_lock_the_approver_and_a_locked_one_is_refused(Database database)
    {
        var (office, requester, approver) = await Staff(database);

        var asked = await requester.Put(Fee, Body(office, 2_500));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("approver-refused", (await Grant(requester, asked, approver.Login, "Wrong2026")).Code);
        }

        Assert.Equal("approver-refused", (await Grant(requester, asked, approver.Login, approver.Password)).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await approver.TrySignIn()).Status);
        Assert.Contains("lock-password:done", await office.Trail(approver));
        Assert.Equal(HttpStatusCode.OK, (await requester.Get("/v1/me")).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.4")]
    public async Task A_request_altered_after_its_approval_is_refused(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var token = await Approved(requester, approver, Fee, Body(office, 2_500));

        Assert.Equal("approval-invalid", (await requester.Put(Fee, Body(office, 2_501), ("Approval-Token", token))).Code);
        var elsewhere = await requester.Put("/v1/parameters/card-fee.bearer", Body(office, 2_500), ("Approval-Token", token));
        Assert.Equal("approval-invalid", elsewhere.Code);
        Assert.Equal("approval-invalid", (await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", token + "x"))).Code);
        Assert.Empty(await Changes(office));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.4")]
    public async Task An_approval_used_twice_works_once(Database database)
    {
        var (office, requester, approver) = await Staff(database);
        var token = await Approved(requester, approver, Fee, Body(office, 2_500));
        await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", token));

        var again = await requester.Put(Fee, Body(office, 2_500), ("Approval-Token", token));

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal("approval-used", again.Code);
        Assert.Single(await Changes(office));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.4")]
    public async Task Of_sixteen_uses_of_one_approval_at_once_on_two_instances_one_works(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var office = await Office.Open(first);
        var (requester, approver) = (await office.Hire(AccessRights.Administer), await office.Hire(AccessRights.Approve));
        var token = await Approved(requester, approver, Fee, Body(office, 2_500));

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(i => requester.PutAt(i % 2 == 0 ? first : second, Fee, Body(office, 2_500), ("Approval-Token", token)))
        );

        Assert.Single(replies, r => r.Status == HttpStatusCode.OK);
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.OK), r => Assert.Equal("approval-used", r.Code));
        Assert.Single(await Changes(office));
    }
}
