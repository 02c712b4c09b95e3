// Slices: CheckHolder, FindCard, GetRestrictions, GetReplacement, SearchHolders.
using System.Net;
using System.Text.Json.Nodes;
using Access;
using Access.Operators;
using Access.Roles;
using Access.SystemParameters;
using Api.Tests.Platform;
using Customers;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Documents;
using Platform.Problems;

namespace Api.Tests.Issuance;

/// <summary>What a cashier of another branch sees of a customer, by every route that names one: one rule for all of them.</summary>
public sealed class OtherBranchesTests
{
    private const string Certificate = "11010519491231002X";
    private const string Phone = "13800138000";

    /// <summary>What an exact number shows of a customer of another branch: masked, or nothing that is the customer's.</summary>
    private static readonly string[] s_shownMasked = ["FindCard", "GetCustomer", "GetReplacement", "ListContracts", "ListUsableCheques"];

    /// <summary>Lists of the caller's own branch, narrowed by a card or a customer: what another branch has is not in them.</summary>
    private static readonly string[] s_ownBranch =
    [
        "GetBillPaymentTotals",
        "ListAuditRecords",
        "ListBillPayments",
        "ListCheques",
        "ListRechargeLists",
        "ListSetAsideConsumption",
    ];

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.31"), Trait("Requirement", "PL-06.9")]
    public async Task Every_route_that_names_a_customer_a_card_or_a_transaction_keeps_the_one_rule(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await Foreign(database);
        var card = await counter.IssuedCard(CardType.PersonalMain);
        var serial = await counter.Collected(card, 10_000);
        var template = await Template(counter, card);
        var values = new Dictionary<string, string>
        {
            ["cardNumber"] = card.Number,
            ["customerCode"] = card.CustomerCode,
            ["serialNumber"] = serial,
            ["templateId"] = template,
            ["kind"] = "advance-receipt",
            ["number"] = "1",
        };
        var api = await ApiFile.Of(counter.Host);
        var walked = new List<string>();
        foreach (var o in api.Operations.Where(o => o.Method == "GET" && Names(o, values)))
        {
            var answer = await other.Cashier.Get(o.PathWith(values) + Query(o, values));
            var nothingThere = answer.Status is HttpStatusCode.NotFound && o.Id is not ("GetTransaction" or "GetCustomer");
            if (o.Id is "ExportAuditRecords" or "ExportBillPayments")
            {
                // The trail of the reader's own branch and those below it: the other's transaction is not in it.
                Assert.False(answer.Is(HttpStatusCode.OK).Text.Contains(serial, StringComparison.Ordinal));
            }
            else if (s_ownBranch.Contains(o.Id))
            {
                Assert.Empty(answer.Is(HttpStatusCode.OK).Body["items"]!.AsArray());
            }
            else if (!s_shownMasked.Contains(o.Id))
            {
                Assert.True(answer.Status == HttpStatusCode.Forbidden || nothingThere, $"{o.Id}: {(int)answer.Status} {answer.Text}");
                Assert.True(nothingThere || answer.Code is "customer-out-of-reach" or "transaction-out-of-reach", $"{o.Id}: {answer.Text}");
            }

            Assert.All(
                (string[])["王小明", Certificate, Phone],
                secret => Assert.False(answer.Text.Contains(secret, StringComparison.Ordinal), $"{o.Id}: {answer.Text}")
            );
            walked.Add(o.Id);
        }

        string[] least =
        [
            "GetTransaction",
            "ExportCustomerTransactions",
            "ListCardTransactions",
            "GetTemplate",
            "GetDocument",
            "GetCustomer",
        ];
        Assert.Empty(least.Except(walked));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.31")]
    public async Task A_card_or_the_certificate_that_was_shown_opens_the_customer_to_this_operator(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await Foreign(database);
        var (byCard, byCertificate) = (await counter.IssuedCard(), await counter.IssuedCard());
        var serial = await counter.Collected(byCard, 10_000);
        string[] paths =
        [
            $"/v1/customers/{byCard.CustomerCode}/transactions",
            $"/v1/cards/{byCard.Number}/transactions/export",
            $"/v1/transactions/{serial}",
            $"/v1/transactions/{serial}/documents",
        ];
        foreach (var path in paths)
        {
            (await other.Cashier.Get(path)).Is(HttpStatusCode.Forbidden);
        }

        await other.Present(byCard);
        await other.Present(byCertificate, TimeSpan.FromMinutes(10));
        foreach (var path in paths)
        {
            (await other.Cashier.Get(path)).Is(HttpStatusCode.OK);
            (await other.Second.Get(path)).Is(HttpStatusCode.Forbidden);
        }

        var statement = $"/v1/customers/{byCertificate.CustomerCode}/transactions";
        (await other.Cashier.Get(statement)).IsRefused(HttpStatusCode.Forbidden, "customer-out-of-reach");
        (await Check(other, byCertificate, "王小红")).IsRefused(HttpStatusCode.UnprocessableEntity, "holder-differs");
        (await Check(other, byCertificate, " 王小明 ")).Is(HttpStatusCode.OK);
        (await other.Cashier.Get(statement)).Is(HttpStatusCode.OK);
        // The certificate opens for reading alone: it moves no money.
        (await Allocate(other, byCertificate)).IsRefused(HttpStatusCode.Forbidden, "customer-out-of-reach");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.31")]
    public async Task The_right_for_other_branches_shows_them_whole(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var office = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        var shown = (await office.Cashier.Get($"/v1/customers/{card.CustomerCode}")).Is(HttpStatusCode.OK);
        (await office.Cashier.Get($"/v1/customers/{card.CustomerCode}/transactions")).Is(HttpStatusCode.OK);

        Assert.Equal(("王小明", Certificate), (shown["name"], shown["certificateNumber"]));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.31")]
    public async Task Personal_data_that_is_read_whole_is_on_record(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        (await counter.Cashier.Get($"/v1/customers/{card.CustomerCode}")).Is(HttpStatusCode.OK);
        (await counter.Second.Search("/v1/customers/searches", new { })).Is(HttpStatusCode.OK);

        await using var db = await counter.Host.OpenDatabase();
        var records = await db.Set<AuditRecord>()
            .Where(r => r.BranchId == counter.BranchId && r.Action == "see-personal-data")
            .OrderBy(r => r.Id)
            .ToListAsync();
        Assert.Equal([($"customer:{card.CustomerId}", counter.Cashier.Id), ("customers", counter.Second.Id)], records.Select(By));
        Assert.Contains(card.CustomerCode, records[1].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Certificate, records[1].Detail, StringComparison.Ordinal);

        await WithoutRights(counter, AccessRights.SeePersonalData);
        (await counter.Cashier.Get($"/v1/customers/{card.CustomerCode}")).Is(HttpStatusCode.OK);
        Assert.Equal(
            records.Count,
            await db.Set<AuditRecord>().CountAsync(r => r.BranchId == counter.BranchId && r.Action == "see-personal-data")
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.31"), Trait("Requirement", "PL-06.6")]
    public async Task Numbers_are_not_walked_through_the_own_branch_is_not_limited(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        await other.Set(CustomerParameters.LookUpsPerMinute, 4);
        var (card, own) = (await counter.IssuedCard(), await other.IssuedCard());
        var answers = new List<Answered>();
        for (var i = 0; i < 10; i++)
        {
            var number = i % 2 == 0 ? card.Number : "9999999999999995";
            answers.Add(await other.Cashier.Get($"/v1/cards/{number}"));
            (await other.Cashier.Get($"/v1/cards/{own.Number}")).Is(HttpStatusCode.OK);
        }

        // The minute may change once under the look-ups.
        Assert.InRange(answers.Count(a => a.Status is HttpStatusCode.OK or HttpStatusCode.NotFound), 4, 8);
        var stopped = answers.Where(a => a.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(stopped);
        Assert.All(stopped, a => Assert.Equal("too-many-look-ups", a.Code));
        Assert.All(stopped, a => Assert.InRange(a.RetryAfter!.Value.TotalSeconds, 1, 60));
        // Each operator has his own.
        (await other.Second.Get($"/v1/cards/{card.Number}")).Is(HttpStatusCode.OK);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.31"), Trait("Requirement", "FC-13.2")]
    public async Task A_typed_number_moves_money_at_the_customers_branch_or_above_a_card_that_is_present_at_any(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var card = await counter.IssuedCard();
        var main = await counter.IssuedCard(CardType.PersonalMain);
        await counter.Collected(card, 1_000);

        (await Allocate(other, card)).IsRefused(HttpStatusCode.Forbidden, "customer-out-of-reach");
        (await other.Cashier.Search($"/v1/customers/{card.CustomerCode}/allocations?dryRun=true", Lines(card))).IsRefused(
            HttpStatusCode.Forbidden,
            "customer-out-of-reach"
        );
        (await Allocate(other, card, await other.Present(await other.IssuedCard()))).IsRefused(
            HttpStatusCode.Forbidden,
            "customer-out-of-reach"
        );
        (await Allocate(other, card, await other.Present(card))).Is(HttpStatusCode.Created);
        (await Allocate(headquarters, card)).Is(HttpStatusCode.Created);
        (await Allocate(counter, card)).Is(HttpStatusCode.Created);

        var back = $"/v1/cards/{card.Number}/returns";
        (await other.Cashier.Post(back, new { amount = 10 })).IsRefused(HttpStatusCode.Forbidden, "customer-out-of-reach");
        (await other.Cashier.Post(back, new { amount = 10, cardSessionId = await other.Present(card) })).Is(HttpStatusCode.Created);
        (await other.Cashier.Post("/v1/issuances/personal-sub", new { customerCode = main.CustomerCode })).IsRefused(
            HttpStatusCode.Forbidden,
            "customer-out-of-reach"
        );
        Assert.Equal((980L, 20L), (await counter.Quota(card), await counter.Reserve(card)));
        await counter.BooksAreSound();
    }

    private static (string Subject, long Who) By(AuditRecord record) => (record.Subject, record.OperatorId!.Value);

    /// <summary>A counter whose operators have every right but that for other branches.</summary>
    private static async Task<TestCounter> Foreign(Database database)
    {
        var counter = await TestCounter.Open(database);
        await WithoutRights(counter, CustomerRights.SeeOtherBranches, DocumentRights.PrintAnyBranch);
        await counter.Set(CustomerParameters.LookUpsPerMinute, 1_000);
        return counter;
    }

    private static async Task WithoutRights(TestCounter counter, params Right[] without)
    {
        var all = counter.Host.Services.GetRequiredService<IReadOnlyList<Right>>().Except(without).Select(r => r.Name);
        var names = string.Join(' ', all);
        await using var db = await counter.Host.OpenDatabase();
        await db.Set<Role>()
            .Where(r => r.BranchId == counter.BranchId)
            .ExecuteUpdateAsync(u =>
                u.SetProperty(r => r.AllRights, false).SetProperty(r => r.RightNames, names).SetProperty(r => r.Version, r => r.Version + 1)
            );
    }

    private static bool Names(ApiOperation o, Dictionary<string, string> values) =>
        o.Parameters.Any(p => values.ContainsKey(ApiOperation.Name(p)) && ApiOperation.Name(p) is not ("kind" or "number"))
        && !o.Path.StartsWith("/v1/recharge-lists/", StringComparison.Ordinal);

    private static string Query(ApiOperation o, Dictionary<string, string> values)
    {
        var asked = o.Parameters.Where(p => p["in"]!.GetValue<string>() == "query").Select(ApiOperation.Name).Where(values.ContainsKey);
        return "?" + string.Join('&', asked.Select(n => $"{n}={values[n]}"));
    }

    private static async Task<string> Template(TestCounter counter, IssuedCard card)
    {
        var body = new { name = "depot", lines = new[] { new { cardNumber = card.Number, amount = 1 } } };
        var kept = await counter.Cashier.Post($"/v1/customers/{card.CustomerCode}/allocation-templates", body);
        return kept.Is(HttpStatusCode.Created)["templateId"];
    }

    private static Task<Answered> Check(TestCounter counter, IssuedCard card, string name) =>
        counter.Cashier.Post(
            "/v1/holder-sessions",
            new
            {
                customerCode = card.CustomerCode,
                holder = new
                {
                    certificateType = "residentIdentity",
                    certificateNumber = Certificate,
                    name,
                },
            }
        );

    private static JsonObject Lines(IssuedCard card) =>
        new() { ["lines"] = new JsonArray(new JsonObject { ["cardNumber"] = card.Number, ["amount"] = 10 }) };

    private static Task<Answered> Allocate(TestCounter counter, IssuedCard card, string? session = null)
    {
        var body = Lines(card);
        if (session is not null)
        {
            body["cardSessionId"] = session;
        }

        return counter.Cashier.Post($"/v1/customers/{card.CustomerCode}/allocations", body);
    }
}
