// Slices: CreateRole, EditRole, GetRole, ListRights, ListRoles.
using System.Net;
using Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Api.Tests.Access;

public sealed class RolesTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.8")]
    public async Task Every_route_that_asks_for_a_right_refuses_who_has_none_and_every_one_who_is_not_signed_in(Database database)
    {
        var office = await Office.Open(database);
        var clerk = await office.Hire();
        var nobody = new Person(office.Host, office.Code, "nobody", "", "0");
        var routes = office.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var guarded = routes.Where(r => r.Metadata.GetMetadata<RequiredRight>() is not null).ToList();

        Assert.True(guarded.Count > 10);
        foreach (var route in guarded)
        {
            var right = route.Metadata.GetMetadata<RequiredRight>()!.Right.Name;
            var refused = await Call(clerk, route);
            Assert.Equal((HttpStatusCode.Forbidden, "right-missing", right), (refused.Status, refused.Code, refused["right"]));
            Assert.Equal("not-signed-in", (await Call(nobody, route)).Code);
        }

        foreach (var route in routes.Where(r => r.Metadata.GetMetadata<AnySignedIn>() is not null))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await Call(nobody, route)).Status);
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.8"), Trait("Requirement", "PL-01.10")]
    public async Task An_edited_role_works_at_once_on_every_instance(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var office = await Office.Open(first);
        var role = await office.NewRole(AccessRights.Approve);
        var person = await office.HireWithFirstPassword([role]);
        await person.ChangePassword("Second2026");
        await person.SignIn();
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/approval-requests", second)).Status);
        var read = await office.Administrator.Get($"/v1/roles/{role}");

        var edited = await office.Administrator.Put(
            $"/v1/roles/{role}",
            new { name = "空", rights = Array.Empty<string>() },
            ("If-Match", read.ETag)
        );

        Assert.Equal(HttpStatusCode.OK, edited.Status);
        Assert.Equal("right-missing", (await person.Get("/v1/approval-requests", second)).Code);
        Assert.Equal("right-missing", (await person.Get("/v1/approval-requests", first)).Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task A_role_is_refused_with_an_unknown_right_a_taken_name_or_another_version(Database database)
    {
        var office = await Office.Open(database);
        var admin = office.Administrator;
        object Body(string name, params string[] rights) =>
            new
            {
                branchCode = office.Code,
                name,
                rights,
            };

        var made = await admin.Post("/v1/roles", Body("柜员", "access.see-personal-data", "access.see-personal-data"));

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("access.see-personal-data", Assert.Single(made.Body!["rights"]!.AsArray())!.ToString());
        Assert.Equal("role-name-taken", (await admin.Post("/v1/roles", Body("柜员"))).Code);
        Assert.Equal("right-unknown", (await admin.Post("/v1/roles", Body("经理", "no.such-right"))).Code);
        var edit = new { name = "柜员", rights = Array.Empty<string>() };
        Assert.Equal((HttpStatusCode)428, (await admin.Put($"/v1/roles/{made["id"]}", edit)).Status);
        Assert.Equal("precondition-failed", (await admin.Put($"/v1/roles/{made["id"]}", edit, ("If-Match", "\"7\""))).Code);
        Assert.Equal("role-fixed", (await admin.Put("/v1/roles/1", edit, ("If-Match", "*"))).Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task Nobody_edits_a_role_he_has_or_one_of_a_branch_above(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var above = await office.NewRole(AccessRights.Approve);
        var own = await below.NewRole(AccessRights.Administer);
        var manager = await below.HireWithFirstPassword([own]);
        await manager.ChangePassword("Second2026");
        await manager.SignIn();
        var edit = new { name = Guid.NewGuid().ToString("N"), rights = new[] { "approve" } };

        Assert.Equal("own-role", (await manager.Put($"/v1/roles/{own}", edit, ("If-Match", "*"))).Code);
        Assert.Equal("branch-out-of-reach", (await manager.Put($"/v1/roles/{above}", edit, ("If-Match", "*"))).Code);
        Assert.Equal(HttpStatusCode.OK, (await manager.Get($"/v1/roles/{above}")).Status);
        var sibling = await (await office.OpenBelow()).NewRole(AccessRights.Approve);
        var listed = (await manager.Get("/v1/roles")).Body!["items"]!.AsArray().Select(r => r!["id"]!.ToString()).ToList();

        // Other tests add roles at headquarters, which everybody below sees.
        Assert.Equal(["1", above, own], listed.Intersect(["1", above, own, sibling]));
    }

    private static Task<Reply> Call(Person person, RouteEndpoint route)
    {
        var path = string.Join(
            '/',
            route.RoutePattern.PathSegments.Select(s => s.Parts is [RoutePatternLiteralPart word] ? word.Content : "1")
        );
        var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
        return person.Call(new HttpMethod(method), "/" + path);
    }
}
