using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Api.Tests.Harness.Pcsc;

/// <summary>
/// An address at which an agent in another process reaches the APIs of this one, which listen at none: each operation is passed on to the API that
/// began it.
/// </summary>
internal sealed class ApiGate
{
    private const string Ticket = "Card-Ticket";

    private readonly ConcurrentDictionary<string, HttpClient> _apis = [];
    private readonly WebApplication _app;

    private ApiGate(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<ApiGate> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var gate = new ApiGate(builder.Build());
        gate._app.MapPost("/v1/card-operations/{id}/exchange", gate.Pass);
        await gate._app.StartAsync();
        return gate;
    }

    public void Expect(string operationId, HttpClient api) => _apis[operationId] = api;

    private async Task Pass(string id, HttpContext http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, http.Request.Path.ToString());
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        request.Content = new ByteArrayContent(body.ToArray()) { Headers = { ContentType = new("application/json") } };
        request.Headers.Add(Ticket, http.Request.Headers[Ticket].ToString());
        using var answer = await _apis[id].SendAsync(request);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(http.Response.Body);
    }
}
