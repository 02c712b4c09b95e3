using System.Globalization;
using System.Text.Json.Nodes;

namespace Demo;

/// <summary>
/// Electricity bills: a supply company is admitted, a bill collected while the power company's answer is lost, settled by asking, invoiced, and the
/// work date closed and reconciled (EB-01 to EB-09).
/// </summary>
internal sealed class Bills(Counter counter, PowerCompany power, string administratorPassword)
{
    private const string Merchant = "0006";
    private const string Unit = "37010";
    private const string Customer = "0123456789";
    private const string SettlementAccount = "6223201234560000001";
    private const string InvoiceCode = "137010900001";
    private const string InvoiceNumber = "00000001";
    private const int LongestWaits = 300;

    private static readonly Person s_administrator = new("admin", "");
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(200);

    public async Task Day()
    {
        var me = (await counter.Get(Person.Cashier, "v1/me")).Expect(200);
        var date = DateOnly.Parse(me.Text("businessDate"), CultureInfo.InvariantCulture);
        await power.Open(Unit, Customer, date);
        await Admit();
        await SignOn(date);
        var serial = await Collect();
        await Print(serial);
        await Close(date);
    }

    /// <summary>Group, supply company and admission: applied for by the union, agreed and opened at headquarters by two persons.</summary>
    private async Task Admit()
    {
        var headquarters = new Person[] { Person.SecondAdministrator, s_administrator with { Password = administratorPassword } };
        foreach (var person in headquarters)
        {
            counter.Remember(person, (await counter.SignIn(person, branch: "10000000")).Expect(200));
        }

        counter.Remember(Person.BackOffice, (await counter.SignIn(Person.BackOffice)).Expect(200));
        var (second, first) = (headquarters[0], headquarters[1]);
        await counter.EditApproved(second, $"v1/electricity/merchants/{Merchant}", new JsonObject { ["name"] = "示范电力集团" }, first);
        (await counter.Book(Person.Cashier, "v1/electricity/payer-accounts", Settlement())).Expect(201);
        await counter.EditApproved(second, $"v1/electricity/merchants/{Merchant}/units/{Unit}", SupplyCompany(), first);
        var applied = (await counter.Book(Person.BackOffice, "v1/electricity/admissions", Admission())).Expect(201);
        var path = $"v1/electricity/admissions/{applied.Text("admissionId")}";
        (await counter.Book(second, $"{path}/agreement", new JsonObject())).Expect(201);
        var opened = (await counter.Book(first, $"{path}/opening", new JsonObject())).Expect(201);
        Screen.Step(
            "Admit a supply company (4692, 4690)",
            $"unit {Unit} of merchant {Merchant}: {opened.Text("state")}",
            "applied for by the union, agreed and opened at headquarters by two persons"
        );
    }

    private async Task SignOn(DateOnly date)
    {
        var body = new JsonObject { ["date"] = Day(date) };
        var day = (await counter.Book(Person.BackOffice, "v1/electricity/work-dates", body)).Expect(201);
        Screen.Step("Sign on with the power company", $"work date {day.Text("date")}: {day.Text("state")}");
    }

    private async Task<string> Collect()
    {
        var asked = new JsonObject { ["customerNumber"] = Customer };
        var quote = (await counter.Book(Person.Cashier, "v1/electricity/quotes", asked)).Expect(200);
        var receivables = quote.Member("receivables").AsArray();
        Screen.Step(
            $"Ask what {Customer} owes",
            $"{quote.Text("customerName")}: {Noon.Yuan(quote, "total")}",
            receivables.Select(r =>
                $"{r!["month"]}: {Screen.Yuan(r["principal"]!.GetValue<long>())} and late fee {Screen.Yuan(r["lateFee"]!.GetValue<long>())}"
            )
        );
        await power.LoseAnswers();
        var body = new JsonObject
        {
            ["reference"] = quote.Text("reference"),
            ["receivables"] = new JsonArray([.. receivables.Select(r => (JsonNode)r!["receivableId"]!.ToString())]),
            ["amount"] = quote.Number("total"),
            ["method"] = "cash",
            ["channel"] = "counter",
        };
        var paid = (await counter.Book(Person.Cashier, "v1/electricity/payments", body)).Expect(201);
        var serial = paid.Text("serialNumber");
        Screen.Step("Collect it; the answer is lost", $"{serial}: {paid.Text("state")}", await counter.DocumentsOf(Person.Cashier, serial));
        if (paid.Text("state") != "pending")
        {
            throw new DemoFailedException($"A payment without an answer is not pending: {paid.Content}");
        }

        await power.Recover();
        var settled = await Until(Person.Cashier, $"v1/electricity/payments/{serial}", "paid");
        Screen.Step(
            "The power company answers again",
            $"{settled.Text("state")}, its serial {settled.Text("powerSerial")}",
            "it was asked, not told twice"
        );
        return serial;
    }

