using System.Text.Json.Nodes;

namespace Hardware.Agent.Tests;

public sealed class OpenApiTests
{
    /// <summary>With UPDATE_OPENAPI=1 the file is written from the agent instead (eng/openapi.sh).</summary>
    [Fact]
    public async Task The_committed_description_is_that_of_the_running_agent()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        var file = Path.Combine(Root(), "openapi", "hardware-agent.v1.json");

        var now = (await agent.Http.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
            await File.WriteAllTextAsync(file, now);
        }

        Assert.Equal((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n"), now);
    }

    [Fact]
    public async Task The_description_is_given_packed_or_not_at_all_to_who_has_it()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var first = await agent.Http.GetAsync("/openapi/v1.json");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var same = await agent.Http.SendAsync(again);
        using var packed = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        packed.Headers.AcceptEncoding.ParseAdd("gzip");
        using var smaller = await agent.Http.SendAsync(packed);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, smaller.StatusCode));
        Assert.Equal(["gzip"], smaller.Content.Headers.ContentEncoding);
        // A page of another origin must not get what a page of ours got.
        Assert.Contains("Origin", first.Headers.Vary);
        Assert.DoesNotContain(
            "localhost",
            JsonNode.Parse(await first.Content.ReadAsStringAsync())!["info"]!.ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_operation_has_examples_and_every_schema_field_and_parameter_a_description()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        var root = JsonNode.Parse(await agent.Http.GetStringAsync("/openapi/v1.json"))!;
        var bare = new List<string>();
        foreach (var (path, item) in root["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                var content = operation!["responses"]!
                    .AsObject()
                    .Select(r => r.Value!["content"])
                    .Append(operation["requestBody"]?["content"]);
                bare.AddRange(
                    content
                        .SelectMany(c => c?.AsObject() ?? [])
                        .Where(m => m.Value!["example"] is null)
                        .Select(m => $"{method} {path} {m.Key}")
                );
                bare.AddRange(
                    (operation["parameters"]?.AsArray() ?? [])
                        .Where(p => p!["example"] is null || p["description"] is null)
                        .Select(p => $"{method} {path} {p!["name"]}")
                );
            }
        }

        foreach (var (name, schema) in root["components"]!["schemas"]!.AsObject())
        {
            bare.AddRange(schema!["description"] is null ? [name] : []);
            bare.AddRange(
                (schema["properties"]?.AsObject() ?? [])
                    .Where(p => p.Value!["$ref"] is null && p.Value["description"] is null)
                    .Select(p => $"{name}.{p.Key}")
            );
        }

        Assert.True(bare.Count == 0, string.Join('\n', bare));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Api.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Api.sln is in no folder above the tests.");
    }
}
