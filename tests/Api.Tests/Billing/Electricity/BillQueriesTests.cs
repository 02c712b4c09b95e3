// Slices: ShowElectricityCustomer, GetBillPayment, ListBillPayments, GetBillPaymentTotals, ExportBillPayments, ListElectricityFunctions.
using System.Net;

namespace Api.Tests.Billing.Electricity;

public sealed class BillQueriesTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-02.3")]
    public async Task A_customer_is_shown_masked_and_its_serial_numbers_are_found(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var customer = await desk.Customer(10_000);
        var account = await desk.Account(50_000);
        var quote = await desk.Quote(customer);
        var month = quote.Body["receivables"]![0]!["month"]!.GetValue<string>();
        var serial = (await desk.Pay(ElectricityDesk.Payment(quote, account))).Is(HttpStatusCode.Created).SerialNumber;

        var shown = (await desk.Cashier.Get($"/v1/electricity/customers/{customer}")).Is(HttpStatusCode.OK);
        Assert.Equal(("*敏", "household", "37010"), (shown["name"], shown["kind"], shown["unitCode"]));
        foreach (
            var filter in new[] { $"customerNumber={customer}", $"month={month}&customerNumber={customer}", $"accountNumber={account}" }
        )
        {
            var found = await desk.Cashier.Walk($"/v1/electricity/payments?{filter}");
            Assert.Equal(serial, Assert.Single(found)["serialNumber"]!.GetValue<string>());
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-11.1")]
    public async Task Details_totals_and_file_agree(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        long[] bills = [1_000, 2_000, 3_000];
        foreach (var fen in bills)
        {
            await desk.Collect(await desk.Customer(fen));
        }

        foreach (
            var filter in new[]
            {
                "",
                $"&operator={desk.Cashier.Login}",
                "&channel=counter",
                "&state=paid",
                $"&from={desk.Date.AddYears(-20):yyyy-MM-dd}",
            }
        )
        {
            var items = await desk.Cashier.Walk($"/v1/electricity/payments?branchCode={desk.Branch.BranchCode}{filter}", limit: 2);
            var totals = (await desk.Cashier.Get($"/v1/electricity/payment-totals?branchCode={desk.Branch.BranchCode}{filter}")).Is(
                HttpStatusCode.OK
            );
            Assert.Equal(
                (items.Count, items.Sum(i => i["total"]!.GetValue<long>())),
                ((int)totals.Number("count"), totals.Number("amount"))
            );
            Assert.Equal(6_000, totals.Number("amount"));
        }

        var (file, _) = await desk.Cashier.Download("/v1/electricity/payments/export?format=csv");
        Assert.Equal(1 + bills.Length, System.Text.Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.NotEmpty((await desk.Cashier.Download("/v1/electricity/payments/export?format=xlsx")).File);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.6")]
    public async Task The_voucher_goes_by_who_pays_and_every_function_has_its_code(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        (string? Kind, string Title)[] papers =
        [
            (null, "记账凭证"),
            ("personal", "个人业务转账凭证"),
            ("cheque", "记账凭证"),
            ("passbook", "结算转账凭证"),
        ];
        foreach (var (kind, title) in papers)
        {
            var account = kind is null ? null : await desk.Account(20_000, kind);
            var quote = await desk.Quote(await desk.Customer(10_000));
            var paid = (await desk.Pay(ElectricityDesk.Payment(quote, account))).Is(HttpStatusCode.Created);
            var documents = (await desk.Cashier.Get($"/v1/transactions/{paid.SerialNumber}/documents")).Is(HttpStatusCode.OK).Text;
            Assert.Contains($"\"{title}\"", documents, StringComparison.Ordinal);
        }

        string[] codes = ["4621", "4623", "4625", "4627", "4628", "4629", "4690", "4692", "1078"];
        foreach (var code in codes)
        {
            var found = (await desk.Cashier.Get($"/v1/electricity/functions?search={code}")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
            Assert.Equal(code, found.Single()!["code"]!.GetValue<string>());
        }
    }
}
