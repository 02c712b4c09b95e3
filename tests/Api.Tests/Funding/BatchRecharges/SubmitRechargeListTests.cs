// Slices: SubmitRechargeList, GetRechargeListFile, GetRechargeList, ListRechargeLists.
using System.Net;
using System.Security.Cryptography;
using Customers;
using Platform.Parameters;
using Platform.Problems;

namespace Api.Tests.Funding.BatchRecharges;

public sealed class SubmitRechargeListTests
{
    private const int AtOnce = 16;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.1"), Trait("Requirement", "FC-20.5")]
    public async Task A_file_is_kept_as_it_came_and_checked_in_the_background(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2_500, unitFen: 0);
        var file = desk.File();
        var list = (await desk.Submit(file)).Is(HttpStatusCode.Accepted);
        Assert.Equal($"/v1/recharge-lists/{list.SerialNumber}", list.Location?.ToString());
        Assert.Equal(("checking", "checking"), (list["state"], list.Body["progress"]!["stage"]!.GetValue<string>()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), list["sha256"]);

        list = await desk.Until(list.SerialNumber, s => s != "checking");
        Assert.Equal("submitted", list["state"]);
        Assert.Equal((2_500, 0, 2_500L * 2_501 / 2 * 100), (list.Number("lines"), list.Number("badLines"), list.Number("amount")));
        Assert.Equal(desk.Unit.CustomerCode, list["customerCode"]);
        Assert.Equal(file, await desk.Download($"/v1/recharge-lists/{list.SerialNumber}/file"));
        var lines = await desk.Lines(list.SerialNumber, "waiting");
        Assert.Equal(1_000, lines.Count);
        Assert.Equal((desk.Cards[16].Number, "1700"), (lines[16]["cardNumber"], lines[16]["amount"]));
        await desk.Counter.BooksAreSound();
    }

    [Theory]
    [InlineData("../../etc/passwdX:y.dat", "passwdX_y.dat")]
    [InlineData("C:\\lists\\十一月.dat", "十一月.dat")]
    [InlineData("..", null)]
    [Trait("Requirement", "FC-20.1")]
    public async Task A_file_is_given_back_under_a_name_that_is_no_path(string name, string? given)
    {
        var desk = await RechargeDesk.Open(Database.Sqlite, cards: 1, unitFen: 0);
        var query = $"customerCode={desk.Unit.CustomerCode}&format=dat&fileName={Uri.EscapeDataString(name)}";
        var list = (await desk.Submit(query, desk.File())).Is(HttpStatusCode.Accepted);

        var headers = (await desk.Counter.Cashier.Download($"/v1/recharge-lists/{list.SerialNumber}/file")).Headers;

        Assert.Equal(given ?? $"{list.SerialNumber}.dat", headers.ContentDisposition!.FileNameStar);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.1"), Trait("Requirement", "PL-03.6")]
    public async Task A_repeated_key_gives_the_first_answer_and_one_list(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 3, unitFen: 0);
        var (file, key) = (desk.File(), Clerk.NewKey());
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => desk.Submit(file, key: key)));
        var first = (await desk.Submit(file, key: key)).Is(HttpStatusCode.Accepted);
        Assert.True(first.Replayed);
        Assert.Single(answers, a => a.Status == HttpStatusCode.Accepted && !a.Replayed);
        Assert.All(
            answers,
            a => Assert.True(a.Text == first.Text || a is { Status: HttpStatusCode.Conflict, Code: "idempotency-key-in-use" }, a.Text)
        );
        (await desk.Submit(desk.File(2), key: key)).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Single(await Lists(desk, ""));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.4")]
    public async Task The_same_file_is_taken_once_unless_it_is_meant(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 3, unitFen: 0);
        var file = desk.File();
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => desk.Submit(file)));
        var serial = Assert.Single(answers, a => a.Status == HttpStatusCode.Accepted).SerialNumber;
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Accepted),
            a => a.IsRefused(HttpStatusCode.Conflict, "file-submitted-before")
        );
        var again = (await desk.Submit(file)).IsRefused(HttpStatusCode.Conflict, "file-submitted-before");
        Assert.Equal(serial, again["serialNumber"]);

        var meant = await desk.Submitted(file, repeat: true);
        Assert.NotEqual(serial, meant);

        // As long as one of them stands, the file is known; when both are void it is as if it had never come.
        await desk.Until(serial, s => s == "submitted");
        (await desk.Void(serial)).Is(HttpStatusCode.Created);
        (await desk.Submit(file)).IsRefused(HttpStatusCode.Conflict, "file-submitted-before");
        (await desk.Void(meant)).Is(HttpStatusCode.Created);
        (await desk.Submit(file)).Is(HttpStatusCode.Accepted);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.1")]
    public async Task Only_an_organisation_open_for_business_hands_in_a_file_and_only_one_with_something_in_it(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 1, unitFen: 0);
        (await desk.Submit([])).IsRefused(HttpStatusCode.BadRequest, "file-empty");
        (await desk.Submit(new byte[(32 * 1024 * 1024) + 1])).IsRefused(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        var person = await desk.Counter.IssuedCard();
        foreach (
            var (query, status, code) in ((string, HttpStatusCode, string)[])
                [
                    ($"customerCode={person.CustomerCode}&format=dat", HttpStatusCode.Conflict, "unit-must-be-organisation"),
                    ("customerCode=1999999996&format=dat", HttpStatusCode.NotFound, "customer-not-found"),
                    ($"customerCode={desk.Unit.CustomerCode}&format=doc", HttpStatusCode.BadRequest, "validation-failed"),
                ]
        )
        {
            (await desk.Submit(query, desk.File())).IsRefused(status, code);
        }

        await using (var db = await desk.Counter.Host.OpenDatabase())
        {
            var unit = (await db.FindAsync<Customer>(desk.Unit.CustomerId))!;
            db.Update(unit);
            unit.State = CustomerState.Blocked;
            await db.SaveChangesAsync();
        }

        (await desk.Submit(desk.File())).IsRefused(HttpStatusCode.Conflict, "customer-blocked");
        Assert.Empty(await Lists(desk, ""));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-24.1"), Trait("Requirement", "FC-22.1")]
    public async Task Lists_are_found_by_time_state_unit_and_branch_and_only_from_the_branch_or_above(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 3, unitFen: 0);
        var first = await desk.Submitted(desk.File(1));
        var second = await desk.Submitted(desk.File(2));
        (await desk.Void(second)).Is(HttpStatusCode.Created);
        var at = (await desk.Show(second)).Body["submittedAt"]!.GetValue<string>();
        Assert.Equal([first, second], await Lists(desk, $"customerCode={desk.Unit.CustomerCode}"));
        Assert.Equal([first], await Lists(desk, "state=submitted"));
        Assert.Equal([second], await Lists(desk, "state=voided"));
        Assert.Equal([second], await Lists(desk, $"submittedFrom={Uri.EscapeDataString(at)}"));
        Assert.Equal([first], await Lists(desk, $"submittedTo={Uri.EscapeDataString(at)}"));
        Assert.Empty(await Lists(desk, "state=posting"));

        var above = await TestCounter.Open(desk.Counter.Host, headquarters: true);
        Assert.Equal([first, second], await Lists(desk, $"branchCode={desk.Counter.BranchCode}", above.Cashier));
        var beside = await TestCounter.Open(desk.Counter.Host);
        Assert.Empty(await Lists(desk, "", beside.Cashier));
        (await beside.Cashier.Get($"/v1/recharge-lists/{first}")).IsRefused(HttpStatusCode.NotFound, "recharge-list-not-found");
        (await beside.Cashier.Get($"/v1/recharge-lists/{first}/lines")).IsRefused(HttpStatusCode.NotFound, "recharge-list-not-found");
        (await beside.Cashier.Get($"/v1/recharge-lists/{first}/file")).IsRefused(HttpStatusCode.NotFound, "recharge-list-not-found");
        (await beside.Cashier.Get($"/v1/recharge-lists?branchCode={desk.Counter.BranchCode}")).Is(HttpStatusCode.NotFound);
    }

    private static async Task<string[]> Lists(RechargeDesk desk, string filter, Clerk? by = null)
    {
        var answer = (await (by ?? desk.Counter.Cashier).Get($"/v1/recharge-lists?{filter}")).Is(HttpStatusCode.OK);
        return [.. answer.Body["items"]!.AsArray().Select(i => i!["serialNumber"]!.GetValue<string>())];
    }
}
