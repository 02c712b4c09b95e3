using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Hardware.Agent.Tests.Peer;

/// <summary>A command the peer wants run.</summary>
internal sealed record PeerCommand(string Apdu, bool Commit = false, string[]? ContinueOn = null);

/// <summary>What the peer answers.</summary>
internal sealed record PeerReply(int Status, string Body)
{
    /// <summary>Where a redirect points.</summary>
    internal string? Location { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static PeerReply Commands(int round, params PeerCommand[] commands) =>
        Ok(
            new
            {
                round,
                commands,
                done = false,
            }
        );

    internal static PeerReply Done(PeerRound round, string state = "confirmed", string? code = null) =>
        Ok(
            new
            {
                round = round.Round + 1,
                commands = Array.Empty<PeerCommand>(),
                done = true,
                outcome = new
                {
                    operationId = round.OperationId,
                    kind = "load",
                    state,
                    code,
                    message = "…",
                },
            }
        );

    internal static PeerReply Problem(int status, string code) =>
        new(
            status,
            JsonSerializer.Serialize(
                new
                {
                    status,
                    code,
                    title = code,
                },
                Json
            )
        );

    internal static PeerReply Ok(object body) => new(200, JsonSerializer.Serialize(body, Json));

    internal async Task Write(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.Headers.Location = Location;
        context.Response.ContentType = Status == 200 ? "application/json" : "application/problem+json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body));
    }
}
