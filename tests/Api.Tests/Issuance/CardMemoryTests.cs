using System.Net;
using Customers;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Issuance;

/// <summary>What one instance remembers of a card and its customer never books against what another has changed meanwhile.</summary>
public sealed class CardMemoryTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.10"), Trait("Requirement", "PL-08.1")]
    public async Task A_card_or_customer_changed_at_one_instance_is_seen_by_the_next_booking_at_another(Database database)
    {
        await using var remembering = await TestHost.Start(database);
        await using var changing = await TestHost.Start(database, remembering.ConnectionString);
        var counter = await TestCounter.Open(remembering);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 100);
        await counter.Collected(card, 100);

        await changing.Change<Card>(c => c.Id == card.Id, c => c.State = CardState.Lost);
        (await counter.Collect(card, 100)).IsRefused(HttpStatusCode.Conflict, "card-lost");
        await changing.Change<Card>(c => c.Id == card.Id, c => c.State = CardState.Active);
        await counter.Collected(card, 100);
        await changing.Change<Customer>(c => c.Id == card.CustomerId, c => c.State = CustomerState.Blocked);
        (await counter.Collect(card, 100)).IsRefused(HttpStatusCode.Conflict, "customer-blocked");
        await changing.Change<Customer>(c => c.Id == card.CustomerId, c => c.State = CustomerState.Active);
        await counter.Collected(card, 100);

        Assert.Equal(400, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.3"), Trait("Requirement", "PL-08.1")]
    public async Task Collections_that_race_with_a_card_being_lost_are_booked_before_it_or_not_at_all(Database database)
    {
        await using var remembering = await TestHost.Start(database);
        await using var changing = await TestHost.Start(database, remembering.ConnectionString);
        var counter = await TestCounter.Open(remembering);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 100);
        var collecting = Enumerable.Range(0, 64).Select(_ => Task.Run(() => counter.Collect(card, 10))).ToList();
        await Task.WhenAny(collecting);
        await changing.Change<Card>(c => c.Id == card.Id, c => c.State = CardState.Lost);
        (await counter.Collect(card, 10)).IsRefused(HttpStatusCode.Conflict, "card-lost");
        var answers = await Task.WhenAll(collecting);
        Assert.Contains(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "card-lost"));
        Assert.Equal(100 + (10 * answers.Count(a => a.Status == HttpStatusCode.Created)), await counter.Quota(card));
        await counter.BooksAreSound();
    }
}
