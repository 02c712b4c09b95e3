using System.Net;
using Access.Branches;
using Counter.Payments;
using Funding;
using Issuance;

namespace Api.Tests.Platform.Ledger;

/// <summary>Bookings of many callers are written together; what becomes of one must not touch another's.</summary>
public sealed class BookingBatchTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.1"), Trait("Requirement", "PL-03.6")]
    public async Task One_callers_refusal_or_failure_never_touches_anothers_booking(Database database)
    {
        await using var host = await TestHost.Start(database);
        var batch = await BatchOfAllKinds.Open(host);
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Task.Run(() => batch.PostAndJudge(i))));
        }

        Assert.Equal(BatchOfAllKinds.OpenedWith + (batch.Good * 10), await batch.Balance());
        Assert.Equal(batch.Good + BatchOfAllKinds.Earlier, await batch.Heads());
        Assert.Contains("\"sound\":true", await host.Client.GetStringAsync("/internal/books?full=true"), StringComparison.Ordinal);
    }

    /// <summary>
    /// What a slice has its booking run under the batch's locks may throw: it ends that booking and does not cost the batch its transaction.
    /// </summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.1")]
    public async Task What_throws_under_the_locks_fails_its_own_booking_and_leaves_the_batch_whole(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 1_000);
        using var splits = new BooksCount(host, "books.splits");
        using var batches = new BooksCount(host, "books.batches");
        var books = host.Services.GetRequiredService<Books>();
        Task<BookingResult>[] waiting;
        await using (var held = await HeldDatabase.Branch(host, counter.BranchId))
        {
            waiting = [.. Enumerable.Range(0, 40).Select(i => books.Post(OneOf(i, counter, card)))];
            await held.Release();
            await Task.WhenAll(waiting.Select(w => Task.WhenAny(w)));
        }

        for (var i = 0; i < waiting.Length; i++)
        {
            if (i % 4 == 3)
            {
                Assert.IsType<BookingResult.Answered>(await waiting[i]);
            }
            else
            {
                Assert.Equal($"thrown {i}", (await Assert.ThrowsAsync<InvalidOperationException>(() => waiting[i])).Message);
            }
        }

        Assert.Equal(1_000 + (10 * 7), await counter.Quota(card));
        Assert.Equal(0, splits.Value);
        Assert.InRange(batches.Value, 1, 10);
        await counter.BooksAreSound();
    }

    /// <summary>Three that throw in three places, and one that is booked.</summary>
    private static Booking OneOf(int i, TestCounter counter, IssuedCard card)
    {
        var (id, actor, note) = (Ids.Next(), new Actor(counter.BranchId, counter.Cashier.Id), new AuditNote("test", $"booking:{i}"));
        var (quota, drawer) = (
            new AccountRef(IssuanceAccounts.Quota, card.CustomerId),
            new AccountRef(CounterAccounts.Drawer, counter.Cashier.Id)
        );
        var thrown = new InvalidOperationException($"thrown {i}");
        var head = new Transaction(id, FundingTransactions.Collection, actor);
        return (i % 4) switch
        {
            0 => new Booking<string>(id, actor, note, _ => throw thrown).WithHead(head).Move(drawer, quota, 7),
            1 => new SilentBooking(id, actor, note).WithHead(head).Move(drawer, quota, 7).RefuseOn(_ => throw thrown),
            2 => new SilentBooking(id, actor, note).WithHead(head).Move(quota, drawer, 1_000_000).IfShort(quota, _ => throw thrown),
            _ => new Booking<long>(id, actor, note, p => Answer.Ok(p.Balance(IssuanceAccounts.QuotaPoints, card.CustomerId)))
                .WithHead(head)
                .Move(drawer, quota, 7),
        };
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-08.1")]
    public async Task One_key_sent_64_times_at_once_to_two_hosts_books_once(Database database)
    {
        await using var first = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, first.ConnectionString);
        var counter = await TestCounter.Open(first);
        var card = await counter.IssuedCard();
        Clerk[] clerks = [counter.Cashier, await counter.CashierAt(second)];
        for (var round = 1; round <= 3; round++)
        {
            var key = Clerk.NewKey();
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 64)
                    .Select(i => Task.Run(() => clerks[i % 2].Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(500), key)))
            );
            var done = answers.Where(a => a.Status == HttpStatusCode.Created).ToList();
            Assert.All(answers.Except(done), a => a.IsRefused(HttpStatusCode.Conflict, "idempotency-key-in-use"));
            Assert.Single(done.Select(a => a.Text).Distinct());
            Assert.Single(done, a => !a.Replayed);
            Assert.Equal(round * 500, await counter.Quota(card));
            var (one, other) = (
                await clerks[0].Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(500), key),
                await clerks[1].Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(500), key)
            );
            Assert.Equal((done[0].Text, done[0].Text, true, true), (one.Text, other.Text, one.Replayed, other.Replayed));
            (await clerks[1].Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(501), key)).IsRefused(
                HttpStatusCode.UnprocessableEntity,
                "idempotency-key-reused"
            );
        }

        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-08.1")]
    public async Task One_key_sent_64_times_at_once_to_three_processes_books_once(Database database)
    {
        var connection = await TestDatabase.Create(database);
        var settings = ApiProcess.Settings(database, connection);
        settings["Demo:Seed"] = "Benchmark";
        await using var fleet = new Fleet(settings, processes: 3);
        await fleet.Start();
        for (var round = 1; round <= 5; round++)
        {
            var answers = await fleet.SendToAll(times: 64, Clerk.NewKey(), amount: 700 + round);
            Assert.Single(answers.Select(a => a.Text).Distinct());
            Assert.Single(answers, a => !a.Replayed);
        }

        Assert.Contains("\"sound\":true", await fleet.Http.GetStringAsync("/internal/books?full=true"), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_full_queue_refuses_at_once_and_says_when_to_try_again(Database database)
    {
        await using var host = await TestHost.Start(database, settings: new Dictionary<string, string?> { ["Books:QueueLimit"] = "2" });
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 100);
        Answered[] answers;
        await using (var held = await HeldDatabase.Branch(host, counter.BranchId))
        {
            var sending = Enumerable.Range(0, 40).Select(_ => Task.Run(() => counter.Collect(card, 1))).ToList();
            // The writers stand still and the queue takes two: somebody is turned away while the lock is still held.
            var early = await await Task.WhenAny(sending);
            early.IsRefused(HttpStatusCode.ServiceUnavailable, "overloaded");
            Assert.Equal("none", early["outcome"]);
            Assert.True(early.RetryAfter > TimeSpan.Zero);
            await held.Release();
            answers = await Task.WhenAll(sending);
        }

        var booked = answers.Count(a => a.Status == HttpStatusCode.Created);
        Assert.InRange(booked, 1, 39);
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => a.IsRefused(HttpStatusCode.ServiceUnavailable, "overloaded")
        );
        Assert.Equal(100 + booked, await counter.Quota(card));
        await counter.Collected(card, 1);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_key_held_by_somebody_elses_transaction_ends_in_a_refusal_and_is_booked_once_afterwards(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var key = Clerk.NewKey();
        await using (await HeldDatabase.Key(host, counter.Cashier.Id, "CollectPayment", key))
        {
            var refused = await counter.Collect(card, 700, key);
            refused.IsRefused(HttpStatusCode.ServiceUnavailable, "database-busy");
            Assert.Equal("none", refused["outcome"]);
            Assert.Equal(0, await counter.Quota(card));
            if (database != Database.Sqlite)
            {
                // On a server only that one key is held: nobody else waits for it for good.
                await counter.Collected(card, 5);
            }
        }

        var before = await counter.Quota(card);
        var booked = (await counter.Collect(card, 700, key)).Is(HttpStatusCode.Created);
        Assert.False(booked.Replayed);
        Assert.Equal(before + 700, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.3")]
    public async Task A_moving_account_never_goes_below_zero_under_64_debits_at_once(Database database)
    {
        var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 1_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => counter.Allocate(card, 30))));
        var done = answers.Count(a => a.Status == HttpStatusCode.Created);
        Assert.Equal(33, done);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.Status));
        Assert.Equal(10, await counter.Quota(card));
        Assert.Equal(990, await counter.Reserve(card));
        await counter.BooksAreSound();
    }
}
