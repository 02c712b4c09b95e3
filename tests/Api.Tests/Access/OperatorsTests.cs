// Slices: CreateOperator, DeactivateOperator, EditOperator, GetOperator, ListOperators, ResetPassword, UnlockOperator.
using System.Net;
using Access;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Api.Tests.Access;

public sealed class OperatorsTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task A_login_is_unique_at_its_branch_in_any_letter_case_and_free_at_another(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var person = await office.Hire();

        Assert.Equal("login-taken", (await Create(office, person.Login)).Code);
        Assert.Equal("login-taken", (await Create(office, person.Login.ToUpperInvariant())).Code);
        Assert.Equal(HttpStatusCode.Created, (await Create(below, person.Login)).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task An_administrator_manages_operators_of_his_branch_and_below_only(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var (boss, manager, clerk) = (await office.Hire(), await below.Hire(AccessRights.Administer), await below.Hire());

        Assert.Equal(HttpStatusCode.OK, (await manager.Get($"/v1/operators/{clerk.Id}")).Status);
        Assert.Equal("branch-out-of-reach", (await manager.Get($"/v1/operators/{boss.Id}")).Code);
        Assert.Equal("branch-out-of-reach", (await manager.Post($"/v1/operators/{boss.Id}/deactivate")).Code);
        Assert.Equal("branch-out-of-reach", (await manager.Post($"/v1/operators/{boss.Id}/unlock")).Code);
        Assert.Equal(
            "branch-out-of-reach",
            (await manager.Post($"/v1/operators/{boss.Id}/password-resets", new { firstPassword = "First2026" })).Code
        );
        var edit = new
        {
            name = "x",
            phone = (string?)null,
            roleIds = Array.Empty<string>(),
            active = true,
        };
        Assert.Equal("branch-out-of-reach", (await manager.Put($"/v1/operators/{boss.Id}", edit, ("If-Match", "*"))).Code);
        Assert.Equal("branch-out-of-reach", (await manager.Get($"/v1/operators?branchCode={office.Code}")).Code);
        var listed = await manager.Get("/v1/operators");
        Assert.Equal([manager.Id, clerk.Id], listed.Body!["items"]!.AsArray().Select(o => o!["id"]!.ToString()));
        var ofBelow = await office.Administrator.Get($"/v1/operators?branchCode={below.Code}");
        Assert.Equal(2, ofBelow.Body!["items"]!.AsArray().Count);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task Nobody_changes_his_own_account(Database database)
    {
        var office = await Office.Open(database);
        var manager = await office.Hire(AccessRights.Administer);
        var edit = new
        {
            name = "x",
            phone = (string?)null,
            roleIds = Array.Empty<string>(),
            active = true,
        };

        Assert.Equal("own-account", (await manager.Put($"/v1/operators/{manager.Id}", edit, ("If-Match", "*"))).Code);
        Assert.Equal("own-account", (await manager.Post($"/v1/operators/{manager.Id}/unlock")).Code);
        Assert.Equal("own-account", (await manager.Post($"/v1/operators/{manager.Id}/deactivate")).Code);
        var reset = await manager.Post($"/v1/operators/{manager.Id}/password-resets", new { firstPassword = "First2026" });
        Assert.Equal("own-account", reset.Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.8"), Trait("Requirement", "PL-01.10")]
    public async Task Roles_of_an_operator_change_at_once_on_every_instance(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var office = await Office.Open(first);
        var person = await office.Hire(AccessRights.Approve);
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/approval-requests", second)).Status);

        Assert.Equal(HttpStatusCode.OK, (await Edit(office, person, [])).Status);
        Assert.Equal("right-missing", (await person.Get("/v1/approval-requests", second)).Code);
        Assert.Equal(HttpStatusCode.OK, (await Edit(office, person, [await office.NewRole(AccessRights.Administer)])).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/rights", second)).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task A_deactivated_operator_is_out_at_once_on_every_instance(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var office = await Office.Open(first);
        var person = await office.Hire();
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/me", second)).Status);

        Assert.Equal(HttpStatusCode.OK, (await office.Administrator.Post($"/v1/operators/{person.Id}/deactivate")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/v1/me", second)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Refresh(at: second)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn(at: second)).Status);
        Assert.Contains("deactivate-operator:done", await office.Trail(person));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task A_reset_password_opens_nothing_but_its_own_change(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();

        await office.Administrator.Post($"/v1/operators/{person.Id}/password-resets", new { firstPassword = "Reset2026" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn()).Status);
        Assert.Equal("password-expired", (await person.TrySignIn("Reset2026")).Code);
        person.PasswordIsNow("Reset2026");
        await person.ChangePassword("Third2026");
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.9")]
    public async Task A_phone_is_masked_but_for_those_who_may_see_personal_data(Database database)
    {
        var office = await Office.Open(database);
        var clerk = await office.HireWithFirstPassword([], phone: "13812345678");
        var manager = await office.Hire(AccessRights.Administer);
        var trusted = await office.Hire(AccessRights.Administer, AccessRights.SeePersonalData);

        Assert.Equal("138****5678", (await manager.Get($"/v1/operators/{clerk.Id}"))["phone"]);
        Assert.Equal("13812345678", (await trusted.Get($"/v1/operators/{clerk.Id}"))["phone"]);
        var listed = (await trusted.Get("/v1/operators")).Body!["items"]!.AsArray();
        Assert.Equal("138****5678", listed.Single(o => o!["id"]!.ToString() == clerk.Id)!["phone"]!.ToString());
        await using var db = await office.Host.OpenDatabase();
        Assert.False(await db.Set<AuditRecord>().AnyAsync(r => r.Detail!.Contains("13812345678")));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task Roles_of_other_branches_and_the_role_with_all_rights_are_not_given_away(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var manager = await office.Hire(AccessRights.Administer);
        var roleBelow = await below.NewRole(AccessRights.Approve);
        var clerk = await office.HireWithFirstPassword([]);

        Assert.Equal("role-unknown", (await Edit(office, clerk, [roleBelow], by: manager)).Code);
        Assert.Equal("role-unknown", (await Edit(office, clerk, ["5"], by: manager)).Code);
        Assert.Equal("role-not-yours", (await Edit(office, clerk, ["1"], by: manager)).Code);
        Assert.Equal("validation-failed", (await Edit(office, clerk, ["x"], by: manager)).Code);
    }

    private static Task<Reply> Create(Office office, string login) =>
        office.Administrator.Post(
            "/v1/operators",
            new
            {
                branchCode = office.Code,
                login,
                name = "李四",
                phone = (string?)null,
                roleIds = Array.Empty<string>(),
                firstPassword = "First2026",
            }
        );

    private static async Task<Reply> Edit(Office office, Person person, string[] roleIds, Person? by = null)
    {
        var editor = by ?? office.Administrator;
        var read = await editor.Get($"/v1/operators/{person.Id}");
        var body = new
        {
            name = "李四",
            phone = (string?)null,
            roleIds,
            active = true,
        };
        return await editor.Put($"/v1/operators/{person.Id}", body, ("If-Match", read.ETag));
    }
}
