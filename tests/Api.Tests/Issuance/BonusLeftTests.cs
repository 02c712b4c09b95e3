using System.Net;
using Api.Tests.Funding;
using Customers;
using FsCheck;
using FsCheck.Fluent;
using Issuance.Bonus;
using Issuance.Cards;
using TestRuns;

namespace Api.Tests.Issuance;

public sealed class BonusLeftTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1")]
    public async Task Bonus_that_was_spent_does_not_lessen_what_is_paid_in_afterwards(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Give(card, paid: 10_000, bonus: 1_000);
        Assert.Equal((1_000, 10_000), await Shown(counter, card));

        (await counter.Allocate(card, 10_500)).Is(HttpStatusCode.Created);
        Assert.Equal((500, 0), await Shown(counter, card));

        (await counter.Allocate(card, 500)).Is(HttpStatusCode.Created);
        await counter.Collected(card, 7_000);
        Assert.Equal((0, 7_000), await Shown(counter, card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1"), Trait("Requirement", "FC-17.7")]
    public async Task Bonus_does_not_become_refundable_by_going_to_a_card_and_coming_back(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Give(card, paid: 10_000, bonus: 1_000);

        (await counter.Allocate(card, 11_000)).Is(HttpStatusCode.Created);
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { amount = 10_400 })).Is(HttpStatusCode.Created);
        Assert.Equal((400, 10_000), await Shown(counter, card));

        (await counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { amount = 600 })).Is(HttpStatusCode.Created);
        Assert.Equal((1_000, 10_000), await Shown(counter, card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1"), Trait("Requirement", "FC-19.1")]
    public async Task Bonus_does_not_become_refundable_by_a_load_and_an_unload_and_what_stations_take_is_paid_money_first(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var row = await Row(counter, card);
        await counter.Give(row, paid: 10_000, bonus: 1_000);
        (await counter.Allocate(row, 11_000)).Is(HttpStatusCode.Created);
        await counter.Load(card, 11_000);
        (await counter.Upload([StationUploads.Buy(card.Chip, 9_500)])).Is(HttpStatusCode.OK);

        var unloaded = await counter.Run(card.Chip, (await counter.StartUnload(card, 1_500)).Is(HttpStatusCode.Accepted));

        Assert.Equal("confirmed", CardBooks.State(unloaded));
        Assert.Equal((1_000, 500), await Shown(counter, row));
        await counter.BooksAreSound();
    }

    [Fact]
    [Trait("Requirement", "FC-17.2")]
    public void Any_history_agrees_with_coins_that_are_paid_or_given()
    {
        var steps = from kind in Gen.Choose(0, 6) from a in Gen.Choose(1, 12) from b in Gen.Choose(0, 12) select new Step(kind, a, b);
        Prop.ForAll(steps.ListOf().ToArbitrary(), history => Agrees([.. history]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(3_000)));
    }

    private static void Agrees(IReadOnlyList<Step> history)
    {
        var (coins, places, taken) = (new Coins(), default(BonusPlaces), new List<(int Paid, int Given)>());
        var (paidIn, out_) = (0, 0);
        foreach (var step in history)
        {
            MoneyMovement moved;
            switch (step.Kind)
            {
                case 0 or 1:
                    coins.Collect(step.A, step.B);
                    taken.Add((step.A, step.B));
                    paidIn += step.A;
                    moved = new MoneyMovement(step.B, step.A + step.B, 0);
                    break;
                case 2:
                    coins.RechargePurse(step.A, step.B);
                    paidIn += step.A;
                    moved = new MoneyMovement(step.B, 0, step.A + step.B);
                    break;
                case 3 when step.A <= coins.Quota:
                    coins.Allocate(step.A);
                    moved = new MoneyMovement(0, -step.A, step.A);
                    break;
                case 4 when step.A <= coins.OnCards:
                    coins.Return(step.A);
                    moved = new MoneyMovement(0, step.A, -step.A);
                    break;
                case 5 when step.A <= coins.OnCards:
                    coins.Consume(step.A);
                    moved = new MoneyMovement(0, 0, -step.A);
                    break;
                case 6 when taken.Count > 0 && taken[step.A % taken.Count] is var (paid, given) && paid + given <= coins.Quota:
                    taken.RemoveAt(step.A % taken.Count);
                    coins.TakeBack(paid, given);
                    out_ += paid;
                    moved = new MoneyMovement(-given, -paid - given, 0);
                    break;
                default:
                    continue;
            }

            places = places.After(moved);
            Assert.Equal(
                (coins.Quota, coins.OnCards, coins.Bonus, coins.BonusOnCards),
                (places.Quota, places.Cards, places.InQuota, places.OnCards)
            );
            Assert.True(coins.Refundable <= paidIn - out_, "more could be paid back than was paid in");
        }
    }

    private sealed record Step(int Kind, int A, int B);

    private static async Task<IssuedCard> Row(TestCounter counter, ChipCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        var row = db.Set<Card>().Single(c => c.Number == card.Number);
        return new IssuedCard(row.Id, card.Number, row.CustomerId, card.CustomerCode);
    }

    private static async Task<(long Bonus, long Refundable)> Shown(TestCounter counter, IssuedCard card)
    {
        var customer = await counter.Customer(card.CustomerCode);
        return (customer["quotaBonus"]!.GetValue<long>(), customer["refundable"]!.GetValue<long>());
    }
}
