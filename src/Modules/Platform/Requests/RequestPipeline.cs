using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Platform.Persistence.Dialects;
using Platform.Problems;

namespace Platform.Requests;

/// <summary>A route's own limit of its body, in bytes, where the default does not do.</summary>
public sealed record BodyLimit(int Bytes)
{
    public const int Default = 64 * 1024;
}

/// <summary>
/// What happens around every route: the language, the headers of every answer, one line in the log, the body within its limit and hashed with method
/// and path, and every failure and empty error answer turned into a problem.
/// </summary>
public static class RequestPipeline
{
    public static IApplicationBuilder UseRequestPipeline(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Platform.Requests");
        var clock = app.ApplicationServices.GetRequiredService<TimeProvider>();
        return app.Use(
            async (context, next) =>
            {
                var since = clock.GetTimestamp();
                CultureInfo.CurrentUICulture = Language.Of(context.Request);
                AnswerHeaders.Set(context);
                try
                {
                    RefuseTextNotPlain(context.Request);
                    await next(context);
                    if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
                    {
                        await Problem.Of(RequestProblems.Of(context.Response.StatusCode)).ExecuteAsync(context);
                    }
                }
#pragma warning disable CA1031 // the one place where failures become problems
                catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
                {
                    await Report(context, e, log);
                }
                finally
                {
                    RequestLog.Write(log, context, clock.GetElapsedTime(since));
                }
            }
        );
    }

    /// <summary>
    /// Reads the body of a routed request, within its limit, and binds it by hash. Runs after routing, so that the route's limit is known.
    /// </summary>
    public static IApplicationBuilder UseRequestDigest(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var request = context.Request;
                if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || context.GetEndpoint() is not { } endpoint)
                {
                    await next(context);
                    return;
                }

                var about = context.RequestServices.GetRequiredService<RequestContext>();
                // Of two headers the text has a comma, which no key may have.
                about.IdempotencyKey = request.Headers["Idempotency-Key"] is { Count: > 0 } key ? key.ToString() : null;
                about.Operation = endpoint.Metadata.GetMetadata<OperationName>()?.Name;
                about.Http = request;
                about.ApprovalToken = request.Headers["Approval-Token"] is { Count: > 0 } token ? token.ToString() : null;
                if (endpoint.Metadata.GetMetadata<TakesFile>() is { } takes)
                {
                    await using var file = await UploadedFile.Receive(request, takes.MostBytes, context.RequestAborted);
                    request.Body = Stream.Null;
                    (about.Upload, about.Digest) = (file, file.Digest);
                    await next(context);
                    return;
                }

                TakeUtf8Alone(request);
                var limit = endpoint.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? BodyLimit.Default;
                var (body, length) = await ReadBody(request, limit, context.RequestAborted);
                if (length == 0 && endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { IsOptional: false })
                {
                    await Problem.Of(new BodyRequired()).ExecuteAsync(context);
                    return;
                }

                request.Body = new MemoryStream(body, 0, length, writable: false, publiclyVisible: true);
                about.Digest = Digest(request, body.AsSpan(0, length));
                about.Body = body.AsMemory(0, length);
                await next(context);
            }
        );

    /// <summary>The parameters of path and query are texts too. A NUL would come as an error from the database.</summary>
    private static void RefuseTextNotPlain(HttpRequest request)
    {
        var query = request.QueryString.Value ?? "";
        if (!PlainText.Holds(request.Path.Value) || (query.Contains('%', StringComparison.Ordinal) && !Plain(request.Query)))
        {
            throw new ParameterNotPlainException();
        }
    }

    /// <summary>
    /// JSON is UTF-8 (RFC 8259). The framework would take any character set that the process happens to know, and fail on the others and on one in
    /// quotation marks, which HTTP allows.
    /// </summary>
    private static void TakeUtf8Alone(HttpRequest request)
    {
        if (request.ContentType is not { } text || !text.Contains(';', StringComparison.Ordinal))
        {
            return;
        }

        if (!MediaTypeHeaderValue.TryParse(text, out var type))
        {
            throw NotUtf8();
        }

        foreach (var parameter in type.Parameters)
        {
            if (!parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!HeaderUtilities.RemoveQuotes(parameter.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            {
                throw NotUtf8();
            }

            request.ContentType = type.MediaType.ToString();
        }
    }

    private static BadHttpRequestException NotUtf8() => new("The character set is not UTF-8.", StatusCodes.Status415UnsupportedMediaType);

    private static bool Plain(IQueryCollection query) => query.All(p => PlainText.Holds(p.Key) && p.Value.All(v => PlainText.Holds(v)));

    private static async Task<(byte[] Body, int Length)> ReadBody(HttpRequest request, int limit, CancellationToken ct)
    {
        if (request.ContentLength > limit)
        {
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        }

        var buffer = new byte[request.ContentLength is { } known ? (int)known + 1 : Math.Min(limit + 1, 4096)];
        var length = 0;
        int read;
        while ((read = await request.Body.ReadAsync(buffer.AsMemory(length), ct)) > 0)
        {
            length += read;
            if (length > limit)
            {
                throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(limit + 1, buffer.Length * 2));
            }
        }

        return (buffer, length);
    }

    private static byte[] Digest(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static async Task Report(HttpContext context, Exception exception, ILogger log)
    {
        var problem = RequestProblems.Of(exception, context.RequestServices.GetRequiredService<Dialect>());
        if (problem.Refusal is DatabaseUnavailable or DatabaseBusy)
        {
            context.RequestServices.GetRequiredService<OutageLog>().Failed(exception);
        }

        if (problem.Refusal is InternalError)
        {
            log.LogError(
                exception,
                "{Method} {Operation} failed",
                RequestLog.MethodOf(context.Request),
                RequestLog.OperationOf(context.GetEndpoint())
            );
        }

        context.Response.Clear();
        AnswerHeaders.Set(context);
        await problem.ExecuteAsync(context);
    }
}

/// <summary>A parameter of path or query has a character that no text may have.</summary>
internal sealed class ParameterNotPlainException() : BadHttpRequestException("A parameter contains a forbidden character.");
