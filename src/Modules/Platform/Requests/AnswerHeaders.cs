using Microsoft.AspNetCore.Http;

namespace Platform.Requests;

/// <summary>
/// Headers that every answer carries (PL-06.34): nobody keeps it unless its route says otherwise, for tokens and personal data stand in most; a
/// browser takes it for what it says it is; and whoever came by TLS comes so again.
/// </summary>
internal static class AnswerHeaders
{
    private const string OneYear = "max-age=31536000";

    /// <summary>Sets them before the route runs, which may say otherwise; a cleared answer needs them again.</summary>
    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = OneYear;
        }
    }
}
