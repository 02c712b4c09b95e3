using System.Net;
using Counter.Payments;

namespace Api.Tests.Funding;

public sealed class ConcurrentMoneyTests
{
    /// <summary>Of each kind, at once.</summary>
    private const int Each = 16;

    private const long Collected = 70;
    private const long Voided = 100;
    private const long Allocated = 700;
    private const long Returned = 150;

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.3"), Trait("Requirement", "PL-03.1")]
    public async Task Collections_voids_allocations_and_returns_at_once_leave_what_was_acknowledged(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 2_000 + (Each * Returned));
        (await counter.Allocate(card, Each * Returned)).Is(HttpStatusCode.Created);
        var voidable = new List<(string Serial, string Token)>();
        for (var i = 0; i < Each; i++)
        {
            var serial = await counter.Collected(card, Voided);
            var asked = await counter.Cashier.Post(Void(serial), TestCounter.Correction(card, Voided));
            voidable.Add((serial, await counter.Cashier.Approve(asked, counter.Second)));
        }

        var (quota, reserve) = (await counter.Quota(card), await counter.Reserve(card));
        var collecting = AtOnce(_ => counter.Collect(card, Collected));
        var voiding = AtOnce(i =>
            counter.Cashier.Post(Void(voidable[i].Serial), TestCounter.Correction(card, Voided), approval: voidable[i].Token)
        );
        var allocating = AtOnce(_ => counter.Allocate(card, Allocated));
        var returning = AtOnce(_ => counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { amount = Returned }));

        var collected = Collected * await Done(collecting);
        var voided = Voided * await Done(voiding, "quota-too-small-for-void");
        var allocated = Allocated * await Done(allocating, "allocation-exceeds-quota");
        var returned = Returned * await Done(returning);

        // Nothing stands in the way of a collection, nor of a return: the reserve held enough for all. The others are refused for want of money
        // alone: where one was, so much had been taken before.
        Assert.Equal((Each * Collected, Each * Returned), (collected, returned));
        Assert.True(voided == Each * Voided || voided + allocated > quota - Voided, $"{voided} voided, {allocated} allocated");
        Assert.True(voided + allocated > quota - Allocated, $"{voided} voided, {allocated} allocated");
        Assert.InRange(allocated, Allocated, quota + collected + returned);
        Assert.Equal(quota + collected - voided - allocated + returned, await counter.Quota(card));
        Assert.Equal(reserve + allocated - returned, await counter.Reserve(card));
        Assert.Equal(quota + reserve + collected - voided, -await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    private static Task<Answered[]> AtOnce(Func<int, Task<Answered>> book) =>
        Task.WhenAll(Enumerable.Range(0, Each).Select(i => Task.Run(() => book(i))));

    /// <summary>How many were booked; the others have the code.</summary>
    private static async Task<int> Done(Task<Answered[]> booking, string? code = null)
    {
        var refused = (await booking).Where(a => a.Status != HttpStatusCode.Created).ToList();
        Assert.All(refused, a => a.IsRefused(HttpStatusCode.Conflict, code ?? "nothing is refused"));
        return Each - refused.Count;
    }

    private static string Void(string serial) => $"/v1/transactions/{serial}/void";
}
