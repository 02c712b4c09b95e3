// Slices: EndOperatorSessions, EndOtherSessions, EndSession, ListSessions.
using System.Net;
using Access;

namespace Api.Tests.Access;

public sealed class SessionListTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.7")]
    public async Task An_operator_sees_his_own_sessions_and_ends_one_or_all_others(Database database)
    {
        var office = await Office.Open(database);
        var here = await office.Hire();
        var (there, elsewhere) = (here.Again(), here.Again());
        await there.SignIn();
        await elsewhere.SignIn();

        var items = (await here.Get("/v1/sessions")).Body!["items"]!.AsArray();
        Assert.Equal([true, false, false], items.Select(s => s!["current"]!.GetValue<bool>()));
        Assert.All(items, s => Assert.Equal("127.0.0.1", $"{s!["address"]}"));

        Assert.Equal(HttpStatusCode.NoContent, (await here.Delete($"/v1/sessions/{items[1]!["id"]}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await there.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await here.Delete($"/v1/sessions/{items[1]!["id"]}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await here.Delete("/v1/sessions")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/v1/me")).Status);
        Assert.Single((await here.Get("/v1/sessions")).Body!["items"]!.AsArray());
        Assert.Equal(["end-session:done", "end-session:done"], (await office.Trail(here))[^2..]);
    }

    [Theory, EachDatabase]
    public async Task Nobody_ends_a_session_of_another_by_its_number(Database database)
    {
        var office = await Office.Open(database);
        var (one, other) = (await office.Hire(), await office.Hire());
        var id = (await other.Get("/v1/sessions")).Body!["items"]![0]!["id"];

        Assert.Equal(HttpStatusCode.NotFound, (await one.Delete($"/v1/sessions/{id}")).Status);

        Assert.Equal(HttpStatusCode.OK, (await other.Get("/v1/me")).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.7")]
    public async Task An_administrator_ends_an_operators_sessions_at_once_on_every_instance(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var office = await Office.Open(first);
        var (manager, clerk) = (await office.Hire(AccessRights.Administer), await office.Hire());
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/v1/me", second)).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await manager.Delete($"/v1/operators/{clerk.Id}/sessions")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await clerk.Get("/v1/me", second)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await clerk.Refresh(at: second)).Status);
        Assert.Equal(HttpStatusCode.OK, (await clerk.TrySignIn()).Status);
        Assert.Equal("own-account", (await manager.Delete($"/v1/operators/{manager.Id}/sessions")).Code);
    }

    [Theory, EachDatabase]
    public async Task Beyond_the_number_that_an_operator_may_have_the_oldest_session_ends(Database database)
    {
        var office = await Office.Open(database);
        await office.Administrator.Put("/v1/parameters/sessions-per-operator", new { branchCode = office.Code, value = 2 });
        var first = await office.Hire();
        var (second, third) = (first.Again(), first.Again());
        await second.SignIn();
        Assert.Equal(HttpStatusCode.OK, (await first.Get("/v1/me")).Status);

        await third.SignIn();

        Assert.Equal(HttpStatusCode.Unauthorized, (await first.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await second.Get("/v1/me")).Status);
        Assert.Equal(2, (await third.Get("/v1/sessions")).Body!["items"]!.AsArray().Count);
    }

    [Theory, EachDatabase]
    public async Task Eight_sign_ins_at_once_leave_as_many_sessions_as_an_operator_may_have(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => person.TrySignIn()));

        Assert.All(replies, r => Assert.Equal(HttpStatusCode.OK, r.Status));
        var last = person.Again();
        await last.SignIn();
        Assert.Equal(5, (await last.Get("/v1/sessions")).Body!["items"]!.AsArray().Count);
    }
}
