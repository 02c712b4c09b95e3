using System.Net;

namespace Api.Tests.Harness;

/// <summary>What every booking must prove about its Idempotency-Key (PL-03.6).</summary>
internal static class Retries
{
    /// <summary>A request that gives up (concurrent-change) has lost so often, each time to one that was booked: at least so many are.</summary>
    public const int Decisions = 5;

    private const int AtOnce = 16;

    /// <summary>A second sending gives the first answer, byte for byte, and says so.</summary>
    public static async Task<Answered> GiveTheFirstAnswerAgain(Func<string, Task<Answered>> book)
    {
        var key = Clerk.NewKey();
        var first = (await book(key)).Is(HttpStatusCode.Created);
        var again = (await book(key)).Is(HttpStatusCode.Created);
        Assert.False(first.Replayed);
        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Location, again.Location);
        return first;
    }

    /// <summary>The key of one request does not do for another.</summary>
    public static async Task RefuseAnotherBody(Func<string, Task<Answered>> book, Func<string, Task<Answered>> other)
    {
        var key = Clerk.NewKey();
        (await book(key)).Is(HttpStatusCode.Created);
        (await other(key)).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    /// <summary>16 sendings at once with one key: one booking, whose answer all get who are not told to wait.</summary>
    public static async Task<Answered> BookOnce(Func<string, Task<Answered>> book)
    {
        var key = Clerk.NewKey();
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => book(key))));
        var done = answers.Where(a => a.Status == HttpStatusCode.Created).ToList();
        Assert.All(answers.Except(done), a => a.IsRefused(HttpStatusCode.Conflict, "idempotency-key-in-use"));
        Assert.All(answers.Except(done), a => Assert.NotNull(a.RetryAfter));
        Assert.Single(done, a => !a.Replayed);
        Assert.Single(done.Select(a => a.Text).Distinct());
        return done[0];
    }

    /// <summary>Sends until it is booked, or refused for good.</summary>
    public static Task<Answered> Again(Func<Task<Answered>> send) =>
        Eventually.Holds(send, a => (int)a.Status < 400 || !a.Body["retryable"]!.GetValue<bool>());

    /// <summary>16 sendings at once, each with its own key.</summary>
    public static Task<Answered[]> AtOnceWithOwnKeys(Func<int, string, Task<Answered>> book) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => book(i, Clerk.NewKey()))));
}
