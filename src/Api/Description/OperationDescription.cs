using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Platform.Problems;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Description;

/// <summary>Adds what the route's metadata says: rights, headers, problems with their codes.</summary>
internal sealed class OperationDescription(RequestRules rules, Vocabulary words) : IOperationFilter
{
    private const System.Reflection.BindingFlags Anywhere =
        System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;

    private static readonly Type[] s_always = [typeof(InvalidParameter), typeof(MethodNotAllowed), typeof(InternalError)];
    private static readonly Type[] s_ofBodies =
    [
        typeof(MalformedJson),
        typeof(UnknownField),
        typeof(MissingField),
        typeof(WrongType),
        typeof(BodyRequired),
        typeof(UnsupportedMediaType),
    ];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var message = Message(context.MethodInfo.DeclaringType);
        LimitParameters(operation, message);
        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(
                Header(
                    "Idempotency-Key",
                    "1 to 64 visible ASCII characters without a comma. The same key with the same request returns the first response again."
                        + " A key belongs to its caller. A key that is reused for another request is refused.",
                    required: true
                )
            );
        }

        if (metadata.OfType<TakesIdempotencyKey>().Any() || metadata.OfType<TakesApprovalToken>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(
                Header(
                    "Approval-Token",
                    "The one-time token of an approval. Send it if the operation answered `approval-required`.",
                    required: false
                )
            );
        }

        operation.Security = [];
        var right = metadata.OfType<RequiredRight>().FirstOrDefault()?.Right;
        if (right is not null || metadata.OfType<AnySignedIn>().Any())
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("operator", context.Document)] = [] },
            ];
            if (right is { PeopleOnly: false } || metadata.OfType<AnySignedIn>().Any(s => !s.PeopleOnly))
            {
                operation.Security.Add(
                    new OpenApiSecurityRequirement
                    {
                        [new OpenApiSecuritySchemeReference("application", context.Document)] = right is null ? [] : [right.Name],
                    }
                );
            }
        }

        var open = metadata.OfType<OpenToAll>().FirstOrDefault();
        operation.Description = string.Join(
            "\n\n",
            new[]
            {
                operation.Description,
                right is null ? null : $"Right: `{right.Name}`.",
                open is null ? null : $"Open to all: {open.Reason}.",
            }.OfType<string>()
        );
        operation.Tags = new HashSet<OpenApiTagReference> { new(Tag(context), context.Document) };
        AddProblems(operation, metadata.OfType<CanRefuse>(), context);
        ResponseHeaders.Describe(operation, metadata);
    }

    /// <summary>The command or query that the slice's route makes: it has the parameters' rules.</summary>
    private static Type? Message(Type? slice)
    {
        while (slice?.DeclaringType is { } outer)
        {
            slice = outer;
        }

        return slice?.GetNestedType("Command", Anywhere) ?? slice?.GetNestedType("Query", Anywhere);
    }

    private void LimitParameters(OpenApiOperation operation, Type? message)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter is not { Name: { } name, Schema: OpenApiSchema schema })
            {
                continue;
            }

            parameter.Description ??= words.Meaning(name, parameter.In);
            if (parameter.In == ParameterLocation.Path && schema is { Type: JsonSchemaType.Integer, Format: "int64" })
            {
                // An id has more digits than a number in JavaScript holds; in bodies it is a text, too.
                (schema.Type, schema.Format, schema.Pattern) = (JsonSchemaType.String, null, "^[0-9]{1,19}$");
            }

            var property = message?.GetProperties().FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (property is not null)
            {
                rules.Apply(schema, message!, property.Name);
            }

            if (name == "limit")
            {
                (schema.Minimum, schema.Maximum, schema.Default) = (
                    "1",
                    Text(PageRequest.MaxLimit),
                    JsonValue.Create(PageRequest.DefaultLimit)
                );
            }
        }
    }

    private static string Tag(OperationFilterContext context) => PartsOfTheApi.Named(context.MethodInfo.DeclaringType!);

    private void AddProblems(OpenApiOperation operation, IEnumerable<CanRefuse> refusals, OperationFilterContext context)
    {
        operation.Responses ??= [];
        var reads = context.ApiDescription.HttpMethod == HttpMethods.Get;
        var always = s_always
            .Concat(reads ? [] : [typeof(BodyTooLarge)])
            .Concat(operation.RequestBody is null ? [] : s_ofBodies)
            .Concat(rules.Has(Message(context.MethodInfo.DeclaringType)) ? [typeof(ValidationFailed)] : []);
        foreach (
            var byStatus in refusals.Concat(always.Select(CanRefuse.Of)).DistinctBy(r => r.Code).GroupBy(r => r.Status).OrderBy(g => g.Key)
        )
        {
            var codes = string.Join("\n", byStatus.OrderBy(r => r.Code, StringComparer.Ordinal).Select(Word));
            operation.Responses[Text(byStatus.Key)] = new OpenApiResponse
            {
                Description = codes,
                Headers = ResponseHeaders.OfProblem(byStatus.Key, byStatus.Any(r => r.SaysWhen)),
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/problem+json"] = new OpenApiMediaType
                    {
                        Schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemBody), context.SchemaRepository),
                        Example = ProblemExample(byStatus.First(), books: !reads),
                    },
                },
            };
        }
    }

    /// <summary>A code, what it means, and what stands beside it in the problem.</summary>
    private static string Word(CanRefuse refusal) =>
        $"- `{refusal.Code}`: {refusal.Meaning}"
        + (refusal.Members.Count == 0 ? "" : $" With {string.Join(", ", refusal.Members.Select(m => $"`{m}`"))}.");

    private static JsonObject ProblemExample(CanRefuse refusal, bool books)
    {
        var example = new JsonObject
        {
            ["type"] = $"/problems/{refusal.Code}",
            ["title"] = refusal.Meaning,
            ["status"] = refusal.Status,
            ["code"] = refusal.Code,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
            ["retryable"] = refusal.Retryable,
        };
        if (books)
        {
            example["outcome"] = refusal.OutcomeUnknown ? "unknown" : "none";
        }

        return example;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static OpenApiParameter Header(string name, string description, bool required) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = 64,
            },
            Example = JsonValue.Create(
                name == "Idempotency-Key" ? "4f5c1d1e-2b7a-4d0e-9a55-0d9f6b1c7a10" : "q8b5xk1V3rM0s7TqYwHc2n9dZ4uLfJ6eGpAoXiBvRtE"
            ),
        };
}
