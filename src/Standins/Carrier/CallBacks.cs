using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Standins.Carrier;

/// <summary>A call-back as it is sent.</summary>
internal sealed record CallBack(long Place, string Id, string Body, string Stamp, string Signature);

/// <summary>
/// Tells the seller of end answers, signed as the Standard Webhooks have it. Without an address to send to they wait to be fetched.
/// </summary>
internal sealed class CallBacks(CarrierStore store, IHttpClientFactory clients, IConfiguration configuration, TimeProvider clock)
{
    private const int MostTries = 20;

    private readonly string? _address = configuration["Carrier:CallBackAddress"];
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(configuration["Carrier:CallBackSecret"] ?? "demonstration-call-back-secret");

    /// <summary>Puts a call-back into the queue, as often as told.</summary>
    public static void Tell(CarrierWork w, TopUpView view, int times)
    {
        var body = JsonSerializer.Serialize(view, JsonSerializerOptions.Web);
        var id = $"cb-{w.Next("call-back")}";
        for (var i = 0; i < times; i++)
        {
            w.Run("INSERT INTO call_backs (id, body, tries) VALUES (@i, @b, 0)", ("@i", id), ("@b", body));
        }
    }

    /// <summary>Those that wait.</summary>
    public IReadOnlyList<CallBack> Waiting()
    {
        // Signed when they are sent: an old time would be refused.
        var stamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return store.Do(w =>
            w.All(
                "SELECT place, id, body FROM call_backs WHERE tries < @m ORDER BY place LIMIT 1000",
                r => new CallBack(r.GetInt64(0), r.GetString(1), r.GetString(2), stamp, Sign(r.GetString(1), stamp, r.GetString(2))),
                ("@m", MostTries)
            )
        );
    }

    /// <summary>Those up to a place were fetched and delivered.</summary>
    public void Forget(long place) => store.Do(w => w.Run("DELETE FROM call_backs WHERE place <= @p", ("@p", place)));

    /// <summary>Does one wait that can be sent?</summary>
    public bool AnyToSend() =>
        store.Do(w => _address is not null && w.Number("SELECT COUNT(*) FROM call_backs WHERE tries < @m", ("@m", MostTries)) > 0);

    public async Task Send(CancellationToken ct)
    {
        if (_address is null)
        {
            return;
        }

        foreach (var callBack in Waiting())
        {
            var done = await Send(callBack, ct);
            store.Do(w =>
                w.Run(
                    done ? "DELETE FROM call_backs WHERE place = @p" : "UPDATE call_backs SET tries = tries + 1 WHERE place = @p",
                    ("@p", callBack.Place)
                )
            );
        }
    }

    private async Task<bool> Send(CallBack callBack, CancellationToken ct)
    {
        using var client = clients.CreateClient();
        client.Timeout = TimeSpan.FromSeconds(5);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address);
        request.Content = new StringContent(callBack.Body, Encoding.UTF8, "application/json");
        request.Headers.Add("webhook-id", callBack.Id);
        request.Headers.Add("webhook-timestamp", callBack.Stamp);
        request.Headers.Add("webhook-signature", callBack.Signature);
        try
        {
            using var response = await client.SendAsync(request, ct);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private string Sign(string id, string stamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{id}.{stamp}.{body}")));
}
