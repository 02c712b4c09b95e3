// Slices: SignOnPowerSide, CloseWorkDate, GetWorkDate, CompareTotals, SettleDifference, ListDifferences, ListDifferenceSteps, ChargeCollectionFee.
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Access.Branches;
using Billing.Electricity;
using Billing.Electricity.Payments;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Billing.Electricity;

public sealed class WorkDateTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-08.2"), Trait("Requirement", "EB-08.1")]
    public async Task The_bank_collects_between_signing_on_and_off_and_the_sweep_empties_the_transit_account(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, signOn: false);
        await desk.Power.Today(desk.Date);
        var quote = await desk.Quote(await desk.Customer(10_000));
        (await desk.Pay(ElectricityDesk.Payment(quote))).IsRefused(HttpStatusCode.Conflict, "work-date-not-open");
        await desk.SignOn(desk.Date);
        (await desk.Cashier.Post("/v1/electricity/work-dates", new { date = desk.Date.AddDays(1) })).IsRefused(
            HttpStatusCode.Conflict,
            "work-date-taken"
        );
        Assert.Equal("paid", (await desk.Pay(ElectricityDesk.Payment(quote))).Is(HttpStatusCode.Created)["state"]);

        await desk.CloseWorkDate();

        Assert.Equal((0L, 0L, 10_000L), (await desk.InDoubt(), await desk.Transit(), await desk.Settlement()));
        var late = await desk.Quote(await desk.Customer(10_000));
        (await desk.Pay(ElectricityDesk.Payment(late))).IsRefused(HttpStatusCode.Conflict, "work-date-not-open");
        (await desk.Cashier.Post("/v1/electricity/work-dates", new { date = desk.Date })).IsRefused(
            HttpStatusCode.Conflict,
            "work-date-taken"
        );
        Assert.Empty(await desk.Cashier.Walk("/v1/electricity/differences"));
        await desk.Branch.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.2"), Trait("Requirement", "EB-08.2"), Trait("Requirement", "EB-09.1")]
    public async Task What_is_pending_at_the_end_counts_as_bank_has_and_the_power_side_adds_it(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var serial = await desk.Pending(await desk.Quote(await desk.Customer(10_000)));

        await desk.CloseWorkDate();

        var paid = await desk.Get(serial);
        Assert.Equal(("paid", "reconciliation"), (paid["state"], paid["decidedBy"]));
        Assert.Equal((0L, 0L, 10_000L), (await desk.InDoubt(), await desk.Transit(), await desk.Settlement()));
        var difference = Assert.Single(await desk.Cashier.Walk("/v1/electricity/differences"));
        Assert.Equal(
            ("bankOnly", "open", "powerAdds", serial),
            (
                Text(difference, "kind"),
                Text(difference, "state"),
                Text(difference, "settlement"),
                difference["bank"]!["bankSerial"]!.GetValue<string>()
            )
        );

        await Settle(desk, Text(difference, "differenceId"), "asking");
        Assert.Equal((1, 10_000, 0), await desk.Power.Totals(desk.Date, ElectricityDesk.Unit));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-09.1"), Trait("Requirement", "EB-09.3")]
    public async Task The_five_kinds_of_difference_are_settled_and_the_same_files_again_change_nothing(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var twice = await desk.Quote(await desk.Customer(500));
        await desk.Power.Fault("payment", "twice");
        await desk.Pay(ElectricityDesk.Payment(twice));
        await desk.Collect(await desk.Customer(1_000));
        await desk.Power.Line(PowerLine(desk, "00000000000000000019", 200));

        var totals = (await desk.Cashier.Get($"/v1/electricity/work-dates/{desk.Date:yyyy-MM-dd}/totals")).Is(HttpStatusCode.OK);
        Assert.False(totals.Body["items"]![0]!["agrees"]!.GetValue<bool>());
        await desk.CloseWorkDate();

        var found = await desk.Cashier.Walk("/v1/electricity/differences");
        Assert.Equal(["powerOnly", "twice"], found.Select(d => Text(d, "kind")).Order(StringComparer.Ordinal));
        foreach (var difference in found)
        {
            await Settle(desk, Text(difference, "differenceId"), "asking");
        }

        Assert.Equal((2, 1_500, 2), await desk.Power.Totals(desk.Date, ElectricityDesk.Unit));
        // Reopened with a reason and an approval; written off only by a branch above the union.
        var id = Text(found[0], "differenceId");
        var body = new { evidence = "电力方回函" };
        (await desk.Cashier.PostApproved($"/v1/electricity/differences/{id}/reopening", body, desk.Branch.Second)).Is(
            HttpStatusCode.Created
        );
        (await desk.Cashier.Post($"/v1/electricity/differences/{id}/write-off", body)).IsRefused(HttpStatusCode.Forbidden, "level-too-low");
        var written = await desk.Headquarters.Cashier.PostApproved(
            $"/v1/electricity/differences/{id}/write-off",
            body,
            desk.Headquarters.Second
        );
        Assert.Equal("writtenOff", written.Is(HttpStatusCode.Created)["state"]);
        var steps = await desk.Cashier.Walk($"/v1/electricity/differences/{id}/steps");
        Assert.Equal(
            [
                ("open", "asked", desk.Cashier.Login, null),
                ("asked", "settled", desk.Cashier.Login, null),
                ("settled", "open", desk.Cashier.Login, desk.Branch.Second.Login),
                ("open", "writtenOff", desk.Headquarters.Cashier.Login, (string?)desk.Headquarters.Second.Login),
            ],
            steps.Select(s => (Text(s, "from"), Text(s, "to"), Text(s, "operator"), s["approver"]?.GetValue<string>()))
        );
        Assert.All(steps.Where(s => Text(s, "to") != "settled"), s => Assert.Equal("电力方回函", Text(s, "evidence")));
        (await desk.Cashier.Post($"/v1/electricity/differences/{id}/asking", body)).IsRefused(
            HttpStatusCode.Conflict,
            "difference-state-forbids"
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-09.3")]
    public async Task A_line_of_yesterday_that_comes_today_is_matched_to_yesterdays(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var quote = await desk.Quote(await desk.Customer(10_000));
        var serial = await desk.Pending(quote);
        await desk.CloseWorkDate();
        Assert.Equal("open", Text(Assert.Single(await desk.Cashier.Walk("/v1/electricity/differences")), "state"));
        var yesterday = desk.Date;
        await desk.Power.NoFaults();

        await desk.SignOn(yesterday.AddDays(1));
        var line = PowerLine(desk, serial, 10_000);
        line["customer"] = quote["customerNumber"];
        line["receivable"] = quote.Body["receivables"]![0]!["receivableId"]!.GetValue<string>();
        await desk.Power.Line(line);
        await desk.CloseWorkDate();

        Assert.Equal("settled", Text(Assert.Single(await desk.Cashier.Walk("/v1/electricity/differences")), "state"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-10.1"), Trait("Requirement", "EB-10.2")]
    public async Task A_fee_is_charged_for_a_month_once_with_a_voucher(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        await desk.Collect(await desk.Customer(1_000));
        await desk.Collect(await desk.Customer(2_000));
        (await desk.Cashier.Post("/v1/electricity/units/37010/fees", new { month = "2026-01" })).IsRefused(
            HttpStatusCode.Conflict,
            "fee-period-open"
        );
        await desk.CloseWorkDate();

        var fee = (await desk.Cashier.Post("/v1/electricity/units/37010/fees", new { month = "2026-01" })).Is(HttpStatusCode.Created);
        Assert.Equal((2L, 3_000L, 60L), (fee.Number("payments"), fee.Number("collected"), fee.Number("amount")));
        Assert.Equal(
            (2_940L, 60L),
            (await desk.Settlement(), await desk.Branch.Balance(ElectricityAccounts.FeeIncome, desk.Branch.BranchId))
        );
        (await desk.Cashier.Post("/v1/electricity/units/37010/fees", new { month = "2026-01" })).IsRefused(
            HttpStatusCode.Conflict,
            "fee-charged"
        );
        Assert.Contains(
            "收费凭证",
            (await desk.Cashier.Get($"/v1/transactions/{fee.SerialNumber}/documents")).Text,
            StringComparison.Ordinal
        );

        // A payment that was reversed after its month was charged is taken off the next month's fee.
        var id = (await desk.Cashier.Walk("/v1/electricity/payments"))[0]["serialNumber"]!.GetValue<string>();
        var paymentId = SerialNumber.Parse(id);
        await desk.Host.Change<ElectricityPayment>(p => p.Id == paymentId, p => p.State = PaymentState.Reversed);
        await desk.SignOn(new DateOnly(2026, 2, 2));
        await desk.Collect(await desk.Customer(4_000));
        await desk.Collect(await desk.Customer(4_000));
        await desk.CloseWorkDate();
        var next = (await desk.Cashier.Post("/v1/electricity/units/37010/fees", new { month = "2026-02" })).Is(HttpStatusCode.Created);
        Assert.Equal((1L, 7_000L, 30L), (next.Number("payments"), next.Number("collected"), next.Number("amount")));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.5"), Trait("Requirement", "EB-08.2")]
    public async Task The_schedule_signs_on_and_closes_by_itself_once_on_two_processes(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, signOn: false);
        var settings = ElectricityDesk.Settings(desk.Power);
        settings["Electricity:SignOnAt"] = "* * * * * ?";
        settings["Electricity:DayEndAt"] = "* * * * * ?";
        await using var first = await TestHost.Start(database, desk.Host.ConnectionString, settings);
        await using var second = await TestHost.Start(database, desk.Host.ConnectionString, settings);

        var day = await Eventually.Holds(
            async () =>
            {
                await using var db = await desk.Host.OpenDatabase();
                return await db.Set<global::Billing.Electricity.Days.WorkDate>().SingleOrDefaultAsync();
            },
            d => d?.State == global::Billing.Electricity.Days.WorkDateState.Closed
        );
        Assert.Equal(ChinaCalendar.Today(TimeProvider.System), day!.Date);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.5"), Trait("Requirement", "EB-07.2")]
    public async Task The_schedule_takes_the_debit_files_of_the_day_once_on_two_processes(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var account = await desk.Account(10_000);
        var customer = await desk.Customer();
        (await desk.Sign("XY1", customer, account)).Is(HttpStatusCode.Created);
        var settings = ElectricityDesk.Settings(desk.Power);
        settings["Electricity:FetchDebitsAt"] = "* * * * * ?";
        await using var first = await TestHost.Start(database, desk.Host.ConnectionString, settings);
        await using var second = await TestHost.Start(database, desk.Host.ConnectionString, settings);
        var name = await desk.PutDebitFile(1, [desk.DebitLine(1, customer, "YSF1", 1_000, account)]);

        var file = await Eventually.Holds(
            async () =>
            {
                await using var db = await desk.Host.OpenDatabase();
                return await db.Set<global::Billing.Electricity.Debits.DebitFile>().SingleOrDefaultAsync();
            },
            f => f?.State == global::Billing.Electricity.Debits.DebitFileState.ResultSent
        );
        Assert.Equal((name, desk.Branch.BranchId, 1), (file!.Name, file.BranchId, file.DebitedLines));
        Assert.Equal((9_000L, 1_000L), (await desk.AccountBalance(account), await desk.Transit()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-02.4")]
    public async Task Quotes_that_nobody_can_pay_with_are_deleted(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, validSeconds: 1);
        var old = await desk.Quote(await desk.Customer(10_000));
        // This one keeps them for a day; the other one does not.
        await Eventually.Holds(() => desk.Pay(ElectricityDesk.Payment(old)), p => p.Code == "quote-expired");
        var settings = ElectricityDesk.Settings(desk.Power);
        settings["Electricity:KeepQuotes"] = "00:00:00";
        settings["Electricity:DropQuotesEvery"] = "00:00:00.1";
        await using var second = await TestHost.Start(database, desk.Host.ConnectionString, settings);
        await Eventually.Holds(() => desk.Pay(ElectricityDesk.Payment(old)), p => p.Code == "quote-unknown");
    }

    private static async Task Settle(ElectricityDesk desk, string id, string step)
    {
        (await desk.Cashier.Post($"/v1/electricity/differences/{id}/{step}", new { evidence = "电力方回函" })).Is(HttpStatusCode.Created);
        await Eventually.Holds(
            async () => (await desk.Cashier.Walk("/v1/electricity/differences")).Single(d => Text(d, "differenceId") == id),
            d => Text(d, "state") == "settled"
        );
    }

    private static JsonObject PowerLine(ElectricityDesk desk, string bankSerial, long fen) =>
        new()
        {
            ["workDate"] = desk.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["unit"] = ElectricityDesk.Unit,
            ["bankSerial"] = bankSerial,
            ["powerSerial"] = $"DLX{fen}",
            ["customer"] = "0123456789",
            ["receivable"] = "YSX",
            ["month"] = "201001",
            ["principal"] = fen,
            ["lateFee"] = 0,
            ["total"] = fen,
            ["mode"] = "01",
            ["time"] = "20100105093000",
            ["state"] = "S",
        };

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
