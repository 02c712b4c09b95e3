using Counter.Payments;
using Customers;
using Funding;
using Funding.Statements;
using Issuance;
using Issuance.Bonus;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Persistence.Dialects;

namespace Api.Tests.Issuance;

/// <summary>Long histories, of which a reader leaves a mark (ADR 16).</summary>
public sealed class BonusMarkTests
{
    private const int LongHistory = 700;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1"), Trait("Requirement", "FC-26.1")]
    public async Task A_long_history_is_read_from_its_mark_on_and_gives_what_all_of_it_gives(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var first = await counter.IssuedCard(CardType.PersonalMain);
        long[] cards = [first.Id, (await counter.AnotherCard(first)).Id];
        var random = new Random(Environment.TickCount);
        await Live(counter, first.CustomerId, cards, random, LongHistory);
        Assert.Equal(0, await Marks(counter, first));

        // Nothing is settled yet; then all of it is.
        Assert.Equal(await Folded(counter, first.CustomerId, cards), await Asked(counter, first, TimeSpan.Zero));
        Assert.Equal(0, await Marks(counter, first));
        Assert.Equal(await Folded(counter, first.CustomerId, cards), await Asked(counter, first, Later));
        Assert.Equal(1, await Marks(counter, first));

        for (var i = 0; i < 3; i++)
        {
            await Live(counter, first.CustomerId, cards, random, 40);
            var folded = await Folded(counter, first.CustomerId, cards);
            Assert.Equal(folded, await Asked(counter, first, TimeSpan.Zero));
            Assert.Equal(folded, (await counter.Customer(first.CustomerCode))["quotaBonus"]!.GetValue<long>());
        }

        // A second mark in the place of the first, by several readers at once.
        await Live(counter, first.CustomerId, cards, random, LongHistory);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Asked(counter, first, Later)));
        Assert.Equal(answers[0], Assert.Single(answers.Distinct()));
        Assert.Equal(await Folded(counter, first.CustomerId, cards), answers[0]);
        Assert.Equal(1, await Marks(counter, first));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1")]
    public async Task What_a_mark_counts_is_not_read_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await Live(counter, card.CustomerId, [card.Id], new Random(1), LongHistory);
        var right = await Asked(counter, card, Later);

        await using var db = await counter.Host.OpenDatabase();
        var moved = await db.Database.ExecuteSqlAsync(
            $"""UPDATE bonus_marks SET "Quota" = 1000000, "InQuota" = 1000000 - {right} WHERE "CustomerId" = {card.CustomerId}"""
        );

        Assert.Equal(1, moved);
        Assert.Equal(1_000_000 - right, await Asked(counter, card, TimeSpan.Zero));
    }

    /// <summary>A reader so much later takes all that is booked now as settled.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    private static async Task<long> Asked(TestCounter counter, IssuedCard card, TimeSpan later)
    {
        await using var db = await counter.Host.OpenDatabase();
        var services = counter.Host.Services;
        var reader = new BonusLeft(
            db,
            services.GetRequiredService<IDbContextFactory<AppDb>>(),
            services.GetRequiredService<Dialect>(),
            new Clock(later)
        );
        return await reader.Of(card.CustomerId, CancellationToken.None);
    }

    private static async Task<int> Marks(TestCounter counter, IssuedCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        return await db
            .Database.SqlQuery<int>($"""SELECT CAST(COUNT(*) AS int) AS "Value" FROM bonus_marks WHERE "CustomerId" = {card.CustomerId}""")
            .SingleAsync();
    }

    /// <summary>All entries of the customer, one transaction after the other.</summary>
    private static async Task<long> Folded(TestCounter counter, long customerId, long[] cards)
    {
        await using var db = await counter.Host.OpenDatabase();
        long[] owners = [customerId, .. cards];
        var entries = await db.Set<Entry>().Where(e => owners.Contains(e.Owner)).ToListAsync();
        long Sum(IEnumerable<Entry> of, params AccountType[] kinds) => of.Where(e => kinds.Any(k => k.Number == e.Kind)).Sum(e => e.Amount);
        return entries
            .GroupBy(e => e.TransactionId)
            .OrderBy(t => t.Key)
            .Aggregate(
                default(BonusPlaces),
                (places, t) =>
                    places.After(
                        new MoneyMovement(
                            -Sum(t, IssuanceAccounts.Bonus),
                            Sum(t, IssuanceAccounts.Quota),
                            Sum(t, IssuanceAccounts.Reserve, IssuanceAccounts.Card, IssuanceAccounts.InTransit)
                        )
                    )
            )
            .InQuota;
    }

    /// <summary>Collections with and without a bonus, to a card and back, and what stations take.</summary>
    private static async Task Live(TestCounter counter, long customerId, long[] cards, Random random, int transactions)
    {
        var books = counter.Host.Services.GetRequiredService<Books>();
        await using var db = await counter.Host.OpenDatabase();
        var balances = await db.Set<Account>()
            .Where(a => a.Owner == customerId || cards.Contains(a.Owner))
            .ToDictionaryAsync(a => a.Key, a => a.Balance);
        long Of(AccountRef account) => balances.GetValueOrDefault(account.Key);
        var quota = new AccountRef(IssuanceAccounts.Quota, customerId);
        for (var i = 0; i < transactions; i++)
        {
            var reserve = new AccountRef(IssuanceAccounts.Reserve, cards[random.Next(cards.Length)]);
            var booking = Collection(counter, customerId);
            switch (random.Next(4))
            {
                case 0 when Of(quota) > 0:
                    booking.Move(quota, reserve, random.NextInt64(1, Of(quota) + 1));
                    break;
                case 1 when Of(reserve) > 0:
                    booking.Move(reserve, quota, random.NextInt64(1, Of(reserve) + 1));
                    break;
                case 2 when Of(reserve) > 0:
                    booking.Move(reserve, new AccountRef(FundingAccounts.Consumption, 1), random.NextInt64(1, Of(reserve) + 1));
                    break;
                default:
                    booking.Move(new AccountRef(CounterAccounts.Drawer, counter.Cashier.Id), quota, random.NextInt64(1, 1_000));
                    booking.Move(new AccountRef(IssuanceAccounts.Bonus, customerId), quota, random.NextInt64(0, 200));
                    break;
            }

            Assert.IsType<BookingResult.Answered>(await books.Post(booking));
            foreach (var line in booking.Lines)
            {
                balances[line.Account.Key] = Of(line.Account) + line.Amount;
            }
        }
    }

    private static SilentBooking Collection(TestCounter counter, long customerId)
    {
        var actor = new Actor(counter.BranchId, counter.Cashier.Id);
        var booking = new SilentBooking(Ids.Next(), actor, new AuditNote("test", $"customer:{customerId}"));
        return booking.WithHead(new Transaction(booking.Id, FundingTransactions.Collection, actor) { CustomerId = customerId });
    }

    private sealed class Clock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }
}
