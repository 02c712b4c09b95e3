using System.Net;

namespace Api.Tests.Platform.Ledger;

/// <summary>A key belongs to its caller (PL-03.6): with another operation it is another request.</summary>
public sealed class KeysOfCallersTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_key_of_one_operation_is_refused_by_another_and_books_nothing(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var key = Clerk.NewKey();
        var first = (await counter.Collect(card, 10_000, key)).Is(HttpStatusCode.Created);

        var other = await counter.Cashier.Post($"/v1/cards/{card.Number}/recharges", TestCounter.Payment(10_000), key);

        other.IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Equal(10_000, await counter.Quota(card));
        // It still answers what it was used for, and another caller's key of that name is another key.
        Assert.Equal(first.Text, (await counter.Collect(card, 10_000, key)).Is(HttpStatusCode.Created).Text);
        (await counter.Second.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(500), key)).Is(HttpStatusCode.Created);
        Assert.Equal(10_500, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task Of_two_operations_that_race_for_one_key_exactly_one_books(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        for (var round = 0; round < 4; round++)
        {
            var key = Clerk.NewKey();
            string[] operations = ["collections", "recharges", "collections", "recharges"];
            var answers = await Task.WhenAll(
                operations.Select(o => Task.Run(() => counter.Cashier.Post($"/v1/cards/{card.Number}/{o}", TestCounter.Payment(100), key)))
            );
            var done = answers.Where(a => a.Status == HttpStatusCode.Created).ToList();
            Assert.All(answers.Except(done), a => Assert.Contains(a.Code, (string[])["idempotency-key-in-use", "idempotency-key-reused"]));
            Assert.Single(done.Select(a => a.SerialNumber).Distinct());
            Assert.Single(done, a => !a.Replayed);
        }

        await counter.BooksAreSound();
    }
}
