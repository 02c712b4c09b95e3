using System.Net;
using Access.Operators;

namespace Api.Tests.Access;

public sealed class ChangePasswordTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.5")]
    public async Task A_password_is_changed_without_signing_in(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.HireWithFirstPassword([]);

        Assert.Equal(HttpStatusCode.NoContent, (await person.TryChangePassword("Second2026")).Status);

        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn("Second2026")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn("First2026")).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.5")]
    public async Task Two_new_passwords_that_differ_are_refused(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();

        var reply = await person.TryChangePassword("Third2026", again: "Third2027");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        var error = Assert.Single(reply.Body!["errors"]!.AsArray())!;
        Assert.Equal("newPasswordAgain", error["field"]!.ToString());
        Assert.Equal("passwords-differ", error["rule"]!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.5")]
    public async Task A_wrong_old_password_counts_towards_the_lock(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("sign-in-failed", (await person.TryChangePassword("Third2026", old: "Wrong2026")).Code);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn()).Status);
        Assert.Equal("sign-in-failed", (await person.TryChangePassword("Third2026")).Code);
        Assert.Contains("lock-password:done", await office.Trail(person));
    }

    [Theory]
    [EachDatabase("Abc1234", "Abcdefgh12345", "abcdefgh", "12345678", "")]
    [Trait("Requirement", "PL-01.6")]
    public async Task A_password_that_breaks_the_rule_is_refused(Database database, string password)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();

        var reply = await person.TryChangePassword(password);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("password-rule", reply.Body!["errors"]![0]!["rule"]!.ToString());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.6")]
    public async Task The_shortest_and_the_longest_password_are_accepted_and_letter_case_counts(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();

        await person.ChangePassword("harvest1");
        await person.ChangePassword("HARVEST1");
        await person.ChangePassword("Harvesting26");

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn("harvesting26")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn("Harvesting26")).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.6")]
    public async Task None_of_the_last_three_passwords_is_accepted_the_fourth_back_is(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.HireWithFirstPassword([]);
        await person.ChangePassword("Second2026");
        await person.ChangePassword("Third2026");

        foreach (var used in new[] { "First2026", "Second2026", "Third2026" })
        {
            Assert.Equal("password-used-before", (await person.TryChangePassword(used)).Code);
        }

        await person.ChangePassword("Fourth2026");
        await person.ChangePassword("First2026");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.6")]
    public async Task A_password_that_guessers_try_first_is_refused(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();

        foreach (var easy in new[] { "Password1", "passw0rd99", "1qaz2wsx", $"{office.Code}a", person.Login })
        {
            var reply = await person.TryChangePassword(easy);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "password-too-common"), (reply.Status, reply.Code));
        }

        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
    }

    [Theory]
    [InlineData("abc12345", true)]
    [InlineData("P@ssw0rd1", true)]
    [InlineData("Li-wang88", true)]
    [InlineData("x10100001", true)]
    [InlineData("qwerty2026", true)]
    [InlineData("Autumn2026", false)]
    [InlineData("passage77x", false)]
    [Trait("Requirement", "PL-01.6")]
    public void Common_words_walks_over_the_keyboard_login_and_branch_code_are_too_easy(string password, bool easy) =>
        Assert.Equal(easy, CommonPasswords.IsTooEasy(password, "wang", "10100001"));

    [Theory, EachDatabase]
    public async Task Of_eight_changes_at_once_one_wins(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        await office.Administrator.Put("/v1/parameters/password-tries", new { branchCode = office.Code, value = 10 });

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => person.TryChangePassword($"Other000{i}")));

        Assert.Single(replies, r => r.Status == HttpStatusCode.NoContent);
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.NoContent), r => Assert.Equal("sign-in-failed", r.Code));
    }
}
