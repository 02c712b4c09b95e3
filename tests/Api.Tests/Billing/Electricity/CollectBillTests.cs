// Slices: QuoteBill, CollectBill, ReverseBillPayment, PayOwed.
using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Billing.Electricity;

public sealed class CollectBillTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.1"), Trait("Requirement", "EB-02.2"), Trait("Requirement", "EB-03.3")]
    public async Task A_bill_is_asked_for_paid_told_and_booked_to_the_transit_account(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var customer = await desk.Customer(39_820, 5_000);

        var quote = await desk.Quote(customer);
        Assert.Equal(44_820, quote.Number("total"));
        Assert.Equal("*敏", quote["customerName"]);
        var paid = (await desk.Pay(ElectricityDesk.Payment(quote))).Is(HttpStatusCode.Created);

        Assert.Equal(("paid", 44_820L), (paid["state"], paid.Number("total")));
        Assert.StartsWith("DL", paid["powerSerial"], StringComparison.Ordinal);
        Assert.Equal((44_820L, 0L, 44_820L), (await desk.Cash(), await desk.InDoubt(), await desk.Transit()));
        Assert.Equal((2, 44_820, 0), await desk.Power.Totals(desk.Date, ElectricityDesk.Unit));
        await desk.Branch.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.1"), Trait("Requirement", "PL-03.6")]
    public async Task The_same_key_pays_once_and_another_key_finds_the_bill_paid(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var body = ElectricityDesk.Payment(await desk.Quote(await desk.Customer(10_000)));

        var first = (await desk.Pay(body, "k1")).Is(HttpStatusCode.Created);
        var again = (await desk.Pay(body, "k1")).Is(HttpStatusCode.Created);
        Assert.Equal(first.Text, again.Text);
        (await desk.Pay(body, "k2")).IsRefused(HttpStatusCode.Conflict, "receivable-taken");
        var other = (JsonObject)body.DeepClone();
        other["channel"] = "kiosk";
        (await desk.Pay(other, "k1")).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");

        Assert.Equal((10_000L, 10_000L), (await desk.Cash(), await desk.Transit()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.1")]
    public async Task Sixteen_counters_pay_one_bill_once(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var body = ElectricityDesk.Payment(await desk.Quote(await desk.Customer(10_000)));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => Retries.Again(() => desk.Pay(body, i < 8 ? "same" : $"own-{i}"))))
        );

        var paid = answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a.SerialNumber).Distinct();
        Assert.Single(paid);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "receivable-taken"));
        Assert.Equal((10_000L, 0L, 10_000L), (await desk.Cash(), await desk.InDoubt(), await desk.Transit()));
        await desk.Branch.BooksAreSound();
    }

    [Theory, EachDatabase("after", "before")]
    [Trait("Requirement", "EB-03.2")]
    public async Task Without_an_answer_the_payment_is_pending_until_the_power_side_says(Database database, string fault)
    {
        // The reference runs out within the test, so that a payment that never arrived can be given up.
        await using var desk = await ElectricityDesk.Open(database, validSeconds: 3);
        var customer = await desk.Customer(10_000);
        var quote = await desk.Quote(customer);
        await desk.Power.Fault("payment", fault);
        await desk.Power.Fault("ask", "before", times: 3);

        var pending = (await desk.Pay(ElectricityDesk.Payment(quote))).Is(HttpStatusCode.Created);
        Assert.Equal("pending", pending["state"]);
        Assert.Equal((10_000L, 10_000L, 0L), (await desk.Cash(), await desk.InDoubt(), await desk.Transit()));

        var end = await desk.Becomes(pending.SerialNumber, fault == "after" ? "paid" : "refused");
        Assert.Equal(0, await desk.InDoubt());
        Assert.Equal(fault == "after" ? 10_000 : 0, await desk.Transit());
        Assert.Equal(fault == "after" ? 0 : 10_000, end.Number("owed"));
        if (fault == "before")
        {
            // The payer has left: what is owed is listed, and paid out once.
            var owed = $"/v1/electricity/payments/{pending.SerialNumber}/owed-payment";
            Assert.Equal(10_000, (await desk.Cashier.Post(owed, new { })).Is(HttpStatusCode.Created).Number("amount"));
            (await desk.Cashier.Post(owed, new { })).IsRefused(HttpStatusCode.Conflict, "nothing-owed");
            Assert.Equal(0, await desk.Cash());
            // The bill can be paid again.
            Assert.Equal("paid", (await desk.Collect(customer))["state"]);
        }

        await desk.Branch.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-02.4"), Trait("Requirement", "EB-03.1")]
    public async Task What_changed_in_between_is_refused_with_the_new_amount_and_the_money_goes_back(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var customer = await desk.Customer();
        await desk.Power.Bill(customer, 1_000_000, desk.Date.AddDays(-1));
        var quote = await desk.Quote(customer);
        Assert.Equal(1_001_000, quote.Number("total"));

        await desk.Power.Today(desk.Date.AddDays(1));
        var refused = (await desk.Pay(ElectricityDesk.Payment(quote))).IsRefused(HttpStatusCode.Conflict, "bill-changed");

        Assert.Equal(1_002_000, refused.Number("amount"));
        Assert.Equal((0L, 0L, 0L), (await desk.Cash(), await desk.InDoubt(), await desk.Transit()));
        Assert.Equal("refused", (await desk.Get(refused.SerialNumber))["state"]);
        Assert.Equal(1_002_000, (await desk.Collect(customer)).Number("total"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-02.4")]
    public async Task Whole_receivables_are_paid_oldest_first(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var quote = await desk.Quote(await desk.Customer(10_000, 20_000));
        var newest = ElectricityDesk.Payment(quote);
        newest["receivables"] = new JsonArray(quote.Body["receivables"]![1]!["receivableId"]!.GetValue<string>());
        newest["amount"] = 20_000;

        (await desk.Pay(newest)).IsRefused(HttpStatusCode.UnprocessableEntity, "receivables-not-oldest-first");
        (await desk.Pay(ElectricityDesk.Payment(quote, amount: 9_999, count: 1))).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "part-not-taken"
        );
        (await desk.Pay(ElectricityDesk.Payment(quote, amount: 30_001))).IsRefused(HttpStatusCode.UnprocessableEntity, "more-than-owed");
        Assert.Equal(10_000, (await desk.Pay(ElectricityDesk.Payment(quote, count: 1))).Is(HttpStatusCode.Created).Number("total"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-02.4")]
    public async Task Parts_and_what_is_paid_over_are_taken_where_the_company_allows_them(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, parts: true, keepsBalance: true);
        var customer = await desk.Customer(10_000, 20_000);

        var part = (await desk.Pay(ElectricityDesk.Payment(await desk.Quote(customer), amount: 13_000))).Is(HttpStatusCode.Created);
        Assert.Equal("paid", part["state"]);
        var rest = await desk.Quote(customer);
        Assert.Equal(17_000, rest.Number("total"));
        var over = (await desk.Pay(ElectricityDesk.Payment(rest, amount: 18_000))).Is(HttpStatusCode.Created);

        Assert.Equal(("paid", 1_000L), (over["state"], over.Number("prepaid")));
        Assert.Equal(31_000, await desk.Transit());
        Assert.Equal(1_000, (await desk.Quote(customer)).Number("balance"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.1"), Trait("Requirement", "EB-03.3")]
    public async Task A_transfer_is_held_within_the_payers_account(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var account = await desk.Account(15_000);
        var quote = await desk.Quote(await desk.Customer(10_000));
        Assert.Equal("paid", (await desk.Pay(ElectricityDesk.Payment(quote, account))).Is(HttpStatusCode.Created)["state"]);

        var second = await desk.Quote(await desk.Customer(10_000));
        (await desk.Pay(ElectricityDesk.Payment(second, account))).IsRefused(HttpStatusCode.Conflict, "payer-account-too-small");

        Assert.Equal((5_000L, 10_000L), (await desk.AccountBalance(account), await desk.Transit()));
        await desk.Branch.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.5")]
    public async Task Each_channel_has_its_limit_and_cash_only_where_there_is_some(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var account = await desk.Account(2_000_000);
        string[] channels = ["counter", "internetBank", "mobileBank", "phonePos", "phoneBank", "farmerTerminal", "kiosk"];
        foreach (var channel in channels)
        {
            var quote = await desk.Quote(await desk.Customer(1_000));
            Assert.Equal("paid", (await desk.Pay(ElectricityDesk.Payment(quote, account, channel))).Is(HttpStatusCode.Created)["state"]);
        }

        var large = await desk.Quote(await desk.Customer(500_001));
        var refused = await desk.Pay(ElectricityDesk.Payment(large, account, "phoneBank"));
        Assert.Equal(500_000, refused.IsRefused(HttpStatusCode.Conflict, "channel-limit").Number("limit"));
        (await desk.Pay(ElectricityDesk.Payment(large, channel: "mobileBank"))).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "channel-method"
        );
        Assert.Equal(7_000, await desk.Transit());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-02.1"), Trait("Requirement", "EB-01.2"), Trait("Requirement", "EB-01.3")]
    public async Task Only_branches_of_the_union_collect_and_only_while_it_is_admitted(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        await using var other = await TestCounter.Open(desk.Host);
        var customer = await desk.Customer(10_000);
        (await other.Cashier.Search("/v1/electricity/quotes", new { customerNumber = customer })).IsRefused(
            HttpStatusCode.Forbidden,
            "unit-not-served"
        );
        var quote = await desk.Quote(customer);

        var admissions = (await desk.Cashier.Get("/v1/electricity/admissions?state=open")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        var admission = $"/v1/electricity/admissions/{admissions.Single()!["admissionId"]!.GetValue<string>()}";
        (await desk.Headquarters.Second.Post($"{admission}/closing", new { })).Is(HttpStatusCode.Created);
        (await desk.Pay(ElectricityDesk.Payment(quote))).IsRefused(HttpStatusCode.Conflict, "admission-not-open");
        (await desk.Headquarters.Second.Post($"{admission}/opening", new { effectiveFrom = "2099-01-01" })).Is(HttpStatusCode.Created);
        (await desk.Pay(ElectricityDesk.Payment(quote))).IsRefused(HttpStatusCode.Conflict, "admission-not-open");
        Assert.Equal(0, await desk.Cash());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-05.1"), Trait("Requirement", "EB-05.2")]
    public async Task A_reversal_tells_the_power_side_and_gives_the_money_back(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var customer = await desk.Customer(10_000);
        var serial = (await desk.Collect(customer)).SerialNumber;
        var code = await desk.Blanks(2);
        (await desk.Print(serial, code, 1)).Is(HttpStatusCode.Created);

        (await desk.Reverse(serial)).IsRefused(HttpStatusCode.Conflict, "invoice-not-returned");
        (await desk.Reverse(serial, invoiceReturned: true)).Is(HttpStatusCode.Accepted);
        var reversed = await desk.Becomes(serial, "reversed");

        Assert.Equal((0L, 0L, 0L), (await desk.Cash(), await desk.InDoubt(), await desk.Transit()));
        Assert.Equal((0, 0, 1), await desk.Power.Totals(desk.Date, ElectricityDesk.Unit));
        var papers = (await desk.Cashier.Get($"/v1/transactions/{reversed["reversalSerialNumber"]}/documents")).Is(HttpStatusCode.OK);
        Assert.Contains("冲正记账凭证", papers.Text, StringComparison.Ordinal);
        var blank = (await desk.Cashier.Get($"/v1/blank-invoices?state=void&invoiceCode={code}")).Is(HttpStatusCode.OK).Body[
            "items"
        ]!.AsArray();
        Assert.Equal("00000001", blank.Single()!["number"]!.GetValue<string>());
        (await desk.Reverse(serial, invoiceReturned: true)).IsRefused(HttpStatusCode.Conflict, "payment-state-forbids");
        Assert.Equal("paid", (await desk.Collect(customer))["state"]);
        await desk.Branch.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-05.1"), Trait("Requirement", "EB-05.2")]
    public async Task A_refused_reversal_leaves_the_payment_and_a_reprinted_invoice_forbids_one(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var serial = (await desk.Collect(await desk.Customer(10_000))).SerialNumber;
        await desk.Power.Fault("reversal", "refused");
        (await desk.Reverse(serial)).Is(HttpStatusCode.Accepted);
        var kept = await Eventually.Holds(() => desk.Get(serial), p => p["refusal"] == "reversal-refused");
        Assert.Equal(("paid", 10_000L), (kept["state"], await desk.Transit()));

        var code = await desk.Blanks(2);
        (await desk.Print(serial, code, 1)).Is(HttpStatusCode.Created);
        (await desk.Print(serial, code, 2, "reprint")).Is(HttpStatusCode.Created);
        (await desk.Reverse(serial, invoiceReturned: true)).IsRefused(HttpStatusCode.Conflict, "invoice-reprinted");
        Assert.Equal(10_000, await desk.Cash());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-05.2")]
    public async Task A_pending_payment_that_the_power_side_never_knew_is_reversed_and_can_never_be_paid(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var serial = await desk.Pending(await desk.Quote(await desk.Customer(10_000)));

        (await Retries.Again(() => desk.Reverse(serial))).Is(HttpStatusCode.Accepted);
        await desk.Becomes(serial, "reversed");

        Assert.Equal((0L, 0L, 0L), (await desk.Cash(), await desk.InDoubt(), await desk.Transit()));
        await desk.Power.NoFaults();
        Assert.Equal(
            "reversed",
            await desk.Power.State(SerialNumber.Parse(serial)!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
    }
}
