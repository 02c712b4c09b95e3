using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Billing.TopUps.Line;

/// <summary>
/// Speaks with the carriers. Each request may be sent again: the carrier knows a top-up and a redemption by our id. What cannot be settled comes
/// back as unknown.
/// </summary>
internal sealed class CarrierClient(HttpClient http, CarrierLine line)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public Task<CarrierAnswer<CarrierTopUpState>> TopUp(CarrierTopUp topUp, CancellationToken ct) =>
        Send<CarrierTopUpState>(HttpMethod.Post, "top-ups", topUp, ct);

    /// <summary>A top-up that the carrier does not know is an answer too, in the state unknown.</summary>
    public Task<CarrierAnswer<CarrierTopUpState>> Ask(string id, CancellationToken ct) =>
        Send<CarrierTopUpState>(HttpMethod.Get, $"top-ups/{id}", null, ct);

    public Task<CarrierAnswer<CarrierRedemption>> Check(string id, string kind, string code, CancellationToken ct) =>
        Send<CarrierRedemption>(
            HttpMethod.Post,
            "redemptions",
            new
            {
                id,
                kind,
                code,
            },
            ct
        );

    public Task<CarrierAnswer<CarrierRedemption>> Confirm(string id, string receipt, CancellationToken ct) =>
        Send<CarrierRedemption>(HttpMethod.Post, $"redemptions/{id}/confirmation", new { receipt }, ct);

    public Task<CarrierAnswer<CarrierRedemption>> Undo(string id, CancellationToken ct) =>
        Send<CarrierRedemption>(HttpMethod.Post, $"redemptions/{id}/undoing", new { }, ct);

    /// <summary>The statement of a day, line by line; null where it was not to be had whole.</summary>
    public async Task<string?> Statement(DateOnly day, string carrier, int mostBytes, CancellationToken ct)
    {
        try
        {
            var path = $"statements/{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}?carrier={carrier}";
            using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > mostBytes)
            {
                return null;
            }

            await response.Content.LoadIntoBufferAsync(mostBytes, ct);
            return await response.Content.ReadAsStringAsync(ct);
        }
        catch (Exception e) when (PartnerHttp.IsSilence(e, ct))
        {
            return null;
        }
    }

    private async Task<CarrierAnswer<T>> Send<T>(HttpMethod method, string path, object? body, CancellationToken ct)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: s_json);
            using var response = await http.SendAsync(request, ct);
            var bytes = await response.Content.ReadAsByteArrayAsync(ct);
            line.Heard();
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound)
            {
                return JsonSerializer.Deserialize<T>(bytes, s_json) is { } value
                    ? new CarrierAnswer<T>(value, null)
                    : CarrierAnswer<T>.Unknown;
            }

            // A server that is in trouble, or a proxy before it, says nothing about the top-up.
            return
                (int)response.StatusCode is >= 400 and < 500 and not 408 and not 429
                && JsonSerializer.Deserialize<Problem>(bytes, s_json) is { Code: { Length: > 0 } code }
                ? new CarrierAnswer<T>(null, code)
                : CarrierAnswer<T>.Unknown;
        }
        catch (Exception e) when (PartnerHttp.IsSilence(e, ct))
        {
            if (e is not JsonException)
            {
                line.Silent();
            }

            return CarrierAnswer<T>.Unknown;
        }
    }

    private sealed record Problem(string? Code);
}
