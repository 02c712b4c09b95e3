// Slices: ListRechargeLines.
using System.Net;
using System.Text;
using Access.Branches;
using Access.SystemParameters;
using Customers;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Funding.BatchRecharges;

public sealed class CheckRechargeListTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.2")]
    public async Task Every_bad_line_is_answered_with_its_reason_and_nothing_is_booked(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 0);
        var counter = desk.Counter;
        var good = desk.Cards[0].Number;
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        var blockedCustomers = await counter.IssuedCard();
        await using (var db = await counter.Host.OpenDatabase())
        {
            await db.Set<Customer>()
                .Where(c => c.Id == blockedCustomers.CustomerId)
                .ExecuteUpdateAsync(u => u.SetProperty(c => c.State, CustomerState.Blocked));
        }

        async Task<string> In(CardState state) => (await counter.IssuedCard(change: c => c.State = state)).Number;
        var unknown = "100022099999999" + Luhn.CheckDigit("100022099999999");
        var expired = await counter.IssuedCard(change: ValidUntilYesterday);
        (string Line, string? Reason)[] lines =
        [
            ($"{good},12.34,王小明,remark", null),
            ($"{desk.Cards[1].Number},0.01", null),
            ("123,10", "card-number-invalid"),
            ("10002200000000xx,10", "card-number-invalid"),
            ($"{WrongDigit(good)},10", "check-digit-wrong"),
            ($"{unknown},10", "card-not-found"),
            ($"{sub.Number},10", "sub-card-takes-no-payment"),
            ($"{await In(CardState.Lost)},10", "card-lost"),
            ($"{await In(CardState.Damaged)},10", "card-damaged"),
            ($"{await In(CardState.Blocked)},10", "card-blocked"),
            ($"{await In(CardState.Closed)},10", "card-closed"),
            ($"{await In(CardState.Expired)},10", "card-expired"),
            ($"{expired.Number},10", "card-expired"),
            ($"{await In(CardState.Released)},10", "card-not-found"),
            ($"{blockedCustomers.Number},10", "customer-blocked"),
            .. new[] { "0", "0.00", "-5", "1.234", "1e3", "ten", "", "12.", ".5", "+5", "５" }.Select(a =>
                ($"{main.Number},{a},", (string?)"amount-invalid")
            ),
            ($"{main.Number},1000000.01", "amount-too-large"),
            ($"{good},1", "card-twice"),
        ];

        var list = await desk.Checked(RechargeDesk.Dat([.. lines.Select(l => l.Line)], $"合计,{lines.Length},99.00"));
        Assert.Equal("rejected", list["state"]);
        Assert.Equal((lines.Length, lines.Count(l => l.Reason is not null)), ((int)list.Number("lines"), (int)list.Number("badLines")));
        var found = await desk.Lines(list.SerialNumber);
        Assert.Equal(lines.Select(l => l.Reason ?? ""), found.Select(l => l["reasonCode"]));
        Assert.All(found.Where(l => l["outcome"] == "bad"), l => Assert.NotEmpty(l["reason"]));
        Assert.Equal(lines.Count(l => l.Reason is not null), (await desk.Lines(list.SerialNumber, "bad")).Count);
        Assert.Equal(2, (await desk.Lines(list.SerialNumber, "waiting")).Count);
        (await desk.Release(list.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "recharge-list-state-forbids");
        (await desk.Void(list.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "recharge-list-state-forbids");
        Assert.All(await desk.Balances(), b => Assert.Equal(0, b));

        // A file that was rejected may come again: the cards may be good by now.
        (await desk.Submit(await desk.Download($"/v1/recharge-lists/{list.SerialNumber}/file"))).Is(HttpStatusCode.Accepted);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.2")]
    public async Task A_trailer_that_does_not_match_or_a_file_that_cannot_be_read_is_rejected_whole(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 2, unitFen: 0);
        string[] lines = [RechargeDesk.Line(desk.Cards[0].Number, 10), RechargeDesk.Line(desk.Cards[1].Number, 20)];
        foreach (
            var (trailer, code) in ((string, string)[])
                [
                    ("合计,3,30.00", "trailer-count-differs"),
                    ("合计,2,30.01", "trailer-total-differs"),
                    ("合计,two,30.00", "trailer-invalid"),
                    ("total,2,", "trailer-invalid"),
                ]
        )
        {
            var list = await desk.Checked(RechargeDesk.Dat(lines, trailer));
            Assert.Equal(("rejected", code), (list["state"], list.Body["fault"]!["code"]!.GetValue<string>()));
            Assert.Equal((2, 0), (list.Number("lines"), list.Number("badLines")));
        }

        foreach (var format in (string[])["xlsx", "xls"])
        {
            var list = await desk.Checked(Encoding.UTF8.GetBytes($"no workbook at all {Ids.Next()}"), format);
            Assert.Equal("rejected", list["state"]);
            Assert.NotEmpty(list.Body["fault"]!["code"]!.GetValue<string>());
            Assert.NotEmpty(list.Body["fault"]!["message"]!.GetValue<string>());
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.2")]
    public async Task The_same_card_twice_is_forbidden_where_the_parameter_says_so(Database database)
    {
        var desk = await RechargeDesk.Open(database, cards: 1, unitFen: 5_000);
        var card = desk.Cards[0].Number;
        var file = RechargeDesk.Dat([RechargeDesk.Line(card, 10), RechargeDesk.Line(card, 20)]);
        var rejected = await desk.Checked(file);
        Assert.Equal("rejected", rejected["state"]);
        Assert.Equal(["", "card-twice"], (await desk.Lines(rejected.SerialNumber)).Select(l => l["reasonCode"]));
        await using (var db = await desk.Counter.Host.OpenDatabase())
        {
            db.Add(
                new SystemParameter
                {
                    Name = "recharge-list-card-twice",
                    BranchId = desk.Counter.BranchId,
                    Value = 1,
                }
            );
            await db.SaveChangesAsync();
        }

        await desk.Finished(file);
        Assert.Equal(3_000, Assert.Single(await desk.Balances()));
    }

    /// <summary>A process that died while it checked leaves lines behind; whoever comes next begins anew.</summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.2"), Trait("Requirement", "FC-20.5")]
    public async Task A_check_that_was_broken_off_is_made_anew(Database database)
    {
        await using var idle = await TestHost.Start(database, settings: new() { ["RechargeLists:Workers"] = "0" });
        var desk = await RechargeDesk.Open(await TestCounter.Open(idle), cards: 1_500, unitFen: 0);
        var serial = (await desk.Submit(desk.File())).Is(HttpStatusCode.Accepted).SerialNumber;
        await using (var db = await idle.OpenDatabase())
        {
            var id = SerialNumber.Parse(serial)!.Value;
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO recharge_list_lines ("ListId", "Number", "CardNumber", "Amount") VALUES ({id}, 7, 'left behind', 1)"""
            );
            await db.Database.ExecuteSqlAsync(
                $"""UPDATE recharge_lists SET "CheckTries" = 1, "Lines" = 1, "CheckedPercent" = 40 WHERE "Id" = {id}"""
            );
        }

        var progress = (await desk.Show(serial)).Body["progress"]!;
        Assert.Equal(
            ("checking", 1, 40),
            (progress["stage"]!.GetValue<string>(), progress["done"]!.GetValue<int>(), progress["percent"]!.GetValue<int>())
        );

        await using var busy = await TestHost.Start(database, idle.ConnectionString);
        var list = await desk.Until(serial, s => s != "checking");
        Assert.Equal(("submitted", 1_500L), (list["state"], list.Number("lines")));
        Assert.Equal(desk.Cards.Take(1_000).Select(c => c.Number), (await desk.Lines(serial, "waiting")).Select(l => l["cardNumber"]));
    }

    private static void ValidUntilYesterday(Card card) =>
        typeof(Card).GetProperty(nameof(Card.ValidTo))!.SetValue(card, ChinaCalendar.Today(TimeProvider.System).AddDays(-1));

    private static string WrongDigit(string number) => number[..15] + (char)('0' + ((number[15] - '0' + 1) % 10));
}
