using System.Net;
using Access.SystemParameters;
using Counter.Payments;
using Customers;
using Hardware.Simulators.Chip;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;
using Platform.Problems;

namespace Api.Tests.Issuance;

public sealed class OpenPersonalSingleTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.1"), Trait("Requirement", "FC-01.8")]
    public async Task Opens_the_customer_and_issues_its_card_in_one_operation(Database database)
    {
        await using var counter = await TestCounter.Open(database);

        var card = await counter.IssueCard();

        Assert.True(Luhn.IsValid(card.Number) && card.Number.Length == 16, card.Number);
        Assert.True(Luhn.IsValid(card.CustomerCode) && card.CustomerCode.Length == 10, card.CustomerCode);
        Assert.Equal(card.Number, ChipCards.Identity(card.Chip).CardNumber);
        var customer = await counter.Customer(card.CustomerCode);
        Assert.Equal("active", customer["state"]!.GetValue<string>());
        Assert.Equal("active", customer["cards"]![0]!["state"]!.GetValue<string>());
        Assert.Equal(-ChipCards.SetFee, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        Assert.Equal(ChipCards.SetFee, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
        var documents = (await counter.Cashier.Get($"/v1/transactions/{card.SerialNumber}/documents")).Is(HttpStatusCode.OK).Text;
        Assert.Contains("application-form", documents, StringComparison.Ordinal);
        Assert.Contains("fee-receipt", documents, StringComparison.Ordinal);
        await counter.BooksAreSound();
    }

    [Theory]
    [InlineData("certificateNumber", "110105194912310021", "person.certificateNumber")]
    [InlineData("certificateNumber", "11010519491332002X", "person.certificateNumber")]
    [InlineData("name", "", "person.name")]
    [InlineData("phone", "call me", "person.phone")]
    [InlineData("email", "nowhere", "person.email")]
    [Trait("Requirement", "FC-01.2")]
    public async Task Refuses_what_is_missing_or_wrong_in_the_holders_data(string field, string value, string named)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var body = ChipCards.OpeningBody();
        body["person"]![field] = value;

        var answer = await counter.StartIssue(body);

        answer.IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        Assert.Contains(answer.Body["errors"]!.AsArray(), e => e!["field"]!.GetValue<string>() == named);
        Assert.Equal(0, await counter.Transactions());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("certificateType")]
    [InlineData("certificateNumber")]
    [InlineData("phone")]
    [Trait("Requirement", "FC-01.2")]
    public async Task Asks_for_name_certificate_and_phone(string field)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var body = ChipCards.OpeningBody();
        body["person"]!.AsObject().Remove(field);

        (await counter.StartIssue(body)).IsRefused(HttpStatusCode.BadRequest, "missing-field");
    }

    [Fact]
    [Trait("Requirement", "FC-01.2")]
    public async Task Keeps_the_optional_data()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var body = ChipCards.OpeningBody();
        var person = body["person"]!;
        (person["address"], person["email"], person["gender"], person["birthDate"], person["plate"]) = (
            "北京市朝阳区",
            "w@example.cn",
            "female",
            "1949-12-31",
            "京A12345"
        );

        var started = (await counter.StartIssue(body)).Is(HttpStatusCode.Accepted);
        await counter.Run(VirtualChip.CreateBlank(IssuerProfile.Demo), started);

        var customer = await counter.Customer(started["customerCode"]);
        Assert.Equal("北京市朝阳区", customer["address"]!.GetValue<string>());
        Assert.Equal("w@example.cn", customer["email"]!.GetValue<string>());
        Assert.Equal("京A12345", customer["cards"]![0]!["plate"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.3"), Trait("Requirement", "PL-02.5")]
    public async Task An_amount_that_differs_from_the_set_one_needs_a_second_operator(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var body = ChipCards.OpeningBody(cardFee: 1_500, deposit: 3_000);

        var asked = await counter.Cashier.Post("/v1/issuances/personal-single", body);
        asked.IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("issue-fee-differs", asked["action"]);
        Assert.Equal(0, await counter.Transactions());

        var started = (await counter.StartIssue(body)).Is(HttpStatusCode.Accepted);
        var outcome = await counter.Run(VirtualChip.CreateBlank(IssuerProfile.Demo), started);

        var serial = outcome["serialNumber"]!.GetValue<string>();
        await using var db = await counter.Host.OpenDatabase();
        var head = await db.Set<Transaction>().SingleAsync(t => t.Id == SerialNumber.Parse(serial));
        Assert.Equal((counter.Cashier.Id, counter.Second.Id), (head.OperatorId, head.ApproverId));
        Assert.Equal((1_500, 3_000), (head.Fee, head.Deposit));
        Assert.Equal(3_000, await counter.Balance(IssuanceAccounts.Deposit, head.CardId!.Value));
        await counter.BooksAreSound();
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 500)]
    [Trait("Requirement", "FC-01.4")]
    public async Task The_service_fee_can_be_waived_and_the_invoice_declined_and_both_are_kept(bool waived, long charged)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        await using var db = await counter.Host.OpenDatabase();
        db.Add(
            new SystemParameter
            {
                Name = IssuanceParameters.ServiceFee.Name,
                BranchId = counter.BranchId,
                Value = 500,
            }
        );
        await db.SaveChangesAsync();

        var started = (await counter.StartIssue(ChipCards.OpeningBody(waived: waived, invoice: !waived))).Is(HttpStatusCode.Accepted);
        Assert.Equal(charged, started.Number("serviceFee"));
        var outcome = await counter.Run(VirtualChip.CreateBlank(IssuerProfile.Demo), started);

        var id = SerialNumber.Parse(outcome["serialNumber"]!.GetValue<string>());
        var details = System.Text.Json.Nodes.JsonNode.Parse((await db.Set<Transaction>().SingleAsync(t => t.Id == id)).Details!)!;
        Assert.Equal(waived, details["serviceFeeWaived"]!.GetValue<bool>());
        Assert.Equal(!waived, details["feeInvoice"]!.GetValue<bool>());
        Assert.Equal(ChipCards.SetFee + charged, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.5")]
    public async Task A_chip_that_is_a_card_already_is_refused_before_anything_is_booked_or_written(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var first = await counter.IssueCard();

        var notBlank = await counter.Run(first.Chip, (await counter.StartIssue()).Is(HttpStatusCode.Accepted));
        Assert.Equal(("notDone", "card-not-blank"), Ended(notBlank));
        Assert.Equal(first.Number, ChipCards.Identity(first.Chip).CardNumber);

        // A chip of the same serial number that says it is blank: a copy, or a card whose memory was wiped.
        var copy = VirtualChip.CreateBlank(IssuerProfile.Demo, new ChipOptions { ChipSerial = first.Chip.ChipSerial });
        var started = (await counter.StartIssue()).Is(HttpStatusCode.Accepted);
        Assert.Equal(("notDone", "card-already-known"), Ended(await counter.Run(copy, started)));
        Assert.Equal(new string('0', 20), ChipCards.Identity(copy).ApplicationSerial);
        (await counter.Cashier.Get($"/v1/customers/{started["customerCode"]}")).Is(HttpStatusCode.NotFound);

        var blocked = VirtualChip.CreateBlank(IssuerProfile.Demo);
        blocked.Hooks.Arm();
        blocked.Hooks.OverrideStatus(1, 0x6A81);
        started = (await counter.StartIssue()).Is(HttpStatusCode.Accepted);
        Assert.Equal(("notDone", "card-blocked"), Ended(await counter.Run(blocked, started)));
        Assert.Equal(new string('0', 20), ChipCards.Identity(blocked).ApplicationSerial);
        Assert.Equal(1, await counter.Transactions());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task The_same_key_gives_the_same_operation_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var key = Clerk.NewKey();

        var first = (await counter.StartIssue(key: key)).Is(HttpStatusCode.Accepted);
        var again = (await counter.StartIssue(key: key)).Is(HttpStatusCode.Accepted);

        Assert.Equal(first.Text, again.Text);
        Assert.True(again.Replayed);
    }

    [Fact]
    [Trait("Requirement", "FC-01.2")]
    public void Resident_identity_numbers_are_held_against_check_character_and_birth_date()
    {
        var today = new DateOnly(2026, 11, 22);
        Assert.True(ResidentIdentity.IsValid("11010519491231002X", today));
        Assert.True(ResidentIdentity.IsValid("440524188001010014", today) is false, "born before 1900");
        Assert.False(ResidentIdentity.IsValid("11010519491231002x", today));
        Assert.False(ResidentIdentity.IsValid("11010520990229001" + ResidentIdentity.CheckCharacter("11010520990229001"), today));
        for (var digit = '0'; digit <= '9'; digit++)
        {
            Assert.False(ResidentIdentity.IsValid("11010519491231002" + digit, today));
        }
    }

    private static (string, string) Ended(System.Text.Json.Nodes.JsonNode outcome) =>
        (outcome["state"]!.GetValue<string>(), outcome["code"]!.GetValue<string>());
}
