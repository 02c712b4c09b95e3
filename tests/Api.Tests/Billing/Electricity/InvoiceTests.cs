// Slices: PrintElectricityInvoice.
using System.Net;

namespace Api.Tests.Billing.Electricity;

public sealed class InvoiceTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.4"), Trait("Requirement", "EB-04.1"), Trait("Requirement", "EB-04.4")]
    public async Task A_reprint_takes_a_new_number_and_voids_the_old_one(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var serial = (await desk.Collect(await desk.Customer(10_000))).SerialNumber;
        var code = await desk.Blanks(3);
        (await desk.Print(serial, code, 1, "reprint")).IsRefused(HttpStatusCode.Conflict, "invoice-not-printed");
        (await desk.Print(serial, code, 1)).Is(HttpStatusCode.Created);
        (await desk.Print(serial, code, 2)).IsRefused(HttpStatusCode.Conflict, "invoice-printed");

        var again = (await desk.Print(serial, code, 2, "reprint")).Is(HttpStatusCode.Created);
        Assert.Equal(("00000002", "00000001"), (again["invoiceNumber"], again["voidedNumber"]));
        (await desk.Print(serial, code, 1, "reprint")).IsRefused(HttpStatusCode.Conflict, "blank-not-usable");
        (await desk.Print(serial, code, 3, "later")).IsRefused(HttpStatusCode.Conflict, "invoice-kind-forbids");

        var paper = (await desk.Cashier.Download($"/v1/transactions/{serial}/documents/electricity-invoice?format=html")).File;
        Assert.Contains("重打", System.Text.Encoding.UTF8.GetString(paper), StringComparison.Ordinal);
        var voucher = $"/v1/transactions/{serial}/documents/electricity-voucher";
        (await desk.Cashier.Post($"{voucher}/printings", new { })).Is(HttpStatusCode.Created);
        (await desk.Cashier.Post($"{voucher}/printings", new { })).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-04.2")]
    public async Task A_self_service_payment_is_printed_later_at_most_twice(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var account = await desk.Account(50_000);
        var quote = await desk.Quote(await desk.Customer(10_000));
        var serial = (await desk.Pay(ElectricityDesk.Payment(quote, account, "mobileBank"))).Is(HttpStatusCode.Created).SerialNumber;
        var code = await desk.Blanks(3);

        (await desk.Print(serial, code, 1)).IsRefused(HttpStatusCode.Conflict, "invoice-kind-forbids");
        (await desk.Print(serial, code, 1, "later")).Is(HttpStatusCode.Created);
        (await desk.Print(serial, code, 2, "later")).Is(HttpStatusCode.Created);
        (await desk.Print(serial, code, 3, "later")).IsRefused(HttpStatusCode.Conflict, "invoice-printed-twice");
        var paper = (await desk.Cashier.Download($"/v1/transactions/{serial}/documents/electricity-invoice?format=html")).File;
        Assert.Contains("补打", System.Text.Encoding.UTF8.GetString(paper), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-04.3"), Trait("Requirement", "EB-03.4")]
    public async Task Sixteen_prints_of_one_number_use_it_once(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var code = await desk.Blanks(1);
        var serials = new List<string>();
        for (var i = 0; i < 16; i++)
        {
            serials.Add((await desk.Collect(await desk.Customer(100))).SerialNumber);
        }

        var prints = await Task.WhenAll(serials.Select(s => Task.Run(() => Retries.Again(() => desk.Print(s, code, 1)))));

        Assert.Single(prints, p => p.Status == HttpStatusCode.Created);
        Assert.All(prints.Where(p => p.Status != HttpStatusCode.Created), p => p.IsRefused(HttpStatusCode.Conflict, "blank-not-usable"));
        Assert.Equal("used", (await desk.Cashier.Walk($"/v1/blank-invoices?invoiceCode={code}")).Single()["state"]!.GetValue<string>());
    }
}
