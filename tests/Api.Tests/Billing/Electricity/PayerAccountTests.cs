// Slices: OpenPayerAccount, GetPayerAccount, MovePayerCash, SetPayerAccountState.
using System.Net;

namespace Api.Tests.Billing.Electricity;

public sealed class PayerAccountTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-03.3"), Trait("Requirement", "EB-07.3")]
    public async Task Nothing_leaves_an_account_that_is_not_there_or_is_frozen(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database, signOn: false);
        var number = await desk.Account(10_000);
        var path = $"/v1/electricity/payer-accounts/{number}";
        var again = new
        {
            accountNumber = number,
            holder = ElectricityDesk.Holder,
            certificateNumber = ElectricityDesk.Certificate,
            kind = "personal",
        };
        (await desk.Cashier.Post("/v1/electricity/payer-accounts", again)).IsRefused(HttpStatusCode.Conflict, "payer-account-known");
        (await desk.Cashier.Post($"{path}/payments-out", new { amount = 10_001 })).IsRefused(
            HttpStatusCode.Conflict,
            "payer-account-too-small"
        );
        (await desk.Cashier.Post($"{path}/payments-out", new { amount = 4_000 })).Is(HttpStatusCode.Created);
        await using var other = await TestCounter.Open(desk.Host);
        (await other.Cashier.Get(path)).IsRefused(HttpStatusCode.Forbidden, "branch-out-of-reach");

        (await desk.Cashier.PutApproved($"{path}/state", new { state = "closed" }, "\"0\"", desk.Branch.Second)).IsRefused(
            HttpStatusCode.Conflict,
            "payer-account-not-empty"
        );
        (await desk.Cashier.PutApproved($"{path}/state", new { state = "frozen" }, "\"0\"", desk.Branch.Second)).Is(HttpStatusCode.OK);
        (await desk.Cashier.Post($"{path}/payments-out", new { amount = 1 })).IsRefused(
            HttpStatusCode.Conflict,
            "payer-account-not-usable"
        );
        (await desk.Cashier.Post($"{path}/payments-in", new { amount = 1 })).Is(HttpStatusCode.Created);
        Assert.Equal((6_001L, 6_001L), (await desk.AccountBalance(number), await desk.Cash()));
        await desk.Branch.BooksAreSound();
    }
}
