using System.Net;
using Access;
using Access.Branches;
using Access.Operators;
using Access.Roles;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.Audit;

namespace Api.Tests.Access;

public sealed class AccessBootstrapTests
{
    [Theory, EachDatabase]
    public async Task Two_instances_that_start_at_once_on_an_empty_database_make_one_administrator(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var db = await first.OpenDatabase();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await Empty(db);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AccessBootstrap.Run(first.Services))));
            Assert.Equal(1, await db.Set<Operator>().CountAsync());
            Assert.Equal(1, await db.Set<Branch>().CountAsync());
        }

        var admin = new Person(first, TestHost.AdminBranch, AccessBootstrap.AdministratorLogin, TestHost.AdminPassword, "1");
        await admin.SignIn();
        Assert.Equal(
            TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8).ToString("yyyy-MM-dd", null),
            (await admin.Get("/v1/me"))["businessDate"]
        );
    }

    [Theory, EachDatabase]
    public async Task The_administrator_has_every_right_there_is(Database database)
    {
        var host = await TestHost.Shared(database);
        var admin = new Person(host, TestHost.AdminBranch, AccessBootstrap.AdministratorLogin, TestHost.AdminPassword, "1");

        var signedIn = await admin.SignIn();

        var held = signedIn.Body!["modules"]!.AsArray().SelectMany(m => m!["functions"]!.AsArray()).Select(f => f!["name"]!.ToString());
        Assert.Equal(host.Services.GetRequiredService<IReadOnlyList<Right>>().Select(r => r.Name).Order(), held.Order());
    }

    [Theory, EachDatabase]
    public async Task A_generated_password_must_be_changed_at_first(Database database)
    {
        await using var host = await TestHost.Start(database, settings: new() { ["Bootstrap:AdminPassword"] = null });
        await using var db = await host.OpenDatabase();

        Assert.True((await db.Set<Credential>().SingleAsync()).MustChange);
    }

    [Fact]
    public void A_route_that_does_not_say_who_may_use_it_stops_the_start()
    {
        using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGroup("/v1").MapGet("/open-by-mistake", () => "");

        var refused = Assert.Throws<StartRefusedException>(() => SignedInMiddleware.CheckRoutes(app));
        Assert.Contains("/v1/open-by-mistake", refused.Message, StringComparison.Ordinal);
    }

    private static async Task Empty(AppDb db)
    {
        await db.Set<Branch>().ExecuteDeleteAsync();
        await db.Set<BranchDay>().ExecuteDeleteAsync();
        await db.Set<Role>().ExecuteDeleteAsync();
        await db.Set<Operator>().ExecuteDeleteAsync();
        await db.Set<OperatorRole>().ExecuteDeleteAsync();
        await db.Set<Credential>().ExecuteDeleteAsync();
        await db.Set<AuditRecord>().ExecuteDeleteAsync();
    }
}
