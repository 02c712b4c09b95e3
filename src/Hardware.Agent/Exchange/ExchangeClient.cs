using System.Net;
using System.Text.Json;
using Hardware.Agent.Operations;
using Hardware.Agent.Problems;

namespace Hardware.Agent.Exchange;

/// <summary>Sends rounds to the API and tries again while that may help: the same round with the same body has one answer.</summary>
internal sealed class ExchangeClient(HttpClient http, ApiSettings settings, TimeProvider clock, ILogger<ExchangeClient> log)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Sends a round at most <see cref="ApiSettings.Tries"/> times within <see cref="ApiSettings.RoundSeconds"/>.</summary>
    internal async Task<ExchangeResult> Send(Ticket ticket, ExchangeRound round, string? language, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.RoundSeconds));
        var body = JsonSerializer.SerializeToUtf8Bytes(round, Json);
        ExchangeResult result = new ExchangeResult.Lost(Refusals.ApiUnreachable);
        for (var attempt = 1; attempt <= settings.Tries; attempt++)
        {
            if (attempt > 1 && !await Pause(attempt - 1, limit.Token))
            {
                break;
            }

            (result, var again) = await Try(ticket, round.Round, body, language, limit.Token);
            if (!again)
            {
                break;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    internal static HttpClient CreateHttpClient(ApiSettings settings) =>
        new(
            new SocketsHttpHandler
            {
                // A redirect would carry the ticket to wherever it points.
                AllowAutoRedirect = false,
                UseCookies = false,
                // What is on this machine is reached without anybody between.
                UseProxy = !new Uri(settings.Address).IsLoopback,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                MaxConnectionsPerServer = 16,
            }
        )
        {
            BaseAddress = new Uri(settings.Address.EndsWith('/') ? settings.Address : settings.Address + "/"),
            Timeout = TimeSpan.FromSeconds(settings.TrySeconds),
            MaxResponseContentBufferSize = ExchangeLimits.ReplyBytes,
        };

    private async Task<(ExchangeResult Result, bool Again)> Try(
        Ticket ticket,
        int round,
        byte[] body,
        string? language,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var request = Request(ticket, body, language);
            using var response = await http.SendAsync(request, cancellationToken);
            return await Read(response, ticket.OperationId, round, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            log.LogError("The API's answer to operation {OperationId} round {Round} is too large", ticket.OperationId, round);
            return (new ExchangeResult.Lost(Refusals.ApiAnswerInvalid), false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            log.LogWarning(
                "The API did not answer operation {OperationId} round {Round}: {Reason}",
                ticket.OperationId,
                round,
                e.GetBaseException().Message
            );
            return (new ExchangeResult.Lost(Refusals.ApiUnreachable), true);
        }
    }

    private static HttpRequestMessage Request(Ticket ticket, byte[] body, string? language)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"v1/card-operations/{ticket.OperationId}/exchange")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("Card-Ticket", ticket.Text);
        if (language is not null)
        {
            // The outcome's message is the API's; the operator who reads it asked us for a language.
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        }

        return request;
    }

    private async Task<(ExchangeResult, bool)> Read(HttpResponseMessage response, string operationId, int round, CancellationToken ct)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return (await ReadReply(response, operationId, round, ct), false);
        }

        var problem = await Problem(response, ct);
        var code = problem?.Code;
        log.LogWarning(
            "The API refused operation {OperationId} round {Round} with {Status} {ApiCode}",
            operationId,
            round,
            (int)response.StatusCode,
            code
        );
        return (int)response.StatusCode switch
        {
            401 => (new ExchangeResult.Over(Refusals.TicketRefused with { ApiCode = code }), false),
            // Somebody else moved the operation at the same time; the same round again is right.
            409 when problem is { Retryable: true } => (new ExchangeResult.Lost(Refusals.ApiUnreachable with { ApiCode = code }), true),
            409 => (new ExchangeResult.Over(Refusals.RoundConflict with { ApiCode = code }), false),
            410 => (new ExchangeResult.Over(Refusals.OperationEnded with { ApiCode = code }), false),
            408 or 429 or >= 500 => (new ExchangeResult.Lost(Refusals.ApiUnreachable with { ApiCode = code }), true),
            _ => (new ExchangeResult.Lost(Refusals.ApiRefused with { ApiCode = code }), false),
        };
    }

    private async Task<ExchangeResult> ReadReply(HttpResponseMessage response, string operationId, int round, CancellationToken ct)
    {
        try
        {
            var reply = await response.Content.ReadFromJsonAsync<ExchangeReply>(Json, ct);
            return new ExchangeResult.Heard(CardScript.From(reply, round));
        }
        catch (Exception e) when (e is JsonException or InvalidReplyException or NotSupportedException)
        {
            log.LogError("The API's answer to operation {OperationId} round {Round} is invalid: {Reason}", operationId, round, e.Message);
            return new ExchangeResult.Lost(Refusals.ApiAnswerInvalid);
        }
    }

    private static async Task<ApiProblem?> Problem(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<ApiProblem>(Json, ct);
            return problem is { Code.Length: <= 100 } ? problem : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null; // a proxy's error page has no code
        }
    }

    /// <summary>Half fixed, half by chance, so that the agents of a branch do not all come back in the same moment.</summary>
    private async Task<bool> Pause(int failures, CancellationToken cancellationToken)
    {
        var longest = settings.FirstPauseMilliseconds * Math.Pow(2, failures - 1);
        var pause = TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        try
        {
            await Task.Delay(pause, clock, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record ApiProblem(string? Code, bool Retryable);
}
