using System.Net;
using Platform;
using Platform.Problems;

namespace Api.Tests.Counter;

public sealed class GetTransactionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.4"), Trait("Requirement", "PL-03.5")]
    public async Task A_transaction_is_found_by_its_serial_number_with_its_double_entry_and_its_correction(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        var before = (await elsewhere.Cashier.Get($"/v1/transactions/{serial}")).Is(HttpStatusCode.OK);
        var undone = (await counter.Void(card, serial, 500)).Is(HttpStatusCode.Created).SerialNumber;

        var found = (await counter.Cashier.Get($"/v1/transactions/{serial}")).Is(HttpStatusCode.OK);

        Assert.Equal(("collection", counter.BranchCode, "cash"), (found["type"], found["branchCode"], found["paymentMethod"]));
        Assert.Equal((card.CustomerCode, card.Number), (found["customerCode"], found["cardNumber"]));
        Assert.Equal((counter.Cashier.Login, ""), (found["requestedBy"], found["approvedBy"]));
        Assert.Equal(("", undone), (before["correctedBySerialNumber"], found["correctedBySerialNumber"]));
        Assert.Equal(
            [$"quota {card.CustomerCode} 500 500", $"drawer {counter.Cashier.Login} -500 "],
            found.Body["entries"]!.AsArray().Select(e => $"{e!["account"]} {e["owner"]} {e["amount"]} {e["balanceAfter"]}")
        );
        Assert.Equal(serial, (await counter.Cashier.Get($"/v1/transactions/{undone}"))["correctsSerialNumber"]);
    }

    [Theory, EachDatabase]
    public async Task Transactions_of_headquarters_are_shown_too_where_branch_and_operator_share_an_id(Database database)
    {
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var card = await headquarters.IssuedCard();
        var serial = await headquarters.Collected(card, 500, "transfer");

        var found = (await headquarters.Cashier.Get($"/v1/transactions/{serial}")).Is(HttpStatusCode.OK);

        Assert.Equal(TestHost.AdminBranch, found["branchCode"]);
        (await headquarters.Cashier.Get($"/v1/transactions/{SerialNumber.Of(7)}")).IsRefused(
            HttpStatusCode.NotFound,
            "transaction-not-found"
        );
    }

    [Fact]
    public void Two_modules_that_name_the_same_kind_of_owner_refuse_the_start()
    {
        var meter = new AccountOwner("meter");
        var services = new ServiceCollection().AddOwnerNames(meter, IdText.Of);

        var refused = Assert.Throws<StartRefusedException>(() => services.AddOwnerNames(meter, SerialNumber.Of));

        Assert.Contains("owners of the kind meter", refused.Message, StringComparison.Ordinal);
    }
}
