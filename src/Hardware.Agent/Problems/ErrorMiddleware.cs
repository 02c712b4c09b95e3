namespace Hardware.Agent.Problems;

/// <summary>The one place that turns what is not a value into a problem: unreadable requests, empty error answers, and bugs.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
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
}