    /// <summary>On a numbered blank that the back office hands to the cashier.</summary>
    private async Task Print(string serial)
    {
        var range = new JsonObject
        {
            ["code"] = InvoiceCode,
            ["from"] = InvoiceNumber,
            ["to"] = "00000100",
        };
        var received = new JsonObject { ["range"] = range.DeepClone(), ["supplierPerson"] = "王芳" };
        (await counter.Book(Person.BackOffice, "v1/blank-invoices/receipts", received)).Expect(201);
        var issue = new JsonObject { ["range"] = range.DeepClone(), ["receiver"] = Person.Cashier.Login };
        var offered = (await counter.Book(Person.BackOffice, "v1/blank-invoices/issues", issue)).Expect(201);
        (
            await counter.Book(Person.Cashier, $"v1/blank-invoices/movements/{offered.Text("movementId")}/acceptance", new JsonObject())
        ).Expect(201);
        var body = new JsonObject
        {
            ["kind"] = "first",
            ["invoiceCode"] = InvoiceCode,
            ["invoiceNumber"] = InvoiceNumber,
        };
        var invoice = (await counter.Book(Person.Cashier, $"v1/electricity/payments/{serial}/invoices", body)).Expect(201);
        var files = await counter.Print(Person.Cashier, serial);
        Screen.Step("Print invoice and voucher (4627)", $"blank {invoice.Text("invoiceCode")} {invoice.Text("invoiceNumber")}", files);
    }

    private async Task Close(DateOnly date)
    {
        var path = $"v1/electricity/work-dates/{Day(date)}";
        var totals = (await counter.Get(Person.BackOffice, $"{path}/totals")).Expect(200);
        Screen.Step(
            "Compare totals with the power company",
            totals.Text("items.0.agrees") == "true" ? "both sides agree" : throw new DemoFailedException($"They differ: {totals.Content}"),
            $"{totals.Number("items.0.bankCount")} receivables, {Noon.Yuan(totals, "items.0.bankAmount")}"
        );
        (await counter.Book(Person.BackOffice, $"{path}/closing", new JsonObject())).Expect(202);
        var closed = await Until(Person.BackOffice, path, "closed");
        if (closed.Number("openDifferences") != 0)
        {
            throw new DemoFailedException($"Differences are left: {closed.Content}");
        }

        Screen.Step(
            "Close the work date",
            $"{closed.Text("date")}: {closed.Text("state")}, {closed.Text("step")}",
            "reconciled line by line without a difference, transit account swept, signed off"
        );
    }

    private async Task<Reply> Until(Person who, string path, string state)
    {
        for (var i = 0; i < LongestWaits; i++)
        {
            var seen = (await counter.Get(who, path)).Expect(200);
            if (seen.Text("state") == state)
            {
                return seen;
            }

            await counter.Wait(s_wait);
        }

        throw new DemoFailedException($"{path} did not become {state}.");
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonObject Settlement() =>
        new()
        {
            ["accountNumber"] = SettlementAccount,
            ["holder"] = "示范市供电公司",
            ["certificateNumber"] = "91510100MA00000000",
            ["kind"] = "cheque",
        };

    private static JsonObject SupplyCompany() =>
        new()
        {
            ["name"] = "示范市供电公司",
            ["businessKind"] = "electricity",
            ["customerNumber"] = "8000012345",
            ["contractNumber"] = "DS-2026-001",
            ["unionCode"] = Counter.BranchCode,
            ["signedOn"] = "2026-01-05",
            ["mode"] = "both",
            ["batchMode"] = "collect",
            ["transitAccount"] = "2610100001",
            ["settlementAccount"] = SettlementAccount,
            ["settlementName"] = "示范市供电公司",
            ["customerNumberLengths"] = new JsonArray(10, 13),
            ["customerNumberCheck"] = "none",
            ["debitTries"] = 2,
            ["fee"] = new JsonObject
            {
                ["perItem"] = 30,
                ["rate"] = 0,
                ["leastPerItem"] = 0,
                ["mostPerItem"] = 0,
                ["leastPerPeriod"] = 0,
                ["mostPerPeriod"] = 0,
            },
        };

    private static JsonObject Admission() =>
        new()
        {
            ["merchantCode"] = Merchant,
            ["unionCode"] = Counter.BranchCode,
            ["industry"] = "power",
            ["shortName"] = "示范电力",
            ["businessKind"] = "electricity",
            ["mode"] = "both",
            ["areaCode"] = "3701",
        };
}
