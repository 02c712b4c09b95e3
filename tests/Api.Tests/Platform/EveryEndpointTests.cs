using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Access.Branches;
using Access.Operators;
using Access.Roles;
using Access.SigningIn;
using Customers;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Idempotency;
using Platform.Outbox;
using Platform.Problems;

namespace Api.Tests.Platform;

/// <summary>
/// Walks every operation of the description with wrong requests: each is answered by a problem that the description names, in the language asked for,
/// and nothing is booked.
/// </summary>
public sealed class EveryEndpointTests
{
    private const int Shown = 60;
    private static readonly ParallelOptions s_atOnce = new() { MaxDegreeOfParallelism = 8 };

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.2"), Trait("Requirement", "PL-06.3"), Trait("Requirement", "PL-03.6")]
    public async Task A_wrong_request_gets_a_described_problem_and_books_nothing(Database database)
    {
        var (counter, api, values) = await Open(database);
        await using var opened = counter;
        var before = await Rows(counter.Host);
        var wrong = new ConcurrentBag<string>();
        var requests = api.Operations.SelectMany(o => BadRequests.Of(api, o, values).Select(bad => (Operation: o, Bad: bad)));
        var sent = 0;
        await Parallel.ForEachAsync(
            requests,
            s_atOnce,
            async (request, _) =>
            {
                var chinese = Interlocked.Increment(ref sent) % 2 == 0;
                var answer = await Send(counter.Host, request.Bad, counter.Cashier.Token, chinese);
                if (Judge(request.Operation, request.Bad, answer, chinese) is { } fault)
                {
                    wrong.Add($"{request.Operation.Id}, {request.Bad.Name}: {fault}");
                }
            }
        );

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {sent}:\n{string.Join('\n', wrong.Order(StringComparer.Ordinal).Take(Shown))}");
        Assert.Equal(before, await Rows(counter.Host));
        await counter.BooksAreSound();
    }

