using Counter.Payments;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Idempotency;
using Platform.Outbox;
using Platform.Problems;

namespace Api.Tests.Platform.Ledger;

/// <summary>Bookings of every kind, each with what must become of it.</summary>
internal sealed class BatchOfAllKinds(TestHost host, Books books, long original, IdempotencyClaim used)
{
    private const long Far = 1L << 60;
    public const int Earlier = 2;
    public const int OpenedWith = 5;
    private const int Kinds = 11;
    private static readonly AccountRef s_quota = new(IssuanceAccounts.Quota, Far);
    private static readonly AccountRef s_drawer = new(CounterAccounts.Drawer, Far);
    private long _good;

    public long Good => Interlocked.Read(ref _good);

    public static async Task<BatchOfAllKinds> Open(TestHost host)
    {
        var books = host.Services.GetRequiredService<Books>();
        // Opens the account that all others move: two writers that open one at once would both be told to decide again.
        var first = New("original").Move(s_drawer, s_quota, OpenedWith);
        var claim = new IdempotencyClaim(Far, "Test", "used", new byte[32]);
        Assert.IsType<BookingResult.Answered>(await books.Post(first, claim));
        Assert.IsType<BookingResult.Answered>(await books.Post(New("correction", corrects: first.Id)));
        return new BatchOfAllKinds(host, books, first.Id, claim);
    }

    public async Task PostAndJudge(int index)
    {
        switch (index % Kinds)
        {
            case 0:
                Refused<InsufficientBalance>(
                    await books.Post(New("short").Move(new AccountRef(IssuanceAccounts.Reserve, Far + 2), s_drawer, 1))
                );
                break;
            case 1:
                Refused<AlreadyCorrected>(await books.Post(New("correction", corrects: original).Move(s_drawer, s_quota, 10)));
                break;
            case 2:
                Assert.IsType<BookingResult.Stale>(await books.Post(New("stale").Move(s_drawer, s_quota, 10).Update(Stale())));
                break;
            case 3:
                await Assert.ThrowsAnyAsync<DbUpdateException>(() =>
                    books.Post(
                        New("broken")
                            .Move(s_drawer, s_quota, 10)
                            .Insert(
                                new OutboxEvent
                                {
                                    Id = Ids.Next(),
                                    Name = null!,
                                    Payload = "",
                                }
                            )
                    )
                );
                break;
            case 4:
                await Assert.ThrowsAsync<InvalidOperationException>(() =>
                    books.Post(New("no answer", throws: true).Move(s_drawer, s_quota, 10))
                );
                break;
            case 5:
                Assert.True(
                    Assert.IsType<BookingResult.Answered>(await books.Post(New("replayed").Move(s_drawer, s_quota, 10), used)).Replayed
                );
                break;
            case 6:
                Refused<IdempotencyKeyReused>(
                    await books.Post(
                        New("reused").Move(s_drawer, s_quota, 10),
                        used with
                        {
                            RequestHash = [.. Enumerable.Repeat((byte)1, 32)],
                        }
                    )
                );
                break;
            case 7:
                Assert.IsType<BookingResult.Stale>(
                    await books.Post(New("forgotten").Move(s_drawer, s_quota, 10), null, [Premise.OfStamp("never-raised", 1)])
                );
                break;
            case 8:
                Assert.IsType<BookingResult.Stale>(
                    await books.Post(New("gone").Move(s_drawer, s_quota, 10), null, [Premise.Of(Far, Stale())])
                );
                break;
            default:
                Assert.False(Assert.IsType<BookingResult.Answered>(await books.Post(New("good").Move(s_drawer, s_quota, 10))).Replayed);
                Interlocked.Increment(ref _good);
                break;
        }
    }

    public async Task<long> Balance()
    {
        await using var db = await host.OpenDatabase();
        return (await db.Set<Account>().SingleAsync(a => a.Kind == IssuanceAccounts.Quota.Number && a.Owner == Far)).Balance;
    }

    public async Task<long> Heads()
    {
        await using var db = await host.OpenDatabase();
        return await db.Set<Transaction>().LongCountAsync();
    }

    private static void Refused<T>(BookingResult result)
        where T : Refusal => Assert.IsType<T>(Assert.IsType<BookingResult.Refused>(result).Refusal);

    /// <summary>A row that is not there at this version.</summary>
    private static Approval Stale() =>
        new()
        {
            Id = Far,
            Action = "test",
            TokenHash = [1],
            Digest = [1],
            Version = 77,
        };

    private static Booking New(string type, long? corrects = null, bool throws = false)
    {
        var (id, actor, note) = (Ids.Next(), new Actor(1, 1), new AuditNote("test", type));
        Booking booking = throws
            ? new Booking<string>(id, actor, note, _ => throw new InvalidOperationException("no answer"))
            : new SilentBooking(id, actor, note);
        return booking.WithHead(new Transaction(booking.Id, IssuanceTransactions.Issue, booking.Actor) { CorrectsId = corrects });
    }
}
