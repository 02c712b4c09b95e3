using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Api.Tests.Platform;

/// <summary>How request bodies are read: what may be left out, how values are written, in which character set (PL-06.4, PL-06.1).</summary>
public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("application/json", 201, null)]
    [InlineData("application/json; charset=utf-8", 201, null)]
    [InlineData("application/json; charset=UTF-8", 201, null)]
    [InlineData("application/json; charset=\"utf-8\"", 201, null)]
    [InlineData("application/json;charset=\"UTF-8\"", 201, null)]
    [InlineData("application/json; charset=gbk", 415, "unsupported-media-type")]
    [InlineData("application/json; charset=utf-16", 415, "unsupported-media-type")]
    [InlineData("application/json; charset=utf-7", 415, "unsupported-media-type")]
    [InlineData("application/json; charset=nonsense", 415, "unsupported-media-type")]
    [InlineData("application/json; charset=", 415, "unsupported-media-type")]
    [InlineData("application/json; charset=utf-8; charset=gbk", 415, "unsupported-media-type")]
    [InlineData("application/json; charset", 415, "unsupported-media-type")]
    [InlineData("text/plain", 415, "unsupported-media-type")]
    [InlineData(null, 415, "unsupported-media-type")]
    [Trait("Requirement", "PL-06.2")]
    public async Task A_body_is_utf_8_and_another_character_set_is_refused(string? contentType, int status, string? code)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        // With the code pages registered that reading a workbook registers: what the process did before must not matter.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var body = Encoding.UTF8.GetBytes(TestCounter.Payment(100).ToJsonString());
        var answer = await Post(counter, $"/v1/cards/{(await counter.IssuedCard()).Number}/collections", body, contentType);
        Assert.Equal((status, code), ((int)answer.Status, code is null ? null : answer.Code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [Trait("Requirement", "PL-06.2")]
    public async Task A_missing_body_has_a_code(string? contentType)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var address = $"/v1/cards/{(await counter.IssuedCard()).Number}/collections";
        (await Post(counter, address, null, contentType)).IsRefused(HttpStatusCode.BadRequest, "body-required");
        (await Post(counter, address, [], contentType)).IsRefused(HttpStatusCode.BadRequest, "body-required");
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task Every_operation_takes_a_body_with_its_required_members_alone()
    {
        await using var counter = await TestCounter.Open(await TestHost.Start(Database.Sqlite));
        var api = await ApiFile.Of(counter.Host);
        var (wrong, left) = (new List<string>(), 0);
        foreach (var o in api.Operations.Where(o => o.BodyExample is not null))
        {
            var least = Least(api, api.Resolve(o.BodyMedia!["schema"]!), o.BodyExample!, ref left).ToJsonString();
            var answer = await Send(counter, o.Method, o.PathWith(new Dictionary<string, string>()), least);
            // What the operation itself asks for beyond its members it says by validation-failed or a code of its own.
            if (
                ((int)answer.Status >= 500 && answer.Code is not ("power-side-silent" or "carrier-silent"))
                || answer.Text.Contains("\"missing-field\"", StringComparison.Ordinal)
            )
            {
                wrong.Add($"{o.Id}: {answer.Text} to {least}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(left > 40, $"{left} members were left out.");
    }

    [Fact]
    [Trait("Requirement", "PL-06.1"), Trait("Requirement", "PL-06.2")]
    public async Task A_missing_member_is_named_wherever_it_stands()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var api = await ApiFile.Of(counter.Host);
        var (wrong, tried) = (new List<string>(), 0);
        // But for the exchange, whose ticket is asked for first.
        foreach (var o in api.Operations.Where(o => o.BodyExample is not null && o.Id != "ExchangeWithCard"))
        {
            foreach (var (path, body) in WithoutEach(api, api.Resolve(o.BodyMedia!["schema"]!), o.BodyExample!, ""))
            {
                var answer = await Send(counter, o.Method, o.PathWith(new Dictionary<string, string>()), body);
                var named = answer.Body["errors"]?.AsArray().Select(e => e!["field"]!.GetValue<string>()).ToList() ?? [];
                tried++;
                if (answer.Code != "missing-field" || !named.Contains(path))
                {
                    wrong.Add($"{o.Id} without {path}: {answer.Text}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {tried}:\n{string.Join('\n', wrong.Take(40))}");
        Assert.True(tried > 100, $"{tried}");
    }

    [Theory]
    [InlineData("\"CASH\"")]
    [InlineData("\"Cash\"")]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("\"cash \"")]
    [InlineData("\"cash,transfer\"")]
    [Trait("Requirement", "PL-06.4")]
    public async Task An_enumeration_is_written_as_the_contract_writes_it(string method)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var body = $$"""{"amount":100,"paymentMethod":{{method}},"oilType":"gasoline92"}""";
        var address = $"/v1/cards/{(await counter.IssuedCard()).Number}/collections";
        (await Post(counter, address, Encoding.UTF8.GetBytes(body), "application/json")).IsRefused(HttpStatusCode.BadRequest, "wrong-type");
    }

    [Fact]
    [Trait("Requirement", "PL-06.4")]
    public async Task Every_enumeration_in_an_address_is_written_as_the_contract_writes_it()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var api = await ApiFile.Of(counter.Host);
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var o in api.Operations)
        {
            // Bound as text and held against the names: the framework would bind an enumeration by the names in the code, and by numbers.
            Assert.DoesNotContain(o.Parameters, p => api.Resolve(p["schema"]!)["enum"] is not null);
            foreach (var p in o.Parameters.Where(p => Names(api.Resolve(p["schema"]!)).Length > 0))
            {
                var (name, value) = (ApiOperation.Name(p), Names(api.Resolve(p["schema"]!))[0]);
                foreach (var text in (string[])[value.ToUpperInvariant(), char.ToUpperInvariant(value[0]) + value[1..], "0", "1"])
                {
                    var path = o.PathWith(new Dictionary<string, string> { [name] = text });
                    var query = p["in"]!.GetValue<string>() == "query" ? $"?{name}={text}" : "";
                    var answer = await Send(counter, o.Method, path + query, o.BodyExample?.ToJsonString());
                    tried++;
                    if (answer.Status != HttpStatusCode.BadRequest)
                    {
                        wrong.Add($"{o.Id} {name}={text}: {answer.Status} {answer.Text}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(tried > 10, $"{tried}");
    }

    [Fact]
    [Trait("Requirement", "PL-06.2")]
    public async Task A_sentence_about_a_field_names_it_as_the_caller_wrote_it()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var body = new
        {
            branchCode = "x",
            login = "",
            password = "",
        };
        var answer = (await counter.Cashier.Post("/v1/sign-in", body)).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        var errors = answer.Body["errors"]!.AsArray();
        Assert.All(errors, e => Assert.DoesNotContain("Body", e!["message"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Contains(errors, e => e!["message"]!.GetValue<string>().Contains("'branchCode'", StringComparison.Ordinal));
    }

    /// <summary>The values that a pattern lists: <c>^(cash|transfer)$</c>.</summary>
    private static string[] Names(JsonObject schema) =>
        schema["pattern"]?.GetValue<string>() is { } pattern
        && pattern.StartsWith("^(", StringComparison.Ordinal)
        && pattern.EndsWith(")$", StringComparison.Ordinal)
            ? [.. pattern[2..^2].Split('|').Where(n => n.All(char.IsAsciiLetter))]
            : [];

    /// <summary>The example with what may be left out left out, inside its parts, too.</summary>
    private static JsonNode Least(ApiFile api, JsonObject schema, JsonNode example, ref int left)
    {
        if (example is JsonArray items)
        {
            var least = new JsonArray();
            foreach (var item in items)
            {
                least.Add(Least(api, api.Resolve(schema["items"]!), item!, ref left));
            }

            return least;
        }

        if (example is not JsonObject members || schema["properties"] is not JsonObject properties)
        {
            return example.DeepClone();
        }

        var required = Required(schema);
        var kept = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (required.Contains(name))
            {
                kept[name] = Least(api, api.Resolve(properties[name]!), value!, ref left);
            }
        }

        left += properties.Count - required.Count;
        return kept;
    }

    private static IEnumerable<(string Path, string Body)> WithoutEach(ApiFile api, JsonObject schema, JsonObject example, string inside)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        foreach (var name in Required(schema).Where(example.ContainsKey))
        {
            var without = (JsonObject)example.DeepClone();
            without.Remove(name);
            yield return ($"{inside}{name}", without.ToJsonString());
            if (example[name] is JsonObject part)
            {
                foreach (var (path, body) in WithoutEach(api, api.Resolve(properties[name]!), part, $"{inside}{name}."))
                {
                    var whole = (JsonObject)example.DeepClone();
                    whole[name] = JsonNode.Parse(body);
                    yield return (path, whole.ToJsonString());
                }
            }
        }
    }

    private static HashSet<string> Required(JsonObject schema) =>
        [.. (schema["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>())];

    private static Task<Answered> Send(TestCounter counter, string method, string path, string? body) =>
        Send(counter, method, path, body is null ? null : Encoding.UTF8.GetBytes(body), "application/json");

    private static Task<Answered> Post(TestCounter counter, string path, byte[]? body, string? contentType) =>
        Send(counter, "POST", path, body, contentType);

    private static async Task<Answered> Send(TestCounter counter, string method, string path, byte[]? body, string? contentType)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", counter.Cashier.Token);
        request.Headers.Add("Idempotency-Key", Clerk.NewKey());
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        request.Headers.TryAddWithoutValidation("Card-Ticket", new string('t', 43));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (contentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        }

        using var response = await counter.Host.Client.SendAsync(request);
        return await Answered.Of(response);
    }
}
