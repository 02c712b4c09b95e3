using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Idempotency;

namespace Platform.Requests;

/// <summary>
/// The name under which a route claims its callers' Idempotency-Keys. It is stored with each key and never changes: under another name an old key
/// would book a second time.
/// </summary>
public sealed record OperationName(string Name)
{
    /// <summary>Refuses the start when a route that books has no name of its own, or has the name of another one.</summary>
    public static void CheckRoutes(IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var named = new Dictionary<string, Endpoint>(StringComparer.Ordinal);
        foreach (var route in app.DataSources.SelectMany(d => d.Endpoints))
        {
            var name = route.Metadata.GetMetadata<OperationName>()?.Name;
            if (route.Metadata.GetMetadata<TakesIdempotencyKey>() is not null != name is not null)
            {
                throw new StartRefusedException(
                    $"The route {route.DisplayName} needs both or neither: Books, and WithOperation for the name of its keys.",
                    $"路由 {route.DisplayName} 必须同时声明 Books 与 WithOperation（幂等键所属的操作名），或两者都不声明。"
                );
            }

            if (name is { Length: 0 or > IdempotencyRecord.MaxOperationLength })
            {
                throw new StartRefusedException(
                    $"The operation name of {route.DisplayName} has {name.Length} characters; give it 1 to {IdempotencyRecord.MaxOperationLength}.",
                    $"路由 {route.DisplayName} 的操作名有 {name.Length} 个字符，须为 1 至 {IdempotencyRecord.MaxOperationLength} 个。"
                );
            }

            if (name is not null && !named.TryAdd(name, route))
            {
                throw new StartRefusedException(
                    $"The routes {named[name].DisplayName} and {route.DisplayName} have one operation name, {name}; their keys would mix.",
                    $"路由 {named[name].DisplayName} 与 {route.DisplayName} 使用了同一操作名 {name}，幂等键会混淆。"
                );
            }
        }
    }
}
