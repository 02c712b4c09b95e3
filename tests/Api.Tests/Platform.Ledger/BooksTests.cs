using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Funding;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Platform.Ledger;

/// <summary>
/// The running check of the books finds what was changed behind the API's back (PL-03.8), and the books stand many callers at once.
/// </summary>
public sealed class BooksTests
{
    private const short Undeclared = 9_999;

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.3")]
    public async Task A_decision_that_read_an_account_is_stale_once_the_account_has_moved(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 1_000);
        var quota = new AccountRef(IssuanceAccounts.Quota, card.CustomerId);
        var books = counter.Host.Services.GetRequiredService<Books>();
        Assert.IsType<BookingResult.Answered>(await books.Post(Spend(counter, quota, decidedOn: 1)));
        Assert.IsType<BookingResult.Stale>(await books.Post(Spend(counter, quota, decidedOn: 1)));

        // Of many at once that read the same, one is booked.
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => books.Post(Spend(counter, quota, decidedOn: 2))));
        Assert.Single(results.OfType<BookingResult.Answered>());
        Assert.Equal(15, results.OfType<BookingResult.Stale>().Count());
        Assert.Equal(800, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    private static SilentBooking Spend(TestCounter counter, AccountRef quota, int decidedOn)
    {
        var id = Ids.Next();
        var actor = new Actor(counter.BranchId, counter.Cashier.Id);
        return new SilentBooking(id, actor, new AuditNote("spend", "test"))
            .WithHead(new Transaction(id, FundingTransactions.Reversal, actor) { Amount = 100 })
            .Move(quota, new AccountRef(CounterAccounts.Drawer, actor.OperatorId), 100)
            .DecidedOn(quota, decidedOn);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.1"), Trait("Requirement", "PL-03.8")]
    public async Task Damaged_rows_are_found_also_when_they_were_proved_before(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 10_000);
        await counter.Collected(card, 5_000);
        var id = SerialNumber.Parse(serial)!.Value;
        Assert.True(await Sound(host, full: true));

        await Prove(host);
        await Damaged(
            host,
            "balance-differs-from-entries",
            inBrief: true,
            db => Quota(db, card).ExecuteUpdateAsync(u => u.SetProperty(a => a.Balance, 999_999)),
            db => Quota(db, card).ExecuteUpdateAsync(u => u.SetProperty(a => a.Balance, 15_000))
        );
        await Damaged(
            host,
            "transaction-does-not-balance",
            inBrief: false,
            db => Entries(db, id, IssuanceAccounts.Quota).ExecuteUpdateAsync(u => u.SetProperty(e => e.Amount, 10_001)),
            db => Entries(db, id, IssuanceAccounts.Quota).ExecuteUpdateAsync(u => u.SetProperty(e => e.Amount, 10_000))
        );
        await Damaged(
            host,
            "entry-does-not-follow",
            inBrief: false,
            db => Entries(db, id, IssuanceAccounts.Quota).ExecuteUpdateAsync(u => u.SetProperty(e => e.BalanceAfter, 1)),
            db => Entries(db, id, IssuanceAccounts.Quota).ExecuteUpdateAsync(u => u.SetProperty(e => e.BalanceAfter, 10_000))
        );
        await Damaged(
            host,
            "books-do-not-sum-to-zero",
            inBrief: false,
            db => Entries(db, id, CounterAccounts.Drawer).ExecuteUpdateAsync(u => u.SetProperty(e => e.Amount, -9_000)),
            db => Entries(db, id, CounterAccounts.Drawer).ExecuteUpdateAsync(u => u.SetProperty(e => e.Amount, -10_000))
        );
        await Damaged(
            host,
            "account-type-not-declared",
            inBrief: false,
            db => Entries(db, id, CounterAccounts.Drawer).ExecuteUpdateAsync(u => u.SetProperty(e => e.Kind, Undeclared)),
            db =>
                db.Set<Entry>()
                    .Where(e => e.TransactionId == id && e.Kind == Undeclared)
                    .ExecuteUpdateAsync(u => u.SetProperty(e => e.Kind, CounterAccounts.Drawer.Number))
        );
        await Damaged(
            host,
            "transaction-type-not-declared",
            inBrief: false,
            db => db.Set<Transaction>().Where(t => t.Id == id).ExecuteUpdateAsync(u => u.SetProperty(t => t.Type, "unheard-of")),
            db =>
                db.Set<Transaction>()
                    .Where(t => t.Id == id)
                    .ExecuteUpdateAsync(u => u.SetProperty(t => t.Type, FundingTransactions.Collection.Name))
        );
        await Lost(host, "entry-does-not-follow", db => Entries(db, id, IssuanceAccounts.Quota));
        await Lost(host, "transaction-does-not-balance", db => Entries(db, id, CounterAccounts.Drawer));
        await Lost(host, "entry-without-head", db => db.Set<Transaction>().Where(t => t.Id == id));
        await Lost(host, "balance-differs-from-entries", db => Quota(db, card));
        Assert.True(await Sound(host, full: true));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.8")]
    public async Task What_was_proved_is_not_read_again_and_a_flawed_stretch_is_not_proved(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 10_000);
        await Prove(host);
        var proved = await Check(host, full: false);
        Assert.Equal((2, 0), (Entries(proved, "entriesProven"), Entries(proved, "entriesChecked")));

        var next = await counter.Collected(card, 300);
        var after = await Check(host, full: false);
        Assert.Equal((2, 2), (Entries(after, "entriesProven"), Entries(after, "entriesChecked")));
        Assert.Equal(
            (0, 4),
            (Entries(await Check(host, full: true), "entriesProven"), Entries(await Check(host, full: true), "entriesChecked"))
        );

        await using (var db = await host.OpenDatabase())
        {
            var id = SerialNumber.Parse(next)!.Value;
            await Entries(db, id, CounterAccounts.Drawer).ExecuteUpdateAsync(u => u.SetProperty(e => e.Amount, -1));
        }

        await Prove(host);
        var flawed = await Check(host, full: false);
        Assert.False(flawed["sound"]!.GetValue<bool>());
        Assert.Equal(2, Entries(flawed, "entriesProven"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.3"), Trait("Requirement", "PL-03.1"), Trait("Requirement", "PL-03.4")]
    public async Task Sixty_four_at_once_against_one_customer_leave_what_was_acknowledged(Database database)
    {
        var counter = await TestCounter.Open(database);
        var chip = await counter.IssueCard();
        await counter.Fund(chip, 30_000);
        await using var db = await counter.Host.OpenDatabase();
        var row = await db.Set<global::Issuance.Cards.Card>().SingleAsync(c => c.Number == chip.Number);
        var card = new IssuedCard(row.Id, row.Number, row.CustomerId, chip.CustomerCode);
        var voidable = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            voidable.Add(await counter.Collected(card, 1_000));
        }

        // A chip is in one reader at a time: its loads follow each other, beside everything else.
        var loads = Task.Run(async () =>
        {
            var loaded = 0L;
            for (var i = 0; i < 4; i++)
            {
                var started = (await counter.StartLoad(chip, 2_500)).Is(HttpStatusCode.Accepted);
                Assert.Equal("confirmed", (await counter.Run(chip.Chip, started))["state"]!.GetValue<string>());
                loaded += 2_500;
            }

            return loaded;
        });
        var collections = Enumerable.Range(1, 32).Select(i => Task.Run(() => counter.Collect(card, i * 10))).ToList();
        var voids = voidable.Select(s => Task.Run(() => counter.Void(card, s, 1_000))).ToList();
        var allocations = Enumerable.Range(0, 24).Select(_ => Task.Run(() => counter.Allocate(card, 700))).ToList();
        await Task.WhenAll([loads, .. collections, .. voids, .. allocations]);

        var collected = collections.Sum(c => c.Result.Is(HttpStatusCode.Created).Number("amount"));
        var voided = voids.Count(v => v.Result.Status == HttpStatusCode.Created) * 1_000L;
        var allocated = allocations.Count(a => a.Result.Status == HttpStatusCode.Created) * 700L;
        // Refused for want of money alone: so where one was, so much had been taken before.
        foreach (
            var (tried, code, wanted) in new[]
            {
                (voids, "quota-too-small-for-void", 1_000L),
                (allocations, "allocation-exceeds-quota", 700L),
            }
        )
        {
            var refused = tried.Where(t => t.Result.Status != HttpStatusCode.Created).ToList();
            Assert.All(refused, t => t.Result.IsRefused(HttpStatusCode.Conflict, code));
            Assert.True(refused.Count == 0 || voided + allocated > 8_000 - wanted, $"{code} with {voided} and {allocated} taken");
        }

        Assert.Equal(8_000 + collected - voided - allocated, await counter.Quota(card));
        Assert.Equal(30_000 + allocated - await loads, await counter.Reserve(card));
        Assert.Equal(await loads, await counter.Balance(IssuanceAccounts.Card, card.Id));
        Assert.Equal(0, await counter.Balance(IssuanceAccounts.InTransit, card.Id));
        Assert.Equal(await loads, ChipCards.Balance(chip.Chip));
        Assert.Equal(32, collections.Select(c => c.Result.SerialNumber).Distinct().Count());
        await counter.BooksAreSound();
    }

    /// <summary>
    /// Damages, sees it found by the full check (and the brief one, where the damage is in what it reads), and makes it good again.
    /// </summary>
    private static async Task Damaged(
        TestHost host,
        string rule,
        bool inBrief,
        Func<AppDb, Task<int>> damage,
        Func<AppDb, Task<int>> repair
    )
    {
        await using var db = await host.OpenDatabase();
        Assert.Equal(1, await damage(db));
        await Finds(host, rule, full: true);
        Assert.True(!inBrief || !await Sound(host, full: false), $"{rule} is not seen by the brief check.");
        Assert.Equal(1, await repair(db));
        Assert.True(await Sound(host, full: true));
    }

    private static async Task Lost<T>(TestHost host, string rule, Func<AppDb, IQueryable<T>> rows)
        where T : class
    {
        await using var db = await host.OpenDatabase();
        var row = await rows(db).SingleAsync();
        Assert.Equal(1, await rows(db).ExecuteDeleteAsync());
        await Finds(host, rule, full: true);
        db.Add(row);
        await db.SaveChangesAsync();
        Assert.True(await Sound(host, full: true));
    }

    private static async Task Finds(TestHost host, string rule, bool full)
    {
        var report = await Check(host, full);
        Assert.False(report["sound"]!.GetValue<bool>());
        Assert.Contains(rule, report["flaws"]!.AsArray().Select(f => f!["rule"]!.GetValue<string>()));
    }

    private static Task Prove(TestHost host) =>
        host.Services.GetRequiredService<BooksProof>().Advance(TimeSpan.Zero, CancellationToken.None);

    private static async Task<bool> Sound(TestHost host, bool full) => (await Check(host, full))["sound"]!.GetValue<bool>();

    private static async Task<JsonNode> Check(TestHost host, bool full) =>
        JsonNode.Parse(await host.Client.GetStringAsync($"/internal/books?full={(full ? "true" : "false")}"))!;

    private static long Entries(JsonNode report, string member) => report[member]!.GetValue<long>();

    private static IQueryable<Account> Quota(AppDb db, IssuedCard card) =>
        db.Set<Account>().Where(a => a.Kind == IssuanceAccounts.Quota.Number && a.Owner == card.CustomerId);

    private static IQueryable<Entry> Entries(AppDb db, long transactionId, AccountType type) =>
        db.Set<Entry>().Where(e => e.TransactionId == transactionId && e.Kind == type.Number);
}
