using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace Api.Description;

/// <summary>The headers that answers carry, read off the route's metadata.</summary>
internal static class ResponseHeaders
{
    /// <summary>Those of answers that are no problems.</summary>
    public static void Describe(OpenApiOperation operation, IList<object> metadata)
    {
        var location = metadata.OfType<GivesLocation>().Any();
        var key = metadata.OfType<TakesIdempotencyKey>().Any();
        var versioned = metadata.OfType<IProducesResponseTypeMetadata>().Any(p => typeof(IVersionedResponse).IsAssignableFrom(p.Type));
        var cached = operation.Parameters?.Any(p => p.Name == "If-None-Match") == true;
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (status[0] is not ('2' or '3') || answer is not OpenApiResponse { } response)
            {
                continue;
            }

            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            if (location && status is "201" or "202")
            {
                response.Headers["Location"] = Text("The URL of the created resource.", "/v1/transactions/00030150224112025607");
            }

            if (versioned || cached)
            {
                response.Headers["ETag"] = Text("The version of the returned resource, for If-Match or If-None-Match.", "\"3\"");
            }

            if (key && status[0] == '2')
            {
                var replayed = Text("`true` if this is a replay of the stored first response; absent otherwise.", "true");
                replayed.Required = false;
                response.Headers["Idempotency-Replayed"] = replayed;
            }
        }
    }

    /// <summary>Those of problems.</summary>
    public static Dictionary<string, IOpenApiHeader>? OfProblem(int status, bool saysWhen)
    {
        var headers = new Dictionary<string, IOpenApiHeader>();
        if (saysWhen)
        {
            var retryAfter = Text("Seconds to wait before a retry. Present for retryable codes.", "1");
            // Of several codes of one status, not each says when.
            retryAfter.Required = status == StatusCodes.Status429TooManyRequests;
            headers["Retry-After"] = retryAfter;
        }

        return headers.Count == 0 ? null : headers;
    }

    private static OpenApiHeader Text(string description, string example) =>
        new()
        {
            Description = description,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = JsonValue.Create(example),
        };
}
