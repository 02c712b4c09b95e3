using System.Net.Http.Headers;
using System.Text;

namespace Api.Tests.Platform;

/// <summary>Headers that every answer carries (PL-06.34).</summary>
public sealed class AnswerHeadersTests
{
    [Fact]
    [Trait("Requirement", "PL-06.34")]
    public async Task Every_operation_s_answer_is_kept_by_nobody_and_taken_for_what_it_says()
    {
        var host = await TestHost.Shared(Database.Sqlite);
        await using var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 10_000);
        var values = new Dictionary<string, string>
        {
            ["cardNumber"] = card.Number,
            ["customerCode"] = card.CustomerCode,
            ["serialNumber"] = serial,
            ["kind"] = "advance-receipt",
        };
        var api = await ApiFile.Of(host);
        var (good, wrong) = (0, new List<string>());
        foreach (var o in api.Operations)
        {
            foreach (var token in (string?[])[o.Method == "GET" ? counter.Cashier.Token : null, null])
            {
                using var answer = await Send(host.Client, o.Method, o.PathWith(values), token, o.BodyExample?.ToJsonString());
                good += answer.IsSuccessStatusCode ? 1 : 0;
                if (!Is(answer, "Cache-Control", "no-store") || !Is(answer, "X-Content-Type-Options", "nosniff"))
                {
                    wrong.Add($"{o.Id} {(int)answer.StatusCode}: {answer.Headers}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        // Lists, files, papers and single things are among them.
        Assert.True(good > 20, $"{good}");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-thing")]
    [InlineData("/v1/cards?after=%00")]
    [InlineData("/v1/sign-in")]
    [InlineData("/health/live")]
    [InlineData("/internal/runtime")]
    [InlineData("/openapi/counter.v1.json")]
    [InlineData("/problems/not-found")]
    [Trait("Requirement", "PL-06.34")]
    public async Task An_answer_without_a_route_carries_them_too_and_hsts_over_tls_alone(string path)
    {
        var host = await TestHost.Shared(Database.Sqlite);
        using var tls = host.CreateClient();
        tls.BaseAddress = new Uri("https://localhost");
        using var plain = await host.Client.GetAsync(path);
        using var secure = await tls.GetAsync(path);

        Assert.True(Is(plain, "X-Content-Type-Options", "nosniff"), path);
        Assert.True(Is(secure, "X-Content-Type-Options", "nosniff"), path);
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        Assert.True(Is(secure, "Strict-Transport-Security", "max-age=31536000"), path);
    }

    private static bool Is(HttpResponseMessage answer, string header, string value) =>
        answer.Headers.TryGetValues(header, out var values) && values.SingleOrDefault() == value;

    private static async Task<HttpResponseMessage> Send(HttpClient client, string method, string path, string? token, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }
}