    /// <summary>A proxy may send what came twice as one line with a comma, or as it came.</summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_key_that_comes_twice_is_refused_by_every_operation_that_books(Database database)
    {
        var (counter, api, values) = await Open(database);
        await using var opened = counter;
        var before = await Rows(counter.Host);
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var o in api.Operations.Where(o => o.TakesKey))
        {
            foreach (
                var keys in (string[][])
                    [
                        ["k", "k"],
                        ["k", "l"],
                        ["k,k"],
                        ["k, k"],
                    ]
            )
            {
                var request = new BadRequest(
                    "twice",
                    o.Method,
                    o.PathWith(values) + o.NeededQuery,
                    o.BodyExample?.ToJsonString(),
                    Key: null
                );
                var answer = await Send(counter.Host, request, counter.Cashier.Token, chinese: false, keys);
                tried++;
                if (answer.Status != HttpStatusCode.BadRequest || answer.Code != "idempotency-key-invalid")
                {
                    wrong.Add($"{o.Id} {string.Join('|', keys)}: {(int)answer.Status} {answer.Text}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {tried}:\n{string.Join('\n', wrong.Take(Shown))}");
        Assert.True(tried > 200);
        Assert.Equal(before, await Rows(counter.Host));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.8")]
    public async Task Nobody_gets_in_without_a_good_token_or_without_the_right(Database database)
    {
        var (counter, api, values) = await Open(database);
        await using var opened = counter;
        var stranger = await Stranger(counter);
        var expired = await ExpiredToken(counter);
        var before = await Rows(counter.Host);
        var wrong = new List<string>();
        foreach (var o in api.Operations.Where(o => !o.IsOpen))
        {
            var good = new BadRequest("token", o.Method, o.PathWith(values), o.BodyExample?.ToJsonString());
            string?[] tokens = [null, "x", new('A', 43), new('A', 44), "钱", expired];
            foreach (var token in tokens)
            {
                var answer = await Send(counter.Host, good, token, chinese: true);
                if (answer.Status != HttpStatusCode.Unauthorized || Judge(o, good, answer, chinese: true) is not null)
                {
                    wrong.Add($"{o.Id}, token '{token}': {(int)answer.Status} {answer.Text}");
                }
            }

            if (o.Codes(403).Contains("right-missing"))
            {
                var answer = await Send(counter.Host, good, stranger, chinese: false);
                if (
                    answer.Status != HttpStatusCode.Forbidden
                    || answer.Code != "right-missing"
                    || Judge(o, good, answer, chinese: false) is not null
                )
                {
                    wrong.Add($"{o.Id}, without its right: {(int)answer.Status} {answer.Text}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(Shown)));
        Assert.Equal(before, await Rows(counter.Host));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.2")]
    public async Task An_unknown_address_is_a_problem_too(Database database)
    {
        var host = await TestHost.Shared(database);
        foreach (var path in (string[])["/v1/no-such-thing", "/docs", "/v1", "/v1/transactions/1/2", "/v2/sign-in", "/../etc/passwd"])
        {
            using var response = await host.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal("not-found", JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!.GetValue<string>());
        }
    }

    /// <summary>What is wrong with an answer; null when it is as it must be.</summary>
    private static string? Judge(ApiOperation o, BadRequest bad, Sent answer, bool chinese)
    {
        var status = (int)answer.Status;
        if (status is < 400 or >= 500 || answer.MediaType != "application/problem+json")
        {
            return $"{status} {answer.MediaType} {answer.Text}";
        }

        var problem = JsonNode.Parse(answer.Text)!;
        var title = problem["title"]?.GetValue<string>() ?? "";
        var missing =
            problem["code"]?.GetValue<string>() is not { Length: > 0 } code ? "no code"
            : problem["type"]?.GetValue<string>() != $"/problems/{code}" ? "type is not the code's"
            : problem["status"]?.GetValue<int>() != status ? "another status in the body"
            : problem["traceId"]?.GetValue<string>() is not { Length: 32 } ? "no trace id"
            : problem["retryable"] is null ? "no retryable"
            : title.Any(c => c > 0x2E80) != chinese ? "title in the wrong language"
            : bad.Method != "GET" && problem["outcome"]?.GetValue<string>() != "none" ? "no outcome"
            : code is "validation-failed" && problem["errors"] is not JsonArray { Count: > 0 } ? "no field named"
            : answer.Text.Contains("   at ", StringComparison.Ordinal) ? "a stack trace"
            : bad.Method == o.Method && status is not (404 or 405) && !o.Codes(status).Contains(code)
                ? $"{code} is not described for {status}"
            : null;
        return missing is null ? null : $"{missing}: {status} {answer.Text}";
    }

    private static async Task<Sent> Send(TestHost host, BadRequest bad, string? token, bool chinese, string[]? keys = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(bad.Method), bad.Path);
        request.Headers.AcceptLanguage.ParseAdd(chinese ? "zh-CN" : "en");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (bad.Key is not null && bad.Method != "GET")
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", bad.Key == "k" ? Guid.NewGuid().ToString("N") : bad.Key);
        }

        foreach (var key in keys ?? [])
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        request.Headers.TryAddWithoutValidation("Card-Ticket", new string('t', 43));
        if (bad.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(bad.Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(bad.ContentType);
        }

        using var response = await host.Client.SendAsync(request);
        return new Sent(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    private static async Task<(TestCounter Counter, ApiFile Api, IReadOnlyDictionary<string, string> Values)> Open(Database database)
    {
        var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 10_000);
        var values = new Dictionary<string, string>
        {
            ["cardNumber"] = card.Number,
            ["customerCode"] = card.CustomerCode,
            ["serialNumber"] = serial,
        };
        return (counter, await ApiFile.Of(host), values);
    }

    private static async Task<string> Stranger(TestCounter counter)
    {
        var id = Ids.Next();
        await using var db = await counter.Host.OpenDatabase();
        db.Add(
            new Operator
            {
                Id = id,
                BranchId = counter.BranchId,
                Login = $"s{id}",
                Name = "无权",
            }
        );
        db.Add(
            new Credential
            {
                OperatorId = id,
                Hash = QuickHashes.Of(Clerk.Password),
                ChangedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
            }
        );
        await db.SaveChangesAsync();
        var clerk = new Clerk(counter.Host.Client, counter.BranchCode, $"s{id}", id);
        await clerk.SignIn();
        return clerk.Token;
    }

    private static async Task<string> ExpiredToken(TestCounter counter)
    {
        var clerk = new Clerk(counter.Host.Client, counter.BranchCode, counter.Second.Login, counter.Second.Id);
        await clerk.SignIn();
        var hash = Secrets.Hash(clerk.Token);
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await using var db = await counter.Host.OpenDatabase();
        Assert.Equal(
            1,
            await db.Set<Session>().Where(s => s.AccessHash == hash).ExecuteUpdateAsync(u => u.SetProperty(s => s.AccessExpiresAt, past))
        );
        return clerk.Token;
    }

    private static async Task<string> Rows(TestHost host)
    {
        await using var db = await host.OpenDatabase();
        return string.Join(
            ' ',
            [
                await db.Set<Transaction>().CountAsync(),
                await db.Set<Entry>().CountAsync(),
                await db.Set<Account>().CountAsync(),
                await db.Set<IdempotencyRecord>().CountAsync(),
                await db.Set<Customer>().CountAsync(),
                await db.Set<Card>().CountAsync(),
                await db.Set<Role>().CountAsync(),
                await db.Set<Operator>().CountAsync(),
                await db.Set<Branch>().CountAsync(),
                await db.Set<OutboxEvent>().CountAsync(),
            ]
        );
    }

    private sealed record Sent(HttpStatusCode Status, string? MediaType, string Text)
    {
        public string Code => JsonNode.Parse(Text)?["code"]?.GetValue<string>() ?? "";
    }
}
