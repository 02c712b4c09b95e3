using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Hardware.Agent;

/// <summary>An example for every request, answer and parameter: one counter, one reader, one card. Spectral holds them against the schemas.</summary>
internal sealed class AgentExamples : IDocumentFilter
{
    private const string Reader = """{"name":"Virtual reader 1","state":"card","atr":"3B6800000073C84000009000"}""";
    private const string Operation =
        """{"operationId":"126437891174400000","reader":"Virtual reader 1","state":"done","journalOpen":false,"rounds":4,"startedAt":"2026-11-22T10:15:30+08:00","endedAt":"2026-11-22T10:15:32+08:00"}""";

    private const string Meter =
        """{"meterNumber":"202600000001","readiness":"bound","userNumber":"000000000042","remaining":20500,"totalUse":15000,"lastSeq":1,"valveClosed":false,"alarm":false}""";

    private static readonly Dictionary<string, string> s_bodies = new()
    {
        ["AgentHealth"] = """{"readers":1,"openOperations":0,"journalTornBytes":0,"journalDamagedLines":0}""",
        ["ArrangeFaultRequest"] = """{"kind":"tearAfter","atCommand":5}""",
        ["BrowserSession"] = """{"token":"q8b5xk1V3rM0s7TqYwHc2n9dZ4uLfJ6eGpAoXiBvRtE","expiresAt":"2026-11-22T18:15:30+08:00"}""",
        ["CardOnReader"] =
            """{"reader":"Virtual reader 1","atr":"3B6800000073C84000009000","kind":"issued","cardNumber":"1000110000000013","expiry":"2036-11-22","balance":20000,"points":200}""",
        ["CardOperation"] = Operation,
        ["CardOperationList"] = $$"""{"items":[{{Operation}}]}""",
        ["CardReader"] = Reader,
        ["CardReaderList"] = $$"""{"items":[{{Reader}}]}""",
        ["CardSwiped"] = $$"""{"result":"taken","meter":{{Meter}}}""",
        ["CreateMemoryCardRequest"] = """{"face":"sle4442"}""",
        ["CreateMeterRequest"] = """{"meterNumber":"202600000001"}""",
        ["MeterOnBench"] = Meter,
        ["MeterOnBenchList"] = $$"""{"items":[{{Meter}}]}""",
        ["MeterUsed"] = $$"""{"used":15000,"meter":{{Meter}}}""",
        ["SwipeCardRequest"] = """{"cardId":"memory-0001"}""",
        ["UseMeterRequest"] = """{"quantity":15000}""",
        ["InsertCardRequest"] = """{"cardId":"card-0001"}""",
        ["OperationOutcome"] =
            """{"operationId":"126437891174400000","kind":"load","state":"confirmed","message":"Confirmed.","serialNumber":"00030150224112025607"}""",
        // The data of one server-sent event.
        ["ReaderEvent"] = $$"""{"reader":{{Reader}},"at":"2026-11-22T10:15:30+08:00"}""",
        ["SimulatedCard"] = """{"cardId":"card-0001"}""",
        ["SimulatedCardList"] = """{"items":[{"cardId":"card-0001","reader":"Virtual reader 1"}]}""",
        ["StartOperationRequest"] =
            """{"ticket":"126437891174400000.q8b5xk1V3rM0s7TqYwHc2n9dZ4uLfJ6eGpAoXiBvRtE","reader":"Virtual reader 1"}""",
    };

    private static readonly Dictionary<string, (string Words, JsonNode Example)> s_parameters = new()
    {
        ["meterNumber"] = ("The simulated meter's number, 12 digits.", "202600000001"),
        ["open"] = ("`true` returns only operations whose journal is open.", true),
        ["operationId"] = ("The operation's id at the API.", "126437891174400000"),
        ["reader"] = ("The reader's name. Optional if only one reader holds a card.", "Virtual reader 1"),
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(p => p.Operations ?? []).Select(o => o.Value))
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            {
                if (s_parameters.TryGetValue(parameter.Name ?? "", out var known))
                {
                    (parameter.Description, parameter.Example) = (known.Words, known.Example.DeepClone());
                }
            }

            Complete(operation.RequestBody?.Content);
            foreach (var (status, answer) in operation.Responses ?? [])
            {
                Complete(answer.Content);
                CompleteProblem(answer.Content, status);
            }
        }
    }

    private static void Complete(IDictionary<string, IOpenApiMediaType>? content)
    {
        foreach (var media in (content ?? new Dictionary<string, IOpenApiMediaType>()).Values.OfType<OpenApiMediaType>())
        {
            if (media.Schema is OpenApiSchemaReference { Reference.Id: { } id } && s_bodies.TryGetValue(id, out var json))
            {
                media.Example = JsonNode.Parse(json);
            }
        }
    }

    private static void CompleteProblem(IDictionary<string, IOpenApiMediaType>? content, string status)
    {
        if (content?.TryGetValue("application/problem+json", out var found) == true && found is OpenApiMediaType media)
        {
            var code = Code(status);
            media.Example = new JsonObject
            {
                ["type"] = $"/problems/{code}",
                ["title"] = code.Replace('-', ' '),
                ["status"] = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture),
                ["detail"] = "A sentence for the operator.",
                ["code"] = code,
                ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
                ["retryable"] = status is "503" or "423",
            };
        }
    }

    /// <summary>A refusal that this status often is.</summary>
    private static string Code(string status) =>
        status switch
        {
            "400" => "ticket-malformed",
            "401" => "session-required",
            "403" => "origin-not-allowed",
            "404" => "reader-not-found",
            "409" => "no-card",
            "410" => "operation-ended",
            "413" => "body-too-large",
            "415" => "media-type-not-supported",
            "423" => "reader-busy",
            "429" => "too-many-streams",
            "502" => "api-refused",
            _ => "reader-not-responding",
        };
}
