// Slices: AddDebitContract, ChangeDebitContract, EndDebitContract, ShowDebitContract.
using System.Net;

namespace Api.Tests.Billing.Electricity;

public sealed class DebitContractTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-07.1"), Trait("Requirement", "EB-07.3")]
    public async Task A_contract_is_made_shown_changed_and_ended_at_its_branch(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        var customer = await desk.Customer(1_000);
        var account = await desk.Account(0);
        (await desk.Sign("XY1", customer, "6223201234569999999")).IsRefused(HttpStatusCode.NotFound, "payer-account-unknown");
        (await desk.Sign("XY1", customer, account, holder: "李四")).IsRefused(HttpStatusCode.Conflict, "payer-account-of-other");
        var made = (await desk.Sign("XY1", customer, account)).Is(HttpStatusCode.Created);
        Assert.Contains(
            "电费代扣签约信息维护凭证",
            (await desk.Cashier.Get($"/v1/transactions/{made.SerialNumber}/documents")).Text,
            StringComparison.Ordinal
        );
        (await desk.Sign("XY2", customer, account)).IsRefused(HttpStatusCode.Conflict, "debit-contract-in-force");
        Assert.Equal("XY1", (await desk.Cashier.Get($"/v1/electricity/customers/{customer}"))["agreementNumber"]);

        var holder = new { certificateNumber = ElectricityDesk.Certificate };
        Assert.Equal(
            "inForce",
            (await desk.Cashier.Search("/v1/electricity/contracts/XY1/showing", holder)).Is(HttpStatusCode.OK)["state"]
        );
        (await desk.Cashier.Search("/v1/electricity/contracts/XY1/showing", new { certificateNumber = "110105194912310021" })).IsRefused(
            HttpStatusCode.NotFound,
            "debit-contract-unknown"
        );
        var other = await desk.Account(0);
        object Change(string agreement) =>
            new
            {
                certificateNumber = ElectricityDesk.Certificate,
                newAgreementNumber = agreement,
                accountNumber = other,
                holder = ElectricityDesk.Holder,
                newCertificateNumber = ElectricityDesk.Certificate,
            };
        (await desk.Cashier.Post("/v1/electricity/contracts/XY1/changes", Change("XY1"))).Is(HttpStatusCode.BadRequest);
        (await desk.Cashier.Post("/v1/electricity/contracts/XY1/changes", Change("XY3"))).Is(HttpStatusCode.Created);
        (await desk.Cashier.Post("/v1/electricity/contracts/XY1/end", holder)).IsRefused(HttpStatusCode.Conflict, "debit-contract-ended");

        // A closed account ends its contract.
        var closed = await desk.Cashier.PutApproved(
            $"/v1/electricity/payer-accounts/{other}/state",
            new { state = "closed" },
            "\"0\"",
            desk.Branch.Second
        );
        closed.Is(HttpStatusCode.OK);
        Assert.Equal("ended", (await desk.Cashier.Search("/v1/electricity/contracts/XY3/showing", holder)).Is(HttpStatusCode.OK)["state"]);
    }
}
