// Slices: Me, RefreshSignIn, SignOut.
using System.Net;
using Access;
using Access.SigningIn;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Access;

public sealed class SessionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.7")]
    public async Task Signing_out_ends_both_tokens_at_once_on_every_instance(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var person = await (await Office.Open(first)).Hire();
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/me", second)).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await person.Post("/v1/sign-out")).Status);

        foreach (var host in new[] { first, second })
        {
            Assert.Equal("not-signed-in", (await person.Get("/v1/me", host)).Code);
            Assert.Equal(HttpStatusCode.Unauthorized, (await person.Refresh(at: host)).Status);
        }
    }

    [Theory, EachDatabase]
    public async Task A_refresh_token_gives_new_tokens_once(Database database)
    {
        var person = await (await Office.Open(database)).Hire();
        var (access, refresh) = (person.AccessToken, person.RefreshToken);

        Assert.Equal(HttpStatusCode.OK, (await person.Refresh()).Status);

        Assert.NotEqual(access, person.AccessToken);
        Assert.NotEqual(refresh, person.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.Refresh()).Status);
    }

    [Theory, EachDatabase]
    public async Task A_refresh_token_used_again_ends_the_session(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        var stolen = person.RefreshToken;
        await person.Refresh();

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Refresh(stolen)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Refresh()).Status);
        Assert.Equal("end-session:refresh-token-reused", (await office.Trail(person))[^1]);
    }

    [Theory, EachDatabase]
    public async Task Of_eight_uses_of_one_refresh_token_at_once_one_wins_and_the_session_ends(Database database)
    {
        var person = await (await Office.Open(database)).Hire();
        var token = person.RefreshToken;

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => person.Refresh(token)));

        Assert.Single(replies, r => r.Status == HttpStatusCode.OK);
        Assert.Equal(7, replies.Count(r => r.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/v1/me")).Status);
    }

    [Theory, EachDatabase]
    public async Task Made_up_tokens_open_nothing_and_end_nothing(Database database)
    {
        var person = await (await Office.Open(database)).Hire();
        var family = person.RefreshToken.Split('.')[0];

        foreach (var token in new[] { "x", "x.y", ".", new string('x', 43), "x." + family, "." + family })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await person.Refresh(token)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/me")).Status);
    }

    [Theory, EachDatabase]
    public async Task An_access_token_ends_after_its_time_and_the_session_after_its_own(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        await Expire(office, person, access: true, refresh: false);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.Refresh()).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/me")).Status);

        await Expire(office, person, access: true, refresh: true);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Refresh()).Status);
    }

    [Theory, EachDatabase]
    public async Task A_new_password_ends_the_sessions_under_the_old_one(Database database)
    {
        var person = await (await Office.Open(database)).Hire();

        await person.ChangePassword("Third2026");

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Refresh()).Status);
    }

    [Theory, EachDatabase]
    public async Task A_request_costs_one_round_trip_for_signing_in(Database database)
    {
        using var commands = new CommandCount();
        await using var host = await TestHost.Start(database);
        var person = await (await Office.Open(host)).Hire(AccessRights.Administer, AccessRights.Approve);
        await person.Get("/v1/rights");
        commands.Watch(host, "branches", "operators", "sessions", "roles", "credentials");

        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/rights")).Status);

        Assert.Single(commands.Take());
    }

    private static async Task Expire(Office office, Person person, bool access, bool refresh)
    {
        await using var db = await office.Host.OpenDatabase();
        var id = person.Number;
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await db.Set<Session>()
            .Where(s => s.OperatorId == id)
            .ExecuteUpdateAsync(u =>
                u.SetProperty(s => s.AccessExpiresAt, s => access ? past : s.AccessExpiresAt)
                    .SetProperty(s => s.RefreshExpiresAt, s => refresh ? past : s.RefreshExpiresAt)
            );
    }
}
