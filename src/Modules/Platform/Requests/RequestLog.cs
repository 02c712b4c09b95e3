using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.Requests;

/// <summary>The code of the problem that a request was answered with.</summary>
internal sealed record AnsweredProblem(string Code);

/// <summary>
/// One line for every request (PL-06.33): operation, status, problem code, time, and who asked. Never an address, a body or a header: there stand
/// names and certificate numbers. The line carries the trace id that the problem told its caller.
/// </summary>
internal static partial class RequestLog
{
    private static readonly List<string> s_methods =
    [
        HttpMethods.Get,
        HttpMethods.Post,
        HttpMethods.Put,
        HttpMethods.Delete,
        HttpMethods.Patch,
        HttpMethods.Head,
        HttpMethods.Options,
    ];

    private const string Nobody = "nobody";
    private const string Operator = "operator";

    public static void Write(ILogger log, HttpContext context, TimeSpan time)
    {
        var endpoint = context.GetEndpoint();
        var caller =
            endpoint is null ? null
            : context.RequestServices.GetService<RequestContext>() is { HasCaller: true } r ? r.Caller
            : null;
        var status = context.Response.StatusCode;
        Answered(
            log,
            status >= StatusCodes.Status500InternalServerError ? LogLevel.Error : LogLevel.Information,
            MethodOf(context.Request),
            OperationOf(endpoint),
            status,
            context.Features.Get<AnsweredProblem>()?.Code,
            time.Ticks / TimeSpan.TicksPerMicrosecond,
            caller is null ? Nobody : Operator,
            caller?.OperatorId,
            caller?.BranchCode,
            AddressFor(status, context)
        );
    }

    /// <summary>The operation's name; where a route has none, its pattern; where there is no route, nothing of what was asked.</summary>
    public static string OperationOf(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
        ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText
        ?? "none";

    /// <summary>A method is whatever a caller writes there.</summary>
    public static string MethodOf(HttpRequest request) =>
        s_methods.Find(m => m.Equals(request.Method, StringComparison.OrdinalIgnoreCase)) ?? "other";

    /// <summary>Who guesses passwords or tokens is found by the address; who is let in has a name.</summary>
    private static IPAddress? AddressFor(int status, HttpContext context) =>
        status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests
            ? context.Connection.RemoteIpAddress
            : null;

    [LoggerMessage(
        EventId = 1,
        EventName = "Request",
        Message = "{Method} {Operation} {Status} {Code} in {Microseconds} us, {CallerKind} {CallerId} {Branch} {Address}"
    )]
    private static partial void Answered(
        ILogger log,
        LogLevel level,
        string method,
        string operation,
        int status,
        string? code,
        long microseconds,
        string callerKind,
        long? callerId,
        string? branch,
        IPAddress? address
    );
}
