using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Api.Tests.Platform;

/// <summary>What became of a key that a client sent: its answer, or none when the client gave up.</summary>
internal sealed record Sending(string Key, string CardNumber, long Amount, string? Answer);

/// <summary>Processes on one database that are killed again and again, and clients who go on collecting through them.</summary>
internal sealed class Fleet(IReadOnlyDictionary<string, string?> settings, int processes) : IAsyncDisposable
{
    private const int MostRequestsBeforeKill = 40;
    private const int TriesPerKey = 10_000;

    private readonly FleetSlot[] _slots = [.. Enumerable.Range(0, processes).Select(_ => new FleetSlot())];
    private readonly ConcurrentBag<Sending> _sendings = [];
    private volatile bool _over;
    private int _lostAnswers;
    private int _repeated;
    private string _token = "";
    private string[] _cards = [];

    public IReadOnlyCollection<Sending> Sendings => _sendings;

    /// <summary>Requests that ended without an answer, because their process was killed.</summary>
    public int LostAnswers => _lostAnswers;

    /// <summary>Answers asked for a second time, and compared.</summary>
    public int Repeated => _repeated;

    public HttpClient Http => _slots[0].Api!.Http;

    public async Task Start()
    {
        foreach (var slot in _slots)
        {
            slot.Up(await ApiProcess.Start(settings));
        }

        var access = JsonNode.Parse(await Http.GetStringAsync("/internal/benchmark"))!;
        _token = access["token"]!.GetValue<string>();
        _cards = [.. access["cardNumbers"]!.AsArray().Take(20).Select(c => c!.GetValue<string>())];
    }

    /// <summary>
    /// Kills each process after a random number of requests and starts another, until all kills are done; clients collect meanwhile.
    /// </summary>
    public async Task Run(int kills, int clients, int seed)
    {
        var sending = Enumerable.Range(0, clients).Select(i => Task.Run(() => Collect(new Random(seed + i)))).ToList();
        await Task.WhenAll(_slots.Select((s, i) => KillAgainAndAgain(s, kills / processes, new Random(seed + 100 + i))));
        _over = true;
        await Task.WhenAll(sending);
    }

    /// <summary>Sends one request under one key many times at once, to all processes in turn, each until it is answered for good.</summary>
    public Task<(string Text, bool Replayed)[]> SendToAll(int times, string key, long amount) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(i => Task.Run(() => SendFrom(i, key, _cards[0], amount))));

    /// <summary>Sends until it is answered for good.</summary>
    public Task<(string Text, bool Replayed)> Send(string key, string card, long amount) => SendFrom(0, key, card, amount);

    private async Task<(string Text, bool Replayed)> SendFrom(int slot, string key, string card, long amount)
    {
        for (var i = slot; i < slot + TriesPerKey; i++)
        {
            if (await Try(_slots[i % _slots.Length], key, card, amount) is { } answer)
            {
                return answer;
            }
        }

        throw new InvalidOperationException($"{key} got no final answer.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var slot in _slots.Where(s => s.Api is not null))
        {
            await slot.Api!.DisposeAsync();
        }
    }

    private async Task KillAgainAndAgain(FleetSlot slot, int kills, Random random)
    {
        for (var i = 0; i < kills; i++)
        {
            // Every other kill falls on the instant of an answer: what was acknowledged a moment ago must be there.
            var killed = await slot.Killed(random.Next(1, MostRequestsBeforeKill), onAnswer: i % 2 == 0);
            await killed.DisposeAsync();
            slot.Up(await ApiProcess.Start(settings));
        }
    }

    private async Task Collect(Random random)
    {
        while (!_over)
        {
            var (key, card, amount) = (Clerk.NewKey(), _cards[random.Next(_cards.Length)], random.NextInt64(1, 100_000));
            string? answer = null;
            for (var slot = random.Next(_slots.Length); answer is null; slot = (slot + 1) % _slots.Length)
            {
                answer = (await Try(_slots[slot], key, card, amount))?.Text;
                if (answer is null && random.Next(4) == 0)
                {
                    break;
                }
            }

            _sendings.Add(new Sending(key, card, amount, answer));
            if (answer is not null && random.Next(5) == 0)
            {
                Assert.Equal((answer, true), await Send(key, card, amount));
                Interlocked.Increment(ref _repeated);
            }
        }
    }

    /// <summary>The final answer, or null when the connection was lost or the API says to try again.</summary>
    private async Task<(string Text, bool Replayed)?> Try(FleetSlot slot, string key, string card, long amount)
    {
        var api = await slot.Running();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/cards/{card}/collections");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = JsonContent.Create(
            new JsonObject
            {
                ["amount"] = amount,
                ["paymentMethod"] = "cash",
                ["oilType"] = "gasoline92",
                ["referenceNumber"] = key,
            }
        );
        try
        {
            slot.Count(api, answered: false);
            using var response = await api.Http.SendAsync(request);
            slot.Count(api, answered: true);
            var text = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.Created)
            {
                return (text, response.Headers.Contains("Idempotency-Replayed"));
            }

            Assert.True(
                response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable,
                $"{(int)response.StatusCode} {text}"
            );
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _lostAnswers);
            return null;
        }
    }
}
