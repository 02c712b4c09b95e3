using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Security;

/// <summary>A session between a page and the agent.</summary>
/// <param name="Token">Send it with every request as <c>Authorization: Bearer …</c>. It is valid for this origin only and shown
/// once.</param>
/// <param name="ExpiresAt">When the session ends. Open another one then.</param>
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
                "Returns the token that every other request carries. The page's origin must be allowed. Keep the token in memory; a "
                    + "reloaded page opens another session. At most 32 sessions exist. One more ends the least recently used session, and "
                    + "its page gets 401."
            )
            .WithMetadata(NoSessionNeeded.Mark);

        app.MapDelete("/sessions/current", Close)
            .WithName("CloseSession")
            .WithTags("Sessions")
            .WithSummary("Close the session")
            .WithDescription("The token stops working immediately.");
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
