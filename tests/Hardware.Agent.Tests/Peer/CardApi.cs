using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hardware.Agent.Tests.Peer;

/// <summary>
/// The API's side of the exchange, over real HTTP: it gives each operation's commands round by round, keeps its answers so that the same round
/// with the same body gets the same one, and can lose replies or go away.
/// </summary>
internal sealed class CardApi : IAsyncDisposable
{
    private readonly Dictionary<string, PeerOperation> _operations = [];
    private WebApplication? _app;
    private int _port;
    private int _next = 1000;

    /// <summary>How many requests came for any operation, known or not.</summary>
    internal int Requests { get; private set; }

    internal string Address => $"http://127.0.0.1:{_port}/";

    internal static async Task<CardApi> Start()
    {
        var api = new CardApi();
        await api.Up();
        return api;
    }

    /// <summary>An operation with one step for each round: what the API answers to it.</summary>
    internal PeerOperation Prepare(params Func<PeerRound, PeerReply>[] steps)
    {
        var id = Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var operation = new PeerOperation(id, $"{id}.{secret}", steps);
        lock (_operations)
        {
            _operations[id] = operation;
        }

        return operation;
    }

    /// <summary>Listens, again on the same port after <see cref="Down"/>.</summary>
    internal async Task Up()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        _app = builder.Build();
        _app.MapPost("/v1/card-operations/{operationId}/exchange", Exchange);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.Single()).Port;
    }

    internal async Task Down()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await Down();

    private async Task Exchange(HttpContext context, string operationId)
    {
        Requests++;
        PeerOperation? operation;
        lock (_operations)
        {
            operation = _operations.GetValueOrDefault(operationId);
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (operation is null || context.Request.Headers["Card-Ticket"] != operation.Ticket)
        {
            await PeerReply.Problem(401, "ticket-invalid").Write(context);
            return;
        }

        var (reply, lost) = await operation.Answer(body, context.Request.Headers.AcceptLanguage.ToString());
        if (lost)
        {
            context.Abort();
            return;
        }

        await reply.Write(context);
    }
}
