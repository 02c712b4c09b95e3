using System.Net;
using Access;
using Access.Operators;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.Audit;
using Operator = Access.Operators.Operator;

namespace Api.Tests.Access;

public sealed class AdministratorRecoveryTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.13"), Trait("Requirement", "PL-01.11")]
    public async Task A_command_on_the_server_lets_a_locked_administrator_back_in_on_record(Database database)
    {
        await using var host = await TestHost.Start(database);
        var admin = new Person(host, TestHost.AdminBranch, AccessBootstrap.AdministratorLogin, TestHost.AdminPassword, "1");
        await admin.SignIn();
        for (var i = 0; i < 3; i++)
        {
            await admin.TrySignIn("Wrong2026");
        }

        await using (var db = await host.OpenDatabase())
        {
            await db.Set<Operator>().Where(o => o.Id == 1).ExecuteUpdateAsync(u => u.SetProperty(o => o.Active, false));
        }

        var password = await AdministratorRecovery.Run(host.Services, TestHost.AdminBranch, "ADMIN");

        Assert.Equal(HttpStatusCode.Unauthorized, (await admin.Get("/v1/me")).Status);
        Assert.Equal("password-expired", (await admin.TrySignIn(password)).Code);
        admin.PasswordIsNow(password);
        await admin.ChangePassword("Autumn2026");
        await admin.SignIn();
        await using var records = await host.OpenDatabase();
        Assert.Equal(1, await records.Set<AuditRecord>().CountAsync(r => r.Action == "recover-administrator" && r.Subject == "operator:1"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.13")]
    public async Task It_is_for_administrators_alone(Database database)
    {
        var office = await Office.Open(database);
        var clerk = await office.Hire(AccessRights.Approve);

        await Assert.ThrowsAsync<StartRefusedException>(() => AdministratorRecovery.Run(office.Host.Services, office.Code, clerk.Login));
        await Assert.ThrowsAsync<StartRefusedException>(() => AdministratorRecovery.Run(office.Host.Services, office.Code, "nobody"));

        Assert.Equal(HttpStatusCode.OK, (await clerk.TrySignIn()).Status);
    }

    [Fact]
    [Trait("Requirement", "PL-01.13")]
    public async Task Without_a_given_password_the_log_has_none_and_the_command_prints_one_once()
    {
        var settings = ApiProcess.Settings(Database.Sqlite, await TestDatabase.Create(Database.Sqlite));
        settings["Bootstrap:AdminPassword"] = null;

        var (code, output, error) = await ApiProcess.Run(settings, AdministratorRecovery.Command);

        Assert.Equal((0, ""), (code, error));
        const string Before = "One-time password of admin at branch 10000000: ";
        var line = Assert.Single(output.Split('\n'), l => l.StartsWith(Before, StringComparison.Ordinal));
        var password = line[Before.Length..];
        Assert.Equal(12, password.Length);
        Assert.Equal(2, output.Split(password).Length);
        await using var api = await ApiProcess.Start(settings);
        using var answer = await api.Http.PostAsync(
            new Uri("/v1/password-changes", UriKind.Relative),
            System.Net.Http.Json.JsonContent.Create(
                new
                {
                    branchCode = TestHost.AdminBranch,
                    login = "admin",
                    oldPassword = password,
                    newPassword = "Autumn2026",
                    newPasswordAgain = "Autumn2026",
                }
            )
        );
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "PL-01.13")]
    public async Task An_unknown_operator_ends_the_command_with_a_sentence()
    {
        var settings = ApiProcess.Settings(Database.Sqlite, await TestDatabase.Create(Database.Sqlite));

        var (code, _, error) = await ApiProcess.Run(settings, AdministratorRecovery.Command, "--branch", "10000000", "--login", "nobody");

        Assert.Equal(2, code);
        Assert.Contains("There is no operator nobody at branch 10000000", error, StringComparison.Ordinal);
    }
}
