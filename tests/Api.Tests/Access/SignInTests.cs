using System.Net;
using System.Text.Json.Nodes;
using Access;
using Access.Operators;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Access;

public sealed class SignInTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.1")]
    public async Task An_operator_gets_tokens_and_the_modules_and_functions_he_may_use(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire(AccessRights.Approve);

        var reply = await person.SignIn();

        Assert.Equal(43, reply["accessToken"].Length);
        Assert.NotEmpty(reply["refreshToken"]);
        Assert.InRange(
            DateTimeOffset.Parse(reply["accessTokenExpiresAt"], null) - TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(29),
            TimeSpan.FromMinutes(30)
        );
        Assert.Equal(office.Code, reply.Body!["branch"]!["code"]!.ToString());
        var module = Assert.Single(reply.Body["modules"]!.AsArray())!;
        Assert.Equal("Access", module["module"]!.ToString());
        Assert.Equal("approve", Assert.Single(module["functions"]!.AsArray())!["name"]!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/me")).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.2")]
    public async Task Wrong_password_unknown_login_unknown_branch_and_locked_password_are_answered_alike(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        var stranger = new Person(office.Host, office.Code, "nobody", "Nobody2026", "0");
        var lost = new Person(office.Host, "99999999", person.Login, person.Password, "0");

        var wrong = await person.TrySignIn("Wrong2026");
        var unknown = await stranger.TrySignIn();
        var elsewhere = await lost.TrySignIn();
        await person.TrySignIn("Wrong2026");
        await person.TrySignIn("Wrong2026");
        var locked = await person.TrySignIn();

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal("sign-in-failed", wrong.Code);
        foreach (var other in new[] { unknown, elsewhere, locked })
        {
            Assert.Equal(wrong.Status, other.Status);
            Assert.Equal(WithoutTrace(wrong), WithoutTrace(other));
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.2")]
    public async Task An_unknown_login_takes_the_same_steps_in_the_database_as_a_wrong_password(Database database)
    {
        using var commands = new CommandCount();
        await using var host = await TestHost.Start(database);
        var office = await Office.Open(host);
        var person = await office.Hire();
        var stranger = new Person(host, office.Code, "nobody", "Nobody2026", "0");
        commands.Watch(host, "branches", "credentials", "operators", "system_parameters", "audit_records");

        await stranger.TrySignIn();
        var unknown = commands.Take();
        await person.TrySignIn("Wrong2026");

        Assert.NotEmpty(unknown);
        Assert.Equal(unknown, commands.Take());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.2")]
    public async Task Tries_left_are_told_only_for_an_existing_login_and_only_when_configured(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        Assert.Null((await person.TrySignIn("Wrong2026")).Body!["triesLeft"]);

        await office.Administrator.Put("/v1/parameters/show-tries-left", new { branchCode = office.Code, value = 1 });

        Assert.Equal("1", (await person.TrySignIn("Wrong2026"))["triesLeft"]);
        Assert.Equal("0", (await person.TrySignIn("Wrong2026"))["triesLeft"]);
        Assert.Null((await new Person(office.Host, office.Code, "nobody", "Nobody2026", "0").TrySignIn()).Body!["triesLeft"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.3")]
    public async Task Three_wrong_tries_in_a_row_lock_and_only_an_administrator_unlocks(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();

        await person.TrySignIn("Wrong2026");
        await person.TrySignIn("Wrong2026");
        await person.SignIn();
        await person.TrySignIn("Wrong2026");
        await person.TrySignIn("Wrong2026");
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
        for (var i = 0; i < 3; i++)
        {
            await person.TrySignIn("Wrong2026");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn()).Status);
        Assert.Equal("True", (await office.Administrator.Get($"/v1/operators/{person.Id}"))["locked"], ignoreCase: true);

        Assert.Equal(HttpStatusCode.OK, (await office.Administrator.Post($"/v1/operators/{person.Id}/unlock")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
        var trail = await office.Trail(person);
        Assert.Equal(["lock-password:done", "sign-in:sign-in-failed", "unlock-password:done", "sign-in:done"], trail[^4..]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.3")]
    public async Task The_number_of_tries_is_a_parameter_of_the_branch(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        await office.Administrator.Put("/v1/parameters/password-tries", new { branchCode = office.Code, value = 1 });

        await person.TrySignIn("Wrong2026");

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn()).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.3")]
    public async Task Twenty_wrong_tries_at_once_on_two_instances_lock_once_and_count_three(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var office = await Office.Open(first);
        var person = await office.Hire();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => person.TrySignIn($"Wrong{i:D4}", i % 2 == 0 ? first : second)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn()).Status);
        await using var db = await first.OpenDatabase();
        var id = person.Number;
        Assert.Equal(3, (await db.Set<Credential>().SingleAsync(c => c.OperatorId == id)).FailedTries);
        var trail = await office.Trail(person);
        Assert.Single(trail, "lock-password:done");
        Assert.Equal(21, trail.Count(t => t == "sign-in:sign-in-failed"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.4")]
    public async Task An_expired_password_lets_its_owner_do_nothing_but_change_it(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        await office.AgePassword(person, days: 91);

        var refused = await person.TrySignIn();
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("password-expired", refused.Code);
        Assert.Null(refused.Body!["accessToken"]);

        await person.ChangePassword("Third2026");
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.4")]
    public async Task A_session_ends_when_its_password_expires(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        await using (var db = await office.Host.OpenDatabase())
        {
            var id = person.Number;
            var almost = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-90).AddMinutes(10);
            await db.Set<Credential>().Where(c => c.OperatorId == id).ExecuteUpdateAsync(u => u.SetProperty(c => c.ChangedAt, almost));
        }

        var reply = await person.SignIn();

        var left = DateTimeOffset.Parse(reply["refreshTokenExpiresAt"], null) - TimeProvider.System.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal(reply["refreshTokenExpiresAt"], reply["accessTokenExpiresAt"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.4")]
    public async Task A_first_password_must_be_changed_before_signing_in(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.HireWithFirstPassword([]);

        Assert.Equal("password-expired", (await person.TrySignIn()).Code);
        await person.ChangePassword("Second2026");
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
    }

    [Theory, EachDatabase]
    public async Task Too_many_tries_a_minute_are_answered_429_with_Retry_After(Database database)
    {
        await using var host = await TestHost.Start(database, settings: new() { ["SignIn:TriesPerMinuteAndLogin"] = "2" });
        var stranger = new Person(host, TestHost.AdminBranch, "nobody", "Nobody2026", "0");

        // Three in one minute, or the minute turned between them and the next three are.
        var replies = new List<Reply>();
        for (var i = 0; i < 5; i++)
        {
            replies.Add(await stranger.TrySignIn());
        }

        var limited = replies.First(r => r.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal("too-many-requests", limited.Code);
        Assert.InRange(limited.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Theory, EachDatabase]
    public async Task Fields_out_of_their_limits_are_refused_before_anything_is_looked_for(Database database)
    {
        var host = await TestHost.Shared(database);

        var reply = await new Person(host, "1000", new string('x', 33), "", "0").TrySignIn();

        Assert.Equal("validation-failed", reply.Code);
        var fields = reply.Body!["errors"]!.AsArray().Select(e => e!["field"]!.ToString());
        Assert.Equal(["branchCode", "login", "password"], fields.Distinct());
    }

    private static string WithoutTrace(Reply reply)
    {
        var body = (JsonObject)reply.Body!.DeepClone();
        body.Remove("traceId");
        return body.ToJsonString();
    }
}
