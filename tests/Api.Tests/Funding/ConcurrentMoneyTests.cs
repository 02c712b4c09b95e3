using System.Collections.Concurrent;
using System.Net;
using Api.Tests.Harness;
using Platform;

namespace Api.Tests.Funding;

public sealed class ConcurrentMoneyTests
{
    private const int AtOnce = 64;

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.3"), Trait("Requirement", "PL-03.1")]
    public async Task Collections_voids_allocations_and_returns_at_once_leave_what_was_acknowledged(Database database)
    {
        await using var counter = await Counter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 2_000);
        var voidable = new List<(string Serial, string Token)>();
        for (var i = 0; i < AtOnce / 4; i++)
        {
            var serial = await counter.Collected(card, 100);
            var asked = await counter.Cashier.Post($"/v1/transactions/{serial}/void", Counter.Correction(card, 100));
            voidable.Add((serial, await counter.Cashier.Approve(asked, counter.Second)));
        }

        var start = await counter.Quota(card);
        var (quota, reserve) = (new ConcurrentBag<long>(), new ConcurrentBag<long>());
        await Task.WhenAll(
            Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => Do(counter, card, i % 4, voidable[i / 4], quota, reserve)))
        );

        Assert.Equal(start + quota.Sum(), await counter.Quota(card));
        Assert.Equal(reserve.Sum(), await counter.Reserve(card));
        Assert.Equal(start + quota.Sum() + reserve.Sum(), -await counter.Balance(AccountKind.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    private static async Task Do(
        Counter counter,
        IssuedCard card,
        int what,
        (string Serial, string Token) voidable,
        ConcurrentBag<long> quota,
        ConcurrentBag<long> reserve
    )
    {
        var (answer, toQuota, toReserve) = what switch
        {
            0 => (await counter.Collect(card, 70), 70, 0),
            1 => (
                await counter.Cashier.Post(
                    $"/v1/transactions/{voidable.Serial}/void",
                    Counter.Correction(card, 100),
                    approval: voidable.Token
                ),
                -100,
                0
            ),
            2 => (await counter.Allocate(card, 400), -400, 400),
            _ => (await counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { amount = 150 }), 150, -150),
        };
        if (answer.Status == HttpStatusCode.Created)
        {
            quota.Add(toQuota);
            reserve.Add(toReserve);
            return;
        }

        Assert.Contains(answer.Code, Expected);
    }

    private static readonly string[] Expected =
    [
        "allocation-exceeds-quota",
        "reserve-too-small",
        "quota-too-small-for-void",
        "concurrent-change",
    ];
}
