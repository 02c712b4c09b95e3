// Slices: ReceiveBlanks, ReturnBlanks, OfferBlanks, AnswerHandover, WriteOffBlanks, CountBlanks, ListBlanks, ListBlankMovements.
using System.Net;

namespace Api.Tests.Counter;

public sealed class BlankInvoiceTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-04.3")]
    public async Task Numbers_are_handed_over_by_two_counted_voided_lost_and_returned(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, signOn: false);
        var keeper = desk.Branch.Second;
        var code = await desk.Blanks(10);
        object Range(int from, int to) =>
            new
            {
                code,
                from = $"{from:D8}",
                to = $"{to:D8}",
            };
        (await keeper.Post("/v1/blank-invoices/receipts", new { range = Range(10, 11), supplierPerson = "王芳" })).IsRefused(
            HttpStatusCode.Conflict,
            "blank-known"
        );
        (await keeper.Post("/v1/blank-invoices/receipts", new { range = Range(11, 14), supplierPerson = "王芳" })).Is(
            HttpStatusCode.Created
        );
        // Offered and not accepted: nobody else can have it meanwhile.
        var offer = (await keeper.Post("/v1/blank-invoices/issues", new { range = Range(11, 12), receiver = desk.Cashier.Login })).Is(
            HttpStatusCode.Created
        );
        (await keeper.Post("/v1/blank-invoices/returns", new { range = Range(11, 14), supplierPerson = "王芳" })).IsRefused(
            HttpStatusCode.Conflict,
            "blanks-not-movable"
        );
        (await keeper.Post($"/v1/blank-invoices/movements/{offer["movementId"]}/acceptance", new { })).IsRefused(
            HttpStatusCode.NotFound,
            "handover-unknown"
        );
        (await desk.Cashier.Post($"/v1/blank-invoices/movements/{offer["movementId"]}/withdrawal", new { })).Is(HttpStatusCode.Created);
        (await keeper.Post("/v1/blank-invoices/returns", new { range = Range(11, 14), supplierPerson = "王芳" })).Is(
            HttpStatusCode.Created
        );

        (await desk.Cashier.Post("/v1/blank-invoices/voids", new { range = Range(1, 1), reason = "打印机故障" })).Is(
            HttpStatusCode.Created
        );
        (await desk.Cashier.PostApproved("/v1/blank-invoices/losses", new { range = Range(2, 2), reason = "遗失，已报告" }, keeper)).Is(
            HttpStatusCode.Created
        );
        var count = await desk.Cashier.Post(
            "/v1/blank-invoices/counts",
            new { blanks = new[] { Range(3, 8), Range(10, 10) }, voids = Array.Empty<object>() }
        );
        Assert.Equal((8L, 7L), (count.Is(HttpStatusCode.Created).Number("expected"), count.Number("counted")));
        Assert.Equal($"{code}-00000009", count.Body["missing"]!.AsArray().Single()!.GetValue<string>());
        Assert.Equal($"{code}-00000001", count.Body["voidsMissing"]!.AsArray().Single()!.GetValue<string>());

        var back = (await desk.Cashier.Post("/v1/blank-invoices/backs", new { range = Range(3, 4), receiver = keeper.Login })).Is(
            HttpStatusCode.Created
        );
        (await keeper.Post($"/v1/blank-invoices/movements/{back["movementId"]}/acceptance", new { })).Is(HttpStatusCode.Created);
        var states = (await desk.Cashier.Walk($"/v1/blank-invoices?invoiceCode={code}"))
            .GroupBy(b => b["state"]!.GetValue<string>())
            .ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["void"] = 1,
                ["lost"] = 1,
                ["received"] = 2,
                ["issued"] = 6,
                ["returned"] = 4,
            },
            states
        );
        var register = await desk.Cashier.Walk("/v1/blank-invoices/movements");
        Assert.All(
            register.Where(m => m["move"]!.GetValue<string>() is "issue" or "back" && m["state"]!.GetValue<string>() == "done"),
            m => Assert.NotEqual(m["giver"]!.GetValue<string>(), m["receiver"]!.GetValue<string>())
        );
    }
}
