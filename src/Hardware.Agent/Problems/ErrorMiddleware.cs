using Microsoft.Net.Http.Headers;

namespace Hardware.Agent.Problems;

/// <summary>The one place that turns what is not a value into a problem: unreadable requests, empty error answers, and bugs.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (!IsUtf8(context.Request))
            {
                await Refusals.OfStatus(StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context);
                return;
            }

            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
            {
                await Refusals.OfStatus(context.Response.StatusCode).ExecuteAsync(context);
            }
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Refusals.BadRequest(e.StatusCode).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            log.LogError(e, "Request {Method} {Path} failed", context.Request.Method, context.Request.Path);
            await Refusals.Internal.ExecuteAsync(context);
        }
    }

    /// <summary>
    /// JSON is UTF-8. The framework fails on another character set, and on UTF-8 in quotation marks, which HTTP allows: those are taken off.
    /// </summary>
    private static bool IsUtf8(HttpRequest request)
    {
        if (request.ContentType is not { } text || !text.Contains(';', StringComparison.Ordinal))
        {
            return true;
        }

        if (!MediaTypeHeaderValue.TryParse(text, out var type))
        {
            return false;
        }

        var charsets = type
            .Parameters.Where(p => p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase))
            .Select(p => HeaderUtilities.RemoveQuotes(p.Value))
            .ToList();
        request.ContentType = charsets.Count == 0 ? text : type.MediaType.ToString();
        return charsets.TrueForAll(c => c.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
