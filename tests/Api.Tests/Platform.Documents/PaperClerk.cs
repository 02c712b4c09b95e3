using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Access.Roles;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Platform.Documents;

/// <summary>A document as it came.</summary>
internal sealed record Shown(HttpStatusCode Status, string? Type, byte[] Bytes, HttpResponseMessage Message)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode Data => Json["data"]!;
}

/// <summary>A counter's cashier who asks for documents in a chosen format.</summary>
internal sealed class PaperClerk
{
    public const string Html = "text/html";
    public const string Json = "application/json";
    public const string Pdf = "application/pdf";

    private readonly HttpClient _client;
    private readonly string _token;

    private PaperClerk(HttpClient client, string token) => (_client, _token) = (client, token);

    public static async Task<PaperClerk> At(TestCounter counter, Clerk? clerk = null, TestHost? host = null)
    {
        var client = (host ?? counter.Host).Client;
        var body = new
        {
            branchCode = counter.BranchCode,
            login = (clerk ?? counter.Cashier).Login,
            password = Clerk.Password,
        };
        var answer = await Answered.Of(await client.PostAsJsonAsync("/v1/sign-in", body));
        return new PaperClerk(client, answer.Is(HttpStatusCode.OK)["accessToken"]);
    }

    public static string Address(string serialNumber, string kind) => $"/v1/transactions/{serialNumber}/documents/{kind}";

    public Task<Shown> Show(string serialNumber, string kind, string? accept = Json) => Get(Address(serialNumber, kind), accept);

    public async Task<Shown> Get(string address, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return await Send(_client, request, accept);
    }

    /// <summary>As somebody who is not signed in.</summary>
    public static async Task<Shown> Scan(HttpClient client, string address, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address).PathAndQuery);
        return await Send(client, request, accept);
    }

    /// <summary>Prints; gives the number.</summary>
    public async Task<Answered> Print(string serialNumber, string kind, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(serialNumber, kind) + "/printings");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Headers.Add("Idempotency-Key", key ?? Clerk.NewKey());
        using var response = await _client.SendAsync(request);
        return await Answered.Of(response);
    }

    /// <summary>Takes all rights but this one from the counter's operators; they keep what they booked before.</summary>
    public static async Task LeaveOnly(TestCounter counter, Right right)
    {
        await using var db = await counter.Host.OpenDatabase();
        await db.Set<Role>()
            .Where(r => r.BranchId == counter.BranchId)
            .ExecuteUpdateAsync(u =>
                u.SetProperty(r => r.AllRights, false).SetProperty(r => r.RightNames, right.Name).SetProperty(r => r.Version, 1)
            );
    }

    private static async Task<Shown> Send(HttpClient client, HttpRequestMessage request, string? accept)
    {
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        var response = await client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new Shown(response.StatusCode, response.Content.Headers.ContentType?.MediaType, bytes, response);
    }
}
