using System.Net;
using Access;
using Access.Roles;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Api.Tests.Access;

/// <summary>Nobody gains rights through administration (PL-01.12).</summary>
public sealed class AdministrationTests
{
    private static readonly Right s_collect = new("funding.collect-payment", "funding", "", "");

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.12")]
    public async Task A_role_takes_only_rights_that_its_editor_has(Database database)
    {
        var office = await Office.Open(database);
        var helpdesk = await office.Hire(AccessRights.Administer);
        var cashiers = await office.NewRole(s_collect);

        var made = await helpdesk.Post("/v1/roles", Role(office, s_collect.Name));
        var widened = await helpdesk.Put(
            $"/v1/roles/{await office.NewRole()}",
            new { name = "x", rights = new[] { "approve" } },
            ("If-Match", "*")
        );
        var narrowed = await helpdesk.Put($"/v1/roles/{cashiers}", new { name = "x", rights = Array.Empty<string>() }, ("If-Match", "*"));

        Assert.Equal((HttpStatusCode.Forbidden, "right-not-yours", s_collect.Name), (made.Status, made.Code, made["right"]));
        Assert.Equal("right-not-yours", widened.Code);
        Assert.Equal("right-not-yours", narrowed.Code);
        var own = await helpdesk.Post("/v1/roles", Role(office, AccessRights.Administer.Name));
        Assert.Equal(HttpStatusCode.Created, own.Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.12")]
    public async Task An_operator_with_a_right_that_the_editor_lacks_is_not_touched_by_him(Database database)
    {
        var office = await Office.Open(database);
        var helpdesk = await office.Hire(AccessRights.Administer);
        var cashier = await office.Hire(s_collect);
        var path = $"/v1/operators/{cashier.Id}";

        Reply[] refused =
        [
            await helpdesk.Post($"{path}/password-resets", new { firstPassword = "Taken2026" }),
            await helpdesk.Post($"{path}/unlock"),
            await helpdesk.Post($"{path}/deactivate"),
            await helpdesk.Put(path, Edit([]), ("If-Match", "*")),
            await helpdesk.Delete($"{path}/sessions"),
            await helpdesk.Post("/v1/operators", New(office, [await office.NewRole(s_collect)])),
        ];

        Assert.All(refused, r => Assert.Equal((HttpStatusCode.Forbidden, "right-not-yours"), (r.Status, r.Code)));
        Assert.Equal(HttpStatusCode.OK, (await cashier.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await cashier.TrySignIn()).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.12")]
    public async Task Roles_operators_and_resets_with_rights_to_money_need_a_second_administrator(Database database)
    {
        var office = await Office.Open(database);
        Right[] all = [AccessRights.Administer, AccessRights.Approve, s_collect];
        var (first, second) = (await office.Hire(all), await office.Hire(all));

        var cashiers = Role(office, s_collect.Name);
        var role = await Approved(first, second, a => first.Post("/v1/roles", cashiers, a), "create-role");
        Assert.Equal(HttpStatusCode.Created, role.Status);
        var body = New(office, [role["id"]]);
        var person = await Approved(first, second, a => first.Post("/v1/operators", body, a), "create-operator");
        Assert.Equal(HttpStatusCode.Created, person.Status);
        var reset = $"/v1/operators/{person["id"]}/password-resets";
        var done = await Approved(first, second, a => first.Post(reset, new { firstPassword = "Reset2026" }, a), "reset-password");
        Assert.Equal(HttpStatusCode.OK, done.Status);

        var approvers = await office.NewRole(AccessRights.Approve);
        var path = $"/v1/operators/{person["id"]}";
        var edited = await Approved(
            first,
            second,
            a => first.Put(path, Edit([role["id"], approvers]), [("If-Match", "*"), .. a]),
            "edit-operator"
        );
        Assert.Equal(HttpStatusCode.OK, edited.Status);
        var widened = new { name = Guid.NewGuid().ToString("N"), rights = new[] { s_collect.Name, "approve" } };
        var editedRole = await Approved(
            first,
            second,
            a => first.Put($"/v1/roles/{role["id"]}", widened, [("If-Match", "*"), .. a]),
            "edit-role"
        );
        Assert.Equal(HttpStatusCode.OK, editedRole.Status);
        await using var db = await office.Host.OpenDatabase();
        var (a, b) = (first.Number, second.Number);
        var trail = await db.Set<AuditRecord>()
            .Where(r => r.OperatorId == a && r.ApproverId == b)
            .OrderBy(r => r.Id)
            .Select(r => r.Action)
            .ToListAsync();
        Assert.Equal(["create-role", "create-operator", "reset-password", "edit-operator", "edit-role"], trail);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.12"), Trait("Requirement", "PL-02.3")]
    public async Task Who_approves_it_is_an_administrator_with_the_rights_concerned(Database database)
    {
        var office = await Office.Open(database);
        var first = await office.Hire(AccessRights.Administer, AccessRights.Approve, s_collect);
        var approver = await office.Hire(AccessRights.Approve, s_collect);
        var administrator = await office.Hire(AccessRights.Administer, AccessRights.Approve);
        var asked = await first.Post("/v1/roles", Role(office, s_collect.Name));
        Assert.Equal("approval-required", asked.Code);

        foreach (var person in new[] { approver, administrator })
        {
            var desk = await person.Post($"/v1/approval-requests/{asked["approvalRequestId"]}/approvals");
            Assert.Equal("approver-right-missing", desk.Code);
            var typed = new
            {
                approvalRequestId = asked["approvalRequestId"],
                login = person.Login,
                password = person.Password,
            };
            Assert.Equal("approver-right-missing", (await first.Post("/v1/approvals", typed)).Code);
            var listed = (await person.Get("/v1/approval-requests")).Body!["items"]!.AsArray();
            Assert.False(Assert.Single(listed)!["mayDecide"]!.GetValue<bool>());
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.12")]
    public async Task The_only_administrator_acts_alone_on_record_until_there_is_a_second_one(Database database)
    {
        await using var host = await TestHost.Start(database);
        var office = await Office.Open(host);
        var admin = office.Administrator;
        var body = New(office, ["1"]);

        var second = await admin.Post("/v1/operators", body);
        var third = await admin.Post("/v1/operators", New(office, ["1"]));

        Assert.Equal(HttpStatusCode.Created, second.Status);
        Assert.Equal("approval-required", third.Code);
        Assert.Equal(HttpStatusCode.OK, (await admin.Post($"/v1/operators/{second["id"]}/deactivate")).Status);
        Assert.Equal("approval-required", (await admin.Post("/v1/roles", Role(office, "approve"))).Code);
        var taken = await admin.Put($"/v1/operators/{second["id"]}", Edit([]) with { active = false }, ("If-Match", "*"));
        Assert.Equal("approval-required", taken.Code);
        await using var db = await host.OpenDatabase();
        var created = await db.Set<AuditRecord>().SingleAsync(r => r.Action == "create-operator");
        Assert.Contains("\"onlyAdministrator\":true", created.Detail, StringComparison.Ordinal);
    }

    private static async Task<Reply> Approved(
        Person first,
        Person second,
        Func<(string Name, string Value)[], Task<Reply>> send,
        string action
    )
    {
        var asked = await send([]);
        Assert.Equal(("approval-required", action), (asked.Code, asked["action"]));
        return await send([("Approval-Token", await first.Approved(asked, second))]);
    }

    private static object Role(Office office, params string[] rights) =>
        new
        {
            branchCode = office.Code,
            name = Guid.NewGuid().ToString("N"),
            rights,
        };

    private static object New(Office office, string[] roleIds) =>
        new
        {
            branchCode = office.Code,
            login = $"n{Guid.NewGuid():N}"[..12],
            name = "李四",
            phone = (string?)null,
            roleIds,
            firstPassword = "First2026",
        };

    private static OperatorEdit Edit(string[] roleIds) => new("李四", null, roleIds, true);

    private sealed record OperatorEdit(string name, string? phone, string[] roleIds, bool active);
}
