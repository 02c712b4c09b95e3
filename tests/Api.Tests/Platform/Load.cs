using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Api.Tests.Platform;

/// <summary>A key with all the answers that its client got.</summary>
internal sealed record KeySent(string Key, string Card, long Amount)
{
    public List<Answered> Answers { get; } = [];
}

/// <summary>Clients who collect and read while the database does not do what it should.</summary>
internal sealed class Load(HttpClient http, string token, string[] cards)
{
    private const int MostTries = 200;

    private readonly ConcurrentBag<KeySent> _sendings = [];
    private readonly ConcurrentBag<Answered> _reads = [];
    private volatile bool _over;
    private int _booked;
    private int _refused;

    public IReadOnlyCollection<KeySent> Sendings => _sendings;

    public int RefusedSoFar => _refused;

    public List<Answered> Reads => [.. _reads];

    public static async Task<Load> On(ApiProcess api)
    {
        var access = JsonNode.Parse(await api.Http.GetStringAsync("/internal/benchmark"))!;
        return new Load(
            api.Http,
            access["token"]!.GetValue<string>(),
            [.. access["cardNumbers"]!.AsArray().Take(20).Select(c => c!.GetValue<string>())]
        );
    }

    public static async Task<HttpResponseMessage> Ready(ApiProcess api, bool eventually) =>
        eventually
            ? await Eventually.Holds(() => api.Http.GetAsync("/health/ready"), r => r.StatusCode == HttpStatusCode.OK)
            : await api.Http.GetAsync("/health/ready");

    /// <summary>Done, or told to try again, with when and with what became of it.</summary>
    public static void IsNoError(Answered answer)
    {
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable, answer.Text);
        if (answer.Status == HttpStatusCode.ServiceUnavailable)
        {
            Assert.Contains(answer.Code, (string[])["database-unavailable", "database-busy", "outcome-unknown"]);
            Assert.True(answer.Body["retryable"]!.GetValue<bool>(), answer.Text);
            Assert.True(answer.RetryAfter > TimeSpan.Zero, answer.Text);
        }
    }

    public Task Start(int clients) =>
        Task.WhenAll([
            .. Enumerable.Range(0, clients).Select(_ => Task.Run(Collect)),
            Task.Run(() => ReadAgainAndAgain("/v1/branch-days/current")),
            Task.Run(() => ReadAgainAndAgain("/internal/books")),
        ]);

    public void Stop() => _over = true;

    /// <summary>Waits until so many more were booked.</summary>
    public Task Booked(int more) => More(() => _booked, more);

    /// <summary>Waits until so many more were told to try again.</summary>
    public Task Refused(int more) => More(() => _refused, more);

    public KeySent New() => new(Clerk.NewKey(), cards[Random.Shared.Next(cards.Length)], Random.Shared.NextInt64(1, 100_000));

    public async Task<Answered> Read(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return await Answered.Of(response);
    }

    public async Task<Answered> Send(KeySent sent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/cards/{sent.Card}/collections");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", sent.Key);
        var body = TestCounter.Payment(sent.Amount);
        body["referenceNumber"] = sent.Key;
        request.Content = JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        var answer = await Answered.Of(response);
        sent.Answers.Add(answer);
        return answer;
    }

    private async Task Collect()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!_over)
        {
            var sent = New();
            _sendings.Add(sent);
            for (var i = 0; i < MostTries && !_over; i++)
            {
                var answer = await Send(sent);
                if (answer.Status == HttpStatusCode.Created)
                {
                    Interlocked.Increment(ref _booked);
                    break;
                }

                // Every other one gives up, so that the books can be held against what its last answer said.
                Interlocked.Increment(ref _refused);
                if (Random.Shared.Next(2) == 0)
                {
                    break;
                }
            }

            await pause.WaitForNextTickAsync();
        }
    }

    private async Task ReadAgainAndAgain(string path)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_over)
        {
            _reads.Add(await Read(path));
            await pause.WaitForNextTickAsync();
        }
    }

    private static async Task More(Func<int> count, int more)
    {
        var from = count();
        await Eventually.Holds(() => Task.FromResult(count()), now => now >= from + more);
    }
}
