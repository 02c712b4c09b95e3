using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Api.Tests.Harness;

/// <summary>A signed-in operator of a counter, who sends requests.</summary>
public sealed class Clerk(HttpClient client, string branchCode, string login, long id)
{
    public const string Password = "Counter2026";

    private const int MaxPages = 500;

    private string _token = "";

    public string Login => login;

    public long Id => id;

    /// <summary>The access token, for tests that send by themselves.</summary>
    public string Token => _token;

    /// <summary>For new tokens, once.</summary>
    public string RefreshToken { get; private set; } = "";

    /// <summary>Goes on with another clerk's session: the same operator at another instance.</summary>
    public void Use(Clerk signedIn)
    {
        ArgumentNullException.ThrowIfNull(signedIn);
        (_token, RefreshToken) = (signedIn.Token, signedIn.RefreshToken);
    }

    public async Task SignIn()
    {
        var body = new
        {
            branchCode,
            login,
            password = Password,
        };
        var answer = await Answered.Of(await client.PostAsJsonAsync("/v1/sign-in", body));
        _token = answer.Is(HttpStatusCode.OK)["accessToken"];
        RefreshToken = answer["refreshToken"];
    }

    public Task<Answered> Get(string path) => Send(HttpMethod.Get, path, null, null, null);

    /// <summary>Searches: a POST that stores nothing and takes no key.</summary>
    public Task<Answered> Search(string path, object body) => Send(HttpMethod.Post, path, body, null, null);

    /// <summary>Every item of a list, page after page.</summary>
    public async Task<List<JsonNode>> Walk(string path, int limit = 100)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (found, after, joint) = (new List<JsonNode>(), "", path.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        for (var page = 0; page < MaxPages; page++)
        {
            var shown = (await Get($"{path}{joint}limit={limit}{after}")).Is(HttpStatusCode.OK).Body;
            found.AddRange(shown["items"]!.AsArray().Select(i => i!));
            if (shown["next"] is not { } next)
            {
                return found;
            }

            after = $"&after={next}";
        }

        throw new InvalidOperationException($"The pages of {path} do not end.");
    }

    /// <summary>A file, with the headers it came with.</summary>
    public async Task<(byte[] File, HttpContentHeaders Headers)> Download(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers);
    }

    /// <summary>Books, under a fresh key where none is given.</summary>
    public Task<Answered> Post(string path, object body, string? key = null, string? approval = null) =>
        Send(HttpMethod.Post, path, body, key ?? NewKey(), approval);

    /// <summary>Books what needs an approval: asks, lets the approver approve, asks again.</summary>
    public async Task<Answered> PostApproved(string path, object body, Clerk approver, string? key = null)
    {
        var asked = await Post(path, body, key);
        return asked.Status == HttpStatusCode.Forbidden && asked.Code == "approval-required"
            ? await Post(path, body, key, await Approve(asked, approver))
            : asked;
    }

    /// <summary>Edits under the version that was read, with the approval where one is asked for.</summary>
    public async Task<Answered> PutApproved(string path, object body, string ifMatch, Clerk approver)
    {
        var asked = await Send(HttpMethod.Put, path, body, null, null, ifMatch);
        return asked.Status == HttpStatusCode.Forbidden && asked.Code == "approval-required"
            ? await Send(HttpMethod.Put, path, body, null, await Approve(asked, approver), ifMatch)
            : asked;
    }

    /// <summary>Edits under the version that was read.</summary>
    public Task<Answered> Put(string path, object body, string ifMatch) => Send(HttpMethod.Put, path, body, null, null, ifMatch);

    /// <summary>As many approvals of one and the same request.</summary>
    public async Task<List<string>> Approvals(string path, object body, Clerk approver, int count)
    {
        var tokens = new List<string>();
        while (tokens.Count < count)
        {
            tokens.Add(await Approve(await Post(path, body), approver));
        }

        return tokens;
    }

    /// <summary>The approver approves at his own desk what the problem approval-required asks for; the token.</summary>
    public async Task<string> Approve(Answered asked, Clerk approver)
    {
        asked.IsRefused(HttpStatusCode.Forbidden, "approval-required");
        ArgumentNullException.ThrowIfNull(approver);
        var request = $"/v1/approval-requests/{asked["approvalRequestId"]}";
        (await approver.Post($"{request}/approvals", new { })).Is(HttpStatusCode.Created);
        return (await Get(request)).Is(HttpStatusCode.OK)["approvalToken"];
    }

    public Task<Answered> Delete(string path) => Send(HttpMethod.Delete, path, null, null, null);

    public static string NewKey() => Guid.NewGuid().ToString("N");

    private async Task<Answered> Send(HttpMethod method, string path, object? body, string? key, string? approval, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Options);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Headers.AcceptLanguage.ParseAdd("en");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (approval is not null)
        {
            request.Headers.Add("Approval-Token", approval);
        }

        using var response = await client.SendAsync(request);
        return await Answered.Of(response);
    }
}
