// Slices: AddApplicationSecret, CreateApplication, DeactivateApplication, EditApplication, EndApplicationSecret, GetApplication, ListApplications.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Access;
using Counter;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Audit;

namespace Api.Tests.Access;

/// <summary>Applications: who they are, their secrets, their tokens, and what they may do (PL-06.5, PL-06.11, PL-06.12).</summary>
public sealed class ApplicationTests
{
    private const string TokenPath = "/v1/oauth/token";
    private const string Collect = "funding.collect-payment";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.5")]
    public async Task An_application_gets_a_token_and_books_under_its_own_name(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var program = await Program.Register(host, counter.BranchCode, Collect);

        var token = await program.Token();
        var booked = await program.TryCollect(token, card, 10_000);

        Assert.Equal(HttpStatusCode.Created, booked.Status);
        Assert.Equal(10_000, await counter.Quota(card));
        var serial = booked.Body!["serialNumber"]!.ToString();
        var seen = await counter.Cashier.Get($"/v1/transactions/{serial}");
        Assert.Contains(program.ClientId, seen.Body.ToJsonString(), StringComparison.Ordinal);
        await using var db = await host.OpenDatabase();
        var id = program.Number;
        Assert.Equal(
            ["issue-token:done", "collect-payment:done"],
            (await db.Set<AuditRecord>().Where(r => r.OperatorId == id).OrderBy(r => r.Id).ToListAsync()).Select(r =>
                $"{r.Action}:{r.Outcome}"
            )
        );
        Assert.Equal(program.ClientId, (await program.Get(token, "/v1/me")).Body!["operator"]!["login"]!.ToString());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.5")]
    public async Task An_application_does_what_its_scopes_say_and_nothing_that_takes_a_person(Database database)
    {
        await using var host = await TestHost.Start(database);
        var office = await Office.Open(host);
        var program = await Program.Register(host, office.Code, Collect, CounterRights.SeeTransactions.Name);

        var narrow = await program.Token($"{Collect} {CounterCloseDay}");
        Assert.Equal("right-missing", (await program.Get(narrow, "/v1/transactions/1261332000000012")).Code);
        Assert.Equal("people-only", (await program.Get(narrow, "/v1/sessions")).Code);
        Assert.Equal("right-missing", (await program.Get(narrow, "/v1/operators")).Code);
        Assert.Equal(
            "invalid_scope",
            (await program.Ask("grant_type=client_credentials&scope=funding.everything")).Body!["error"]!.ToString()
        );
        Assert.Equal(
            "invalid_scope",
            (await program.Ask($"grant_type=client_credentials&scope={CounterCloseDay}")).Body!["error"]!.ToString()
        );

        foreach (var right in (string[])[AccessRights.Approve.Name, AccessRights.Administer.Name, CounterCloseDay, "nothing.of-the-kind"])
        {
            var refused = await office.Administrator.Post("/v1/applications", Program.Body(office.Code, Program.NewId(), right));
            Assert.Equal(("scope-unknown", right), (refused.Code, refused["scope"]));
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.12")]
    public async Task The_token_endpoint_speaks_as_RFC_6749_says(Database database)
    {
        await using var host = await TestHost.Start(database);
        var office = await Office.Open(host);
        var program = await Program.Register(host, office.Code, Collect);

        var granted = await program.Ask("grant_type=client_credentials");
        Assert.Equal(HttpStatusCode.OK, granted.Status);
        Assert.Equal("Bearer", granted.Body!["token_type"]!.ToString());
        Assert.InRange((int)granted.Body["expires_in"]!, 895, 900);
        Assert.Equal(43, granted.Body["access_token"]!.ToString().Length);
        Assert.Null(granted.Body["refresh_token"]);
        Assert.True(granted.NoStore);
        var byForm = await program.Ask(
            $"grant_type=client_credentials&client_id={program.ClientId}&client_secret={program.Secret}",
            basic: false
        );
        Assert.Equal(HttpStatusCode.OK, byForm.Status);

        var wrongSecret = await program.Ask("grant_type=client_credentials", secret: "wrong");
        var wrongClient = await program.Ask("grant_type=client_credentials&client_id=nobody&client_secret=wrong", basic: false);
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (wrongSecret.Status, wrongSecret.Body!["error"]!.ToString()));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (wrongClient.Status, wrongClient.Body!["error"]!.ToString()));
        Assert.True(wrongSecret.Challenged);
        var grant = await program.Ask("grant_type=password&username=a&password=b");
        Assert.Equal((HttpStatusCode.BadRequest, "unsupported_grant_type"), (grant.Status, grant.Body!["error"]!.ToString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await program.Ask("")).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.11")]
    public async Task Two_secrets_at_most_are_open_and_each_ends_with_its_tokens_on_every_instance(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var other = await TestHost.Start(host.Database, connectionString: host.ConnectionString);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var program = await Program.Register(host, counter.BranchCode, Collect);
        var token = await program.Token();
        Assert.Equal(HttpStatusCode.Created, (await program.TryCollect(token, card, 100)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.On(other).Get(token, "/v1/me")).Status);

        var second = await program.AddSecret();
        Assert.Equal("too-many-secrets", (await program.TryAddSecret()).Code);
        var shown = await program.Administrator.Get($"/v1/applications/{program.Id}");
        Assert.Equal(2, shown.Body!["secrets"]!.AsArray().Count);
        Assert.NotNull(shown.Body["secrets"]![0]!["lastUsedAt"]);
        Assert.DoesNotContain(program.Secret, shown.Body.ToJsonString(), StringComparison.Ordinal);
        var secondToken = await program.Token(secret: second.Secret);
        var first = shown.Body["secrets"]![0]!["id"]!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await program.Administrator.Post($"/v1/applications/{program.Id}/secrets/{first}/end")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.On(other).Get(token, "/v1/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.TryCollect(token, card, 100)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Ask("grant_type=client_credentials")).Status);
        Assert.Equal(HttpStatusCode.Created, (await program.TryCollect(secondToken, card, 100)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.Administrator.Post($"/v1/applications/{program.Id}/deactivate")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.On(other).Get(secondToken, "/v1/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.TryCollect(secondToken, card, 100)).Status);
        var refused = await program.Ask("grant_type=client_credentials", secret: second.Secret);
        Assert.Equal("unauthorized_client", refused.Body!["error"]!.ToString());
        Assert.Equal(200, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.11")]
    public async Task A_scope_taken_back_ends_in_tokens_that_were_given(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var program = await Program.Register(host, counter.BranchCode, Collect, CounterRights.SeeTransactions.Name);
        var token = await program.Token();
        Assert.Equal(HttpStatusCode.Created, (await program.TryCollect(token, card, 100)).Status);

        var edited = await program.Administrator.Put(
            $"/v1/applications/{program.Id}",
            new
            {
                name = "改名",
                channel = "web",
                scopes = (string[])[CounterRights.SeeTransactions.Name],
                active = true,
            },
            ("If-Match", "\"0\"")
        );

        Assert.Equal(HttpStatusCode.OK, edited.Status);
        Assert.Equal("right-missing", (await program.TryCollect(token, card, 100)).Code);
        Assert.Equal(100, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.12")]
    public async Task Nobody_gains_rights_by_an_application(Database database)
    {
        var office = await Office.Open(database);
        var collect = office.Host.Services.GetRequiredService<IReadOnlyList<Right>>().Single(r => r.Name == Collect);
        var manager = await office.Hire(AccessRights.Administer, collect);

        var asked = await manager.Post("/v1/applications", Program.Body(office.Code, Program.NewId(), Collect));
        Assert.Equal("approval-required", asked.Code);
        var lacking = await manager.Post(
            "/v1/applications",
            Program.Body(office.Code, Program.NewId(), CounterRights.SeeTransactions.Name)
        );
        Assert.Equal("right-not-yours", lacking.Code);
        Assert.Equal(
            "branch-out-of-reach",
            (await manager.Post("/v1/applications", Program.Body(TestHost.AdminBranch, Program.NewId(), Collect))).Code
        );
        Assert.Empty((await manager.Get("/v1/applications")).Body!["items"]!.AsArray());
    }

    private static string CounterCloseDay => CounterRights.CloseDay.Name;

    /// <summary>A registered application, as its own program sees the API.</summary>
    private sealed record Program(TestHost Host, Person Administrator, Person Second, string Id, string ClientId, string Secret)
    {
        public long Number => long.Parse(Id, System.Globalization.CultureInfo.InvariantCulture);

        public static string NewId() => $"app-{Guid.NewGuid():N}"[..20];

        public static object Body(string branchCode, string clientId, params string[] scopes) =>
            new
            {
                branchCode,
                clientId,
                name = "手机银行",
                channel = "mobile-banking",
                scopes,
            };

        public static async Task<Program> Register(TestHost host, string branchCode, params string[] scopes)
        {
            var headquarters = await Office.Headquarters(host);
            var rights = host.Services.GetRequiredService<IReadOnlyList<Right>>().Where(r => scopes.Contains(r.Name));
            var second = await headquarters.Hire([AccessRights.Administer, AccessRights.Approve, .. rights]);
            var clientId = NewId();
            var program = new Program(host, headquarters.Administrator, second, "", clientId, "");
            var made = await program.PostApproved("/v1/applications", Body(branchCode, clientId, scopes));
            Assert.Equal(HttpStatusCode.Created, made.Status);
            return await (program with { Id = made["id"] }).AddSecret();
        }

        /// <summary>Asks, has it approved by the second administrator, and asks again.</summary>
        private async Task<Reply> PostApproved(string path, object body)
        {
            var asked = await Administrator.Post(path, body);
            return asked.Code != "approval-required"
                ? asked
                : await Administrator.Post(path, body, ("Approval-Token", await Administrator.Approved(asked, Second)));
        }

        public Program On(TestHost host) => this with { Host = host };

        public Task<Reply> TryAddSecret() => PostApproved($"/v1/applications/{Id}/secrets", new { days = 30 });

        public async Task<Program> AddSecret()
        {
            var added = await TryAddSecret();
            Assert.Equal(HttpStatusCode.Created, added.Status);
            return this with { Secret = added["clientSecret"] };
        }

        public async Task<string> Token(string? scope = null, string? secret = null)
        {
            var asked = scope is null
                ? "grant_type=client_credentials"
                : $"grant_type=client_credentials&scope={Uri.EscapeDataString(scope)}";
            var granted = await Ask(asked, secret: secret);
            Assert.Equal(HttpStatusCode.OK, granted.Status);
            return granted.Body!["access_token"]!.ToString();
        }

        public async Task<TokenAnswer> Ask(string form, bool basic = true, string? secret = null)
        {
            using var client = Host.CreateClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, TokenPath);
            request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
            if (basic)
            {
                var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{secret ?? Secret}"));
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
            }

            using var response = await client.SendAsync(request);
            return new TokenAnswer(
                response.StatusCode,
                JsonNode.Parse(await response.Content.ReadAsStringAsync()),
                response.Headers.CacheControl?.NoStore == true,
                response.Headers.WwwAuthenticate.Count > 0
            );
        }

        public Task<Reply> TryCollect(string token, IssuedCard card, long fen) =>
            Person
                .Of(Host, token)
                .Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(fen), ("Idempotency-Key", Clerk.NewKey()));

        public Task<Reply> Get(string token, string path) => Person.Of(Host, token).Get(path);
    }

    private sealed record TokenAnswer(HttpStatusCode Status, JsonNode? Body, bool NoStore, bool Challenged);
}
