using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Api.Description;

namespace Api.Tests.Platform;

/// <summary>The OpenAPI file, made once for all; and that every address that an answer names leads somewhere (PL-06.1, PL-06.2).</summary>
public sealed class DescriptionFileTests
{
    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task The_file_is_made_once_and_given_packed_or_not_at_all_to_who_has_it()
    {
        var made = 0;
        var file = new DescriptionFile(() => $$"""{"made":{{Interlocked.Increment(ref made)}},"text":"{{new string('x', 4_000)}}"}""");
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Ask(file))));
        Assert.Equal(1, made);
        Assert.All(all, a => Assert.Equal(all[0].Body, a.Body));

        var tag = all[0].Tag;
        Assert.Equal((304, 0), ((await Ask(file, ifNoneMatch: tag)).Status, (await Ask(file, ifNoneMatch: tag)).Body.Length));
        Assert.Equal(304, (await Ask(file, ifNoneMatch: $"\"other\", {tag}")).Status);
        Assert.Equal(200, (await Ask(file, ifNoneMatch: "\"other\"")).Status);
        var gzip = await Ask(file, accepts: "gzip");
        Assert.Equal(("gzip", tag), (gzip.Encoding, gzip.Tag));
        Assert.Equal(all[0].Body, Unpacked(new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress)));
        var brotli = await Ask(file, accepts: "gzip, br");
        Assert.Equal(all[0].Body, Unpacked(new BrotliStream(new MemoryStream(brotli.Body), CompressionMode.Decompress)));
        Assert.Null((await Ask(file, accepts: "gzip;q=0, br;q=0")).Encoding);
        Assert.Equal(1, made);
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task The_running_api_s_file_carries_a_tag_and_names_nobody_who_is_not_there()
    {
        var host = await TestHost.Shared(Database.Sqlite);
        using var first = await host.Client.GetAsync(ApiFile.Address);
        var tag = first.Headers.ETag!;
        using var again = new HttpRequestMessage(HttpMethod.Get, ApiFile.Address) { Headers = { IfNoneMatch = { tag } } };
        using var same = await host.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        var about = JsonNode.Parse(await first.Content.ReadAsStringAsync())!["info"]!;
        Assert.DoesNotContain("localhost", about.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "PL-06.2")]
    public async Task The_type_of_every_problem_leads_to_what_it_means_in_both_languages()
    {
        var host = await TestHost.Shared(Database.Sqlite);
        var api = await ApiFile.Of(host);
        var codes = api
            .Operations.SelectMany(o =>
                o.Node["responses"]!
                    .AsObject()
                    .Where(r => r.Key[0] is '4' or '5')
                    .SelectMany(r => o.Codes(int.Parse(r.Key, CultureInfo.InvariantCulture)))
            )
            .Append("host-not-allowed")
            .Append("client-gone")
            .Distinct()
            .ToList();
        Assert.True(codes.Count > 100);
        foreach (var code in codes)
        {
            var kind = JsonNode.Parse(await host.Client.GetStringAsync($"/problems/{code}"))!;
            Assert.Equal((code, $"/problems/{code}"), (kind["code"]!.GetValue<string>(), kind["type"]!.GetValue<string>()));
            var meanings = kind["meanings"]!.AsArray();
            Assert.NotEmpty(meanings);
            Assert.All(meanings, m => Assert.NotEmpty(m!["en"]!.GetValue<string>()));
            Assert.All(meanings, m => Assert.Contains(m!["zh"]!.GetValue<string>(), c => c > 0x2E80));
        }

        var all = JsonNode.Parse(await host.Client.GetStringAsync("/problems"))!.AsArray();
        Assert.Empty(codes.Except(all.Select(k => k!["code"]!.GetValue<string>())));
        using var unknown = await host.Client.GetAsync("/problems/no-such-code");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task The_root_names_the_description_and_what_it_names_is_there()
    {
        var host = await TestHost.Shared(Database.Sqlite);
        var root = JsonNode.Parse(await host.Client.GetStringAsync("/"))!.AsObject();
        var named = root.Select(m => m.Value!.GetValue<string>()).Where(v => v.StartsWith('/')).ToList();
        Assert.Contains(ApiFile.Address, named);
        foreach (var address in named)
        {
            using var found = await host.Client.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        }
    }

    private static byte[] Unpacked(Stream packed)
    {
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    private static async Task<(int Status, byte[] Body, string Tag, string? Encoding)> Ask(
        DescriptionFile file,
        string? accepts = null,
        string? ifNoneMatch = null
    )
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        context.Request.Headers.AcceptEncoding = accepts;
        context.Request.Headers.IfNoneMatch = ifNoneMatch;
        await file.Answer(context);
        var encoding = context.Response.Headers.ContentEncoding.ToString();
        return (
            context.Response.StatusCode,
            body.ToArray(),
            context.Response.Headers.ETag.ToString(),
            encoding.Length == 0 ? null : encoding
        );
    }
}
