using System.Net.Http.Json;
using System.Text;

namespace Hardware.Agent.Tests.Security;

public sealed class RequestLimitTests
{
    [Fact]
    public async Task A_body_over_16_KB_is_refused()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);

        using var response = await agent.Http.PostAsJsonAsync("/v1/operations", new { ticket = new string('x', 17 * 1024) });

        await TestAgent.Problem(response, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Theory]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest, "request-malformed")]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest, "request-malformed")]
    [InlineData("{\"ticket\":null}", "application/json", HttpStatusCode.BadRequest, "request-malformed")]
    [InlineData("ticket=1", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "media-type-not-supported")]
    [InlineData("{}", "text/plain", HttpStatusCode.UnsupportedMediaType, "media-type-not-supported")]
    public async Task A_body_that_cannot_be_read_is_a_problem(string body, string type, HttpStatusCode status, string code)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var content = new StringContent(body, Encoding.UTF8, type);

        using var response = await agent.Http.PostAsync("/v1/operations", content);

        await TestAgent.Problem(response, status, code);
    }

    [Theory]
    [InlineData("\"utf-8\"", HttpStatusCode.BadRequest, "ticket-malformed")]
    [InlineData("UTF-8", HttpStatusCode.BadRequest, "ticket-malformed")]
    [InlineData("gbk", HttpStatusCode.UnsupportedMediaType, "media-type-not-supported")]
    [InlineData("nonsense", HttpStatusCode.UnsupportedMediaType, "media-type-not-supported")]
    [InlineData("utf-16", HttpStatusCode.UnsupportedMediaType, "media-type-not-supported")]
    public async Task A_body_is_utf_8_and_another_character_set_is_refused(string charset, HttpStatusCode status, string code)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var content = new ByteArrayContent("{\"ticket\":\"x\"}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");

        using var response = await agent.Http.PostAsync("/v1/operations", content);

        await TestAgent.Problem(response, status, code);
    }

    [Theory]
    [InlineData("/v1/readers")]
    [InlineData("/v1/nothing")]
    [InlineData("/health/live")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_is_taken_for_what_it_says_and_nobody_keeps_what_a_card_holds(string path)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);

        using var response = await agent.Http.GetAsync(path);

        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(path.StartsWith("/openapi", StringComparison.Ordinal), response.Headers.CacheControl?.NoStore != true);
    }

    [Fact]
    public async Task Unknown_addresses_and_methods_are_problems()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);

        using var nowhere = await agent.Http.GetAsync("/v1/apdu");
        using var wrong = await agent.Http.DeleteAsync("/v1/operations");

        await TestAgent.Problem(nowhere, HttpStatusCode.NotFound, "not-found");
        await TestAgent.Problem(wrong, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "没有读卡器“x”。", "zh-CN")]
    [InlineData("en-GB,zh;q=0.5", "There is no reader 'x'.", "en")]
    [InlineData("zh;q=0.1,en;q=0.9", "There is no reader 'x'.", "en")]
    [InlineData("de", "There is no reader 'x'.", "en")]
    [InlineData("zhu", "There is no reader 'x'.", "en")]
    public async Task Messages_are_in_the_language_of_the_request(string accepted, string detail, string language)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/readers/x");
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);

        using var response = await agent.Http.SendAsync(request);

        var problem = await TestAgent.Problem(response, HttpStatusCode.NotFound, "reader-not-found");
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        Assert.Equal([language], response.Content.Headers.ContentLanguage);
    }
}
