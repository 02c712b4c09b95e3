using Hardware.Agent.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Security;

/// <summary>A page's session with the agent.</summary>
/// <param name="Token">Sent with every further request as <c>Authorization: Bearer …</c>; good for this origin only. Shown once.</param>
/// <param name="ExpiresAt">When it ends; then open another.</param>
public sealed record BrowserSession(string Token, DateTimeOffset ExpiresAt);

internal static class SessionEndpoints
{
    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/sessions", Open)
            .WithName("OpenSession")
            .WithTags("Sessions")
            .WithSummary("Open a session")
            .WithDescription(
                "For a page whose origin is allowed: answers with the token that every other request carries. Keep it in memory; a page that is "
                    + "loaded anew opens another. 32 sessions are kept: beyond them the one used least recently ends, and its page gets 401."
            )
            .WithMetadata(NoSessionNeeded.Mark);

        app.MapDelete("/sessions/current", Close)
            .WithName("CloseSession")
            .WithTags("Sessions")
            .WithSummary("Close the session")
            .WithDescription("The token is worth nothing from now on.");
    }

    private static Created<BrowserSession> Open(HttpRequest request, BrowserSessions sessions)
    {
        // The origin is an allowed one: nothing gets here without that.
        var (token, expiresAt) = sessions.Open(request.Headers.Origin.ToString());
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created("/v1/sessions/current", new BrowserSession(token, expiresAt));
    }

    private static NoContent Close(HttpRequest request, BrowserSessions sessions)
    {
        sessions.Close(SessionGuard.Token(request) ?? "");
        return TypedResults.NoContent();
    }
}
