// Slices: ShowPowerDeposit, PayPowerDeposit, ReversePowerDeposit, AcceptOtherBankCheque, DecideOtherBankCheque.
using System.Net;
using Billing.Electricity;
using Counter.Payments;

namespace Api.Tests.Billing.Electricity;

public sealed class PowerDepositTests
{
    private const string Number = "JK20260105001";
    private const string Path = $"/v1/electricity/units/{ElectricityDesk.Unit}/deposits/{Number}";

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-06.1"), Trait("Requirement", "EB-06.2")]
    public async Task Cash_is_paid_in_as_shown_and_reversed_on_the_same_day(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        (await desk.Cashier.Get(Path)).IsRefused(HttpStatusCode.NotFound, "power-deposit-unknown");
        await desk.Power.Deposit(ElectricityDesk.Unit, Number, 50_000);
        Assert.Equal(50_000, (await desk.Cashier.Get(Path)).Is(HttpStatusCode.OK).Number("amount"));
        (await desk.Cashier.Post($"{Path}/payments", new { amount = 49_999, method = "cash" })).IsRefused(
            HttpStatusCode.Conflict,
            "power-deposit-amount"
        );

        var paid = (await desk.Cashier.Post($"{Path}/payments", new { amount = 50_000, method = "cash" })).Is(HttpStatusCode.Created);
        Assert.Equal(("paid", 50_000L), (paid["state"], await desk.Transit()));
        Assert.Contains(
            "电力方现金缴费记账凭证",
            (await desk.Cashier.Get($"/v1/transactions/{paid.SerialNumber}/documents")).Text,
            StringComparison.Ordinal
        );
        (await desk.Cashier.Post($"{Path}/payments", new { amount = 50_000, method = "cash" })).Is(HttpStatusCode.NotFound);

        var reversal = $"/v1/electricity/deposits/{paid.SerialNumber}/reversal";
        (await desk.Cashier.PostApproved(reversal, new { reason = "重复缴款" }, desk.Branch.Second)).Is(HttpStatusCode.Accepted);
        await desk.Becomes(paid.SerialNumber, "reversed");
        Assert.Equal((0L, 0L, 0L), (await desk.Cash(), await desk.InDoubt(), await desk.Transit()));
        Assert.True((await desk.Cashier.Get(Path)).Is(HttpStatusCode.OK).Body["open"]!.GetValue<bool>());
        await desk.Branch.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-06.1"), Trait("Requirement", "EB-06.3")]
    public async Task Another_banks_cheque_is_booked_only_when_its_money_is_in(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        await desk.Power.Deposit(ElectricityDesk.Unit, Number, 50_000);
        var cheques = $"/v1/electricity/units/{ElectricityDesk.Unit}/other-bank-cheques";
        object Cheque(string number) =>
            new
            {
                bankNumber = "102100099996",
                chequeNumber = number,
                drawerAccount = "0200003419027309871",
                amount = 50_000,
            };
        var good = (await desk.Cashier.Post(cheques, Cheque("31300512"))).Is(HttpStatusCode.Created);
        (await desk.Cashier.Post(cheques, Cheque("31300512"))).IsRefused(HttpStatusCode.Conflict, "other-bank-cheque-known");
        Assert.Contains(
            "支票受理回单",
            (await desk.Cashier.Get($"/v1/transactions/{good.SerialNumber}/documents")).Text,
            StringComparison.Ordinal
        );
        var bad = (await desk.Cashier.Post(cheques, Cheque("31300513"))).Is(HttpStatusCode.Created);
        (await desk.Cashier.Post($"/v1/electricity/other-bank-cheques/{bad.SerialNumber}/return", new { })).Is(HttpStatusCode.Created);
        Task<long> Suspense() => desk.Branch.Balance(ElectricityAccounts.OtherTransfers, desk.UnitId);
        Assert.Equal(0, await Suspense());

        var body = new
        {
            amount = 50_000,
            method = "otherTransfers",
            otherBankCheque = good.SerialNumber,
        };
        (await desk.Cashier.Post($"{Path}/payments", body)).IsRefused(HttpStatusCode.Conflict, "other-bank-cheque-state");
        (await desk.Cashier.Post($"/v1/electricity/other-bank-cheques/{good.SerialNumber}/collection", new { })).Is(HttpStatusCode.Created);
        Assert.Equal((50_000L, -50_000L), (await Suspense(), await desk.Branch.Balance(CounterAccounts.Bank, desk.Branch.BranchId)));
        var paid = (await desk.Cashier.Post($"{Path}/payments", body)).Is(HttpStatusCode.Created);

        Assert.Equal((0L, 50_000L), (await Suspense(), await desk.Transit()));
        Assert.Contains(
            "电力方转账缴费记账凭证",
            (await desk.Cashier.Get($"/v1/transactions/{paid.SerialNumber}/documents")).Text,
            StringComparison.Ordinal
        );
        await desk.CloseWorkDate();
        Assert.Equal((0L, 50_000L), (await desk.Transit(), await desk.Settlement()));
        Assert.Empty(await desk.Cashier.Walk("/v1/electricity/differences"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-06.1")]
    public async Task An_own_banks_cheque_without_an_answer_is_settled_by_asking(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        await desk.Power.Deposit(ElectricityDesk.Unit, Number, 50_000);
        var account = await desk.Account(60_000, "cheque");
        await desk.Power.Fault("deposit", "after");
        var body = new
        {
            amount = 50_000,
            method = "account",
            accountNumber = account,
            chequeNumber = "00012345",
        };
        var pending = (await desk.Cashier.Post($"{Path}/payments", body)).Is(HttpStatusCode.Created);
        await desk.Becomes(pending.SerialNumber, "paid");
        Assert.Equal((10_000L, 0L, 50_000L), (await desk.AccountBalance(account), await desk.InDoubt(), await desk.Transit()));
    }
}
