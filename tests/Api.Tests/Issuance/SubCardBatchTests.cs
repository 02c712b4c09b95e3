// Slices: GetSubCardBatch, CloseSubCardBatch.
using System.Net;
using Customers;
using Issuance;
using Issuance.Cards;

namespace Api.Tests.Issuance;

/// <summary>The batch around sub-cards: its list, and whose it is.</summary>
public sealed class SubCardBatchTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.7"), Trait("Requirement", "PL-05.1")]
    public async Task A_closed_batch_has_a_list_of_its_cards(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        await counter.AnotherCard(main);
        var batch = await counter.OpenBatch(main);
        var first = await counter.StartSub(batch);
        await counter.Write(first);
        var second = await counter.StartSub(batch);
        await counter.Write(second);

        var closed = (await counter.Cashier.Post($"/v1/sub-card-batches/{batch}/close", new { })).Is(HttpStatusCode.Created);
        (await counter.Cashier.Post($"/v1/sub-card-batches/{batch}/close", new { })).IsRefused(
            HttpStatusCode.Conflict,
            "sub-card-batch-over"
        );
        (await counter.StartSub(batch)).IsRefused(HttpStatusCode.Conflict, "sub-card-batch-over");
        var clerk = await Platform.Documents.PaperClerk.At(counter);
        var data = (await clerk.Show(closed.SerialNumber, "sub-card-list")).Data;
        var page = await clerk.Show(closed.SerialNumber, "sub-card-list", Platform.Documents.PaperClerk.Html);

        Assert.Equal(
            [first["cardNumber"], second["cardNumber"]],
            data["lines"]!.AsArray().Select(l => l!["cardNumber"]!.GetValue<string>())
        );
        Assert.Equal(2 * ChipCards.SetFee, data["amount"]!.GetValue<long>());
        string[] printed = ["发副卡清单", "王小明", main.CustomerCode, "人民币肆拾元整", "20.00"];
        Assert.All(printed, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.2")]
    public async Task A_batch_is_its_operators_and_asks_for_the_right_with_each_card(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var batch = await counter.OpenBatch(await counter.IssuedCard(CardType.PersonalMain));

        (await counter.StartSub(batch, clerk: counter.Second)).IsRefused(HttpStatusCode.NotFound, "not-found");
        await Platform.Documents.PaperClerk.LeaveOnly(counter, CustomerRights.ShowCustomer);
        await counter.Cashier.SignIn();
        (await counter.StartSub(batch)).IsRefused(HttpStatusCode.Forbidden, "right-missing");
    }
}
