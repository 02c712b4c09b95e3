// Slices: OpenPersonalMain, OpenOrganisationSingle, OpenOrganisationMain, FindHolders.
using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Customers;
using Hardware.Simulators.Chip;
using Issuance;
using Issuance.Cards;
using Issuance.Issuing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;
using Platform.Problems;

namespace Api.Tests.Issuance;

/// <summary>The functions that open a customer, beside FC-01.</summary>
public sealed class OpeningTests
{
    /// <summary>For requests that are refused for what they say, whoever sends them.</summary>
    private static readonly Lazy<Task<TestCounter>> s_refusing = new(() => TestCounter.Open(Database.Sqlite));

    private static readonly string[] s_routes = ["personal-single", "personal-main", "organisation-single", "organisation-main"];

    [Theory]
    [EachDatabase("personal-main", "organisation-single", "organisation-main")]
    [Trait("Requirement", "FC-02.1"), Trait("Requirement", "FC-05.1"), Trait("Requirement", "FC-06.1")]
    public async Task Opens_the_customer_and_issues_its_card(Database database, string route)
    {
        await using var counter = await TestCounter.Open(database);

        var (started, outcome) = await Issue(counter, route, Body(route));

        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        var customer = await counter.Customer(started["customerCode"]);
        Assert.Equal(route.StartsWith("personal", StringComparison.Ordinal) ? "person" : "organisation", Text(customer, "kind"));
        Assert.Equal(route.EndsWith("main", StringComparison.Ordinal) ? "multiUser" : "singleUser", Text(customer, "use"));
        var card = Assert.Single(customer["cards"]!.AsArray())!;
        Assert.Equal(
            route,
            System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(Enum.Parse<CardType>(Text(card, "type"), true).ToString())
        );
        Assert.Equal(ChipCards.SetFee, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory]
    [InlineData("name", "", "organisation.name")]
    [InlineData("creditCode", "91350100M000100Y44", "organisation.creditCode")]
    [InlineData("creditCode", "91350100M000100Y4", "organisation.creditCode")]
    [InlineData("creditCode", "9135010IM000100Y43", "organisation.creditCode")]
    [InlineData("contactName", "", "organisation.contactName")]
    [InlineData("phone", "call", "organisation.phone")]
    [InlineData("vat", null, "organisation.vat")]
    [InlineData("vat.taxNumber", "1", "organisation.vat.taxNumber")]
    [InlineData("vat.address", "", "organisation.vat.address")]
    [InlineData("vat.phone", "", "organisation.vat.phone")]
    [InlineData("vat.bank", "", "organisation.vat.bank")]
    [InlineData("vat.account", "12", "organisation.vat.account")]
    [InlineData("invoiceType", "ordinary", "organisation.vat")]
    [Trait("Requirement", "FC-05.1")]
    public async Task Refuses_what_is_missing_or_wrong_in_an_organisations_data(string field, string? value, string named)
    {
        var counter = await s_refusing.Value;
        var body = Body("organisation-single");
        var path = field.Split('.');
        var at = path.Length == 1 ? body["organisation"]! : body["organisation"]![path[0]]!;
        at[path[^1]] = value;

        var answer = await counter.Cashier.Post("/v1/issuances/organisation-single", body);

        answer.IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        Assert.Contains(answer.Body["errors"]!.AsArray(), e => e!["field"]!.GetValue<string>() == named);
        Assert.Equal(0, await counter.Transactions());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("creditCode")]
    [InlineData("contactName")]
    [InlineData("phone")]
    [InlineData("invoiceType")]
    [Trait("Requirement", "FC-05.1")]
    public async Task Asks_an_organisation_for_all_that_is_required(string field)
    {
        var counter = await s_refusing.Value;
        var body = Body("organisation-main");
        body["organisation"]!.AsObject().Remove(field);

        (await counter.Cashier.Post("/v1/issuances/organisation-main", body)).IsRefused(HttpStatusCode.BadRequest, "missing-field");
    }

    [Fact]
    [Trait("Requirement", "FC-05.1")]
    public void Credit_codes_are_held_against_their_check_character()
    {
        // The standard's own example, and two published codes.
        Assert.True(UnifiedSocialCreditCode.IsValid("91350100M000100Y43"));
        Assert.True(UnifiedSocialCreditCode.IsValid("91110000802100433B"));
        Assert.True(UnifiedSocialCreditCode.IsValid("914403001922038216"));
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        foreach (var other in Alphabet.Where(c => c != '3'))
        {
            Assert.False(UnifiedSocialCreditCode.IsValid("91350100M000100Y4" + other));
        }

        Assert.False(UnifiedSocialCreditCode.IsValid("91350100m000100y43"));
        Assert.False(UnifiedSocialCreditCode.IsValid("91AB0100M000100Y43"));
    }

    [Theory]
    [InlineData("personal-single")]
    [InlineData("personal-main")]
    [InlineData("organisation-single")]
    [InlineData("organisation-main")]
    [Trait("Requirement", "FC-01.3"), Trait("Requirement", "FC-01.4"), Trait("Requirement", "FC-02.1"), Trait("Requirement", "FC-05.1")]
    public async Task Fees_that_differ_are_approved_and_service_fee_and_invoice_are_kept(string route)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        await counter.Set(IssuanceParameters.ServiceFee, 500);
        var body = Body(route);
        (body["fees"]!["cardFee"], body["fees"]!["feeInvoice"]) = (1_000, true);
        (await counter.Cashier.Post($"/v1/issuances/{route}", body)).IsRefused(HttpStatusCode.Forbidden, "approval-required");

        var (_, outcome) = await Issue(counter, route, body);
        body["fees"]!["serviceFeeWaived"] = false;
        body["fees"]!["feeInvoice"] = false;
        var (charged, second) = await Issue(counter, route, body);

        Assert.Equal(500, charged.Number("serviceFee"));
        Assert.Equal((true, true, 0L), await Kept(counter, outcome));
        Assert.Equal((false, false, 500L), await Kept(counter, second));
        Assert.Equal(2_500, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.1"), Trait("Requirement", "FC-05.1")]
    public async Task A_holder_who_is_known_is_shown_before_and_with_the_answer_and_not_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        foreach (var (route, type) in new[] { ("personal-main", "passport"), ("organisation-single", "unifiedSocialCreditCode") })
        {
            var body = Body(route);
            var number = type == "passport" ? $"E{Ids.Next()}" : NewCreditCode();
            if (type == "passport")
            {
                (body["person"]!["certificateType"], body["person"]!["certificateNumber"]) = (type, number);
            }
            else
            {
                body["organisation"]!["creditCode"] = number;
            }

            Assert.Empty(
                (await counter.Cashier.Search("/v1/holders/searches", new { certificateType = type, certificateNumber = number }))
                    .Is(HttpStatusCode.OK)
                    .Body["items"]!.AsArray()
            );
            var (first, _) = await Issue(counter, route, body);
            var known = (await counter.Cashier.Search("/v1/holders/searches", new { certificateType = type, certificateNumber = number }))
                .Is(HttpStatusCode.OK)
                .Body["items"]!.AsArray();
            var (second, _) = await Issue(counter, route, body);

            Assert.Empty(first.Body["knownHolders"]!.AsArray());
            Assert.Equal(first["customerCode"], Text(Assert.Single(known)!, "customerCode"));
            Assert.Equal(first["customerCode"], Text(Assert.Single(second.Body["knownHolders"]!.AsArray())!, "customerCode"));
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-02.2"), Trait("Requirement", "FC-06.1")]
    public async Task Of_sixteen_main_cards_at_once_a_customer_gets_one(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestHost.Start(database, counter.Host.ConnectionString);
        var lost = await counter.IssuedCard(CardType.OrganisationMain, change: c => c.State = CardState.Lost);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => ReserveMain(counter, i % 2 == 0 ? counter.Host : other, lost)))
        );

        Assert.Single(results.OfType<BookingResult.Answered>());
        Assert.All(
            results.Where(r => r is not BookingResult.Answered),
            r => Assert.IsType<MainCardExists>(Assert.IsType<BookingResult.Refused>(r).Refusal)
        );
        await using var db = await counter.Host.OpenDatabase();
        Assert.Equal(1, await db.Set<Card>().CountAsync(c => c.MainOf == lost.CustomerId));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-05.1"), Trait("Requirement", "PL-05.1")]
    public async Task An_organisations_form_has_contact_and_invoice_data(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (_, outcome) = await Issue(counter, "organisation-single", Body("organisation-single"));
        var clerk = await Platform.Documents.PaperClerk.At(counter);

        var page = await clerk.Show(Text(outcome, "serialNumber"), "application-form", Platform.Documents.PaperClerk.Html);

        string[] printed =
        [
            "单位名称",
            "北京畅行物流有限公司",
            "统一社会信用代码",
            "91350100M000100Y43",
            "赵敏",
            "增值税专用发票",
            "0200003419027309871",
        ];
        Assert.All(printed, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
    }

    private static async Task<BookingResult> ReserveMain(TestCounter counter, TestHost host, IssuedCard lost)
    {
        var id = Ids.Next();
        var booking = new SilentBooking(id, new Actor(counter.BranchId, counter.Cashier.Id), new AuditNote("test", "main"));
        booking
            .Insert(
                new Card
                {
                    Id = id,
                    Number = id.ToString(System.Globalization.CultureInfo.InvariantCulture)[^16..],
                    Type = CardType.OrganisationMain,
                    State = CardState.Reserved,
                    CustomerId = lost.CustomerId,
                    BranchId = counter.BranchId,
                    IssuerCode = "100011",
                    Profile = "demo",
                }
            )
            .IfDuplicate(Card.MainIndex, new MainCardExists());
        return await host.Services.GetRequiredService<Books>().Post(booking);
    }

    private static JsonObject Body(string route)
    {
        var body = ChipCards.OpeningBody();
        if (!route.StartsWith("organisation", StringComparison.Ordinal))
        {
            return body;
        }

        body.Remove("person");
        body["organisation"] = new JsonObject
        {
            ["name"] = "北京畅行物流有限公司",
            ["creditCode"] = "91350100M000100Y43",
            ["contactName"] = "赵敏",
            ["phone"] = "01066668888",
            ["invoiceType"] = "vat",
            ["vat"] = new JsonObject
            {
                ["taxNumber"] = "91350100M000100Y43",
                ["address"] = "北京市朝阳区建国路 1 号",
                ["phone"] = "01066668888",
                ["bank"] = "工商银行北京建国路支行",
                ["account"] = "0200003419027309871",
            },
        };
        return body;
    }

    private static string NewCreditCode()
    {
        var body = "91110105MA" + Ids.Next().ToString(System.Globalization.CultureInfo.InvariantCulture)[^7..];
        return body + UnifiedSocialCreditCode.CheckCharacter(body);
    }

    private static async Task<(Answered Started, JsonNode Outcome)> Issue(TestCounter counter, string route, JsonObject body)
    {
        Assert.Contains(route, s_routes);
        var started = (await counter.Cashier.PostApproved($"/v1/issuances/{route}", body, counter.Second)).Is(HttpStatusCode.Accepted);
        return (started, await counter.Run(VirtualChip.CreateBlank(IssuerProfile.Demo), started));
    }

    private static async Task<(bool Waived, bool Invoice, long ServiceFee)> Kept(TestCounter counter, JsonNode outcome)
    {
        var id = SerialNumber.Parse(Text(outcome, "serialNumber"));
        await using var db = await counter.Host.OpenDatabase();
        var details = JsonNode.Parse((await db.Set<Transaction>().SingleAsync(t => t.Id == id)).Details!)!;
        return (
            details["serviceFeeWaived"]!.GetValue<bool>(),
            details["feeInvoice"]!.GetValue<bool>(),
            details["serviceFee"]!.GetValue<long>()
        );
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
