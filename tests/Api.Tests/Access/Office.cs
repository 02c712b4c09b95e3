using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Access;
using Access.Branches;
using Access.Operators;
using Access.Roles;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Problems;
using Branch = Access.Branches.Branch;
using Operator = Access.Operators.Operator;

namespace Api.Tests.Access;

/// <summary>A branch of its own on a host, with an administrator above it, in which a test hires whom it needs.</summary>
internal sealed class Office
{
    private const string SecondPassword = "Second2026";
    private const string FirstPassword = "First2026";
    private static readonly ConcurrentDictionary<TestHost, Lazy<Task<Person>>> s_administrators = new();
    private static int s_code = 20_000_000;

    private Office(TestHost host, Person administrator, JsonNode branch)
    {
        Host = host;
        Administrator = administrator;
        Code = branch["code"]!.GetValue<string>();
        Id = branch["id"]!.GetValue<string>();
        Branch = branch;
    }

    public TestHost Host { get; }

    /// <summary>The operator <c>admin</c> of headquarters.</summary>
    public Person Administrator { get; }

    public string Code { get; }

    public string Id { get; }

    public JsonNode Branch { get; }

    public static async Task<Office> Open(Database database) => await Open(await TestHost.Shared(database));

    public static async Task<Office> Open(TestHost host)
    {
        var administrator = await s_administrators.GetOrAdd(host, h => new(() => SignInAdministrator(h))).Value;
        return new Office(host, administrator, await OpenBranch(administrator, TestHost.AdminBranch, "city"));
    }

    /// <summary>The office of headquarters.</summary>
    public static async Task<Office> Headquarters(TestHost host)
    {
        var administrator = await s_administrators.GetOrAdd(host, h => new(() => SignInAdministrator(h))).Value;
        return new Office(host, administrator, (await administrator.Get("/v1/branches/1")).Body!);
    }

    /// <summary>An office below this one.</summary>
    public async Task<Office> OpenBelow() => new(Host, Administrator, await OpenBranch(Administrator, Code, "county"));

    public static string NewCode() => Interlocked.Increment(ref s_code).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Somebody with these rights, signed in, who has changed the first password.</summary>
    public async Task<Person> Hire(params Right[] rights)
    {
        var person = await Add([await NewRole(rights)], phone: null, SecondPassword, QuickHashes.Of(SecondPassword), mustChange: false);
        await person.SignIn();
        return person;
    }

    public Task<Person> HireWithFirstPassword(string[] roleIds, string? phone = null) =>
        Add(roleIds, phone, FirstPassword, QuickHashes.Of(FirstPassword), mustChange: true);

    /// <summary>A role of this branch, as a row: making one has tests of its own, and takes a second administrator.</summary>
    public async Task<string> NewRole(params Right[] rights)
    {
        var role = new Role
        {
            Id = Ids.Next(),
            BranchId = long.Parse(Id, System.Globalization.CultureInfo.InvariantCulture),
            Name = Guid.NewGuid().ToString("N"),
            RightNames = string.Join(' ', rights.Select(r => r.Name)),
        };
        await using var db = await Host.OpenDatabase();
        db.Add(role);
        await db.SaveChangesAsync();
        return IdText.Of(role.Id);
    }

    /// <summary>An operator as rows: hashing is slow on purpose, and nearly every test hires somebody.</summary>
    private async Task<Person> Add(string[] roleIds, string? phone, string password, string hash, bool mustChange)
    {
        var (id, login) = (Ids.Next(), $"p{Guid.NewGuid():N}"[..12]);
        await using var db = await Host.OpenDatabase();
        db.Add(
            new Operator
            {
                Id = id,
                BranchId = long.Parse(Id, System.Globalization.CultureInfo.InvariantCulture),
                Login = login,
                Name = "张三",
                Phone = phone,
            }
        );
        db.Add(
            new Credential
            {
                OperatorId = id,
                Hash = hash,
                ChangedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
                MustChange = mustChange,
            }
        );
        db.AddRange(IdText.ParseAll(roleIds).Select(r => new OperatorRole { OperatorId = id, RoleId = r }));
        await db.SaveChangesAsync();
        return new Person(Host, Code, login, password, IdText.Of(id));
    }

    /// <summary>What the audit trail holds about an operator, oldest first, as <c>action:outcome</c>.</summary>
    public async Task<List<string>> Trail(Person person)
    {
        await using var db = await Host.OpenDatabase();
        var subject = $"operator:{person.Id}";
        var records = await db.Set<AuditRecord>().Where(r => r.Subject == subject).OrderBy(r => r.Id).ToListAsync();
        return [.. records.Select(r => $"{r.Action}:{r.Outcome}")];
    }

    /// <summary>Moves the day on which the password was set back, since the host's clock cannot be moved on.</summary>
    public async Task AgePassword(Person person, int days)
    {
        await using var db = await Host.OpenDatabase();
        var id = person.Number;
        var then = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days);
        await db.Set<Credential>().Where(c => c.OperatorId == id).ExecuteUpdateAsync(u => u.SetProperty(c => c.ChangedAt, then));
    }

    private static async Task<Person> SignInAdministrator(TestHost host)
    {
        var administrator = new Person(host, TestHost.AdminBranch, AccessBootstrap.AdministratorLogin, TestHost.AdminPassword, "1");
        await administrator.SignIn();
        return administrator;
    }

    private static async Task<JsonNode> OpenBranch(Person administrator, string parentCode, string level)
    {
        var body = new
        {
            code = NewCode(),
            name = "测试网点",
            parentCode,
            level,
        };
        var made = await administrator.Post("/v1/branches", body);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return made.Body!;
    }
}

/// <summary>An answer with its body read.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Message)
{
    public string Code => this["code"];

    public string this[string member] => Body?[member]?.ToString() ?? "";

    public string ETag => Message.Headers.ETag?.ToString() ?? "";
}

/// <summary>Somebody at a counter: login, password, and a client that carries the access token.</summary>
internal sealed class Person(TestHost host, string branchCode, string login, string password, string id)
{
    public string Login => login;

    public string BranchCode => branchCode;

    public string Password { get; private set; } = password;

    public string Id => id;

    public long Number => long.Parse(id, System.Globalization.CultureInfo.InvariantCulture);

    public string AccessToken { get; private set; } = "";

    public string RefreshToken { get; private set; } = "";

    public Task<Reply> TrySignIn(string? password = null, TestHost? at = null, string? from = null) =>
        Send(
            at ?? host,
            HttpMethod.Post,
            "/v1/sign-in",
            new
            {
                branchCode,
                login,
                password = password ?? Password,
            },
            from is null ? [] : [(TestHost.AddressHeader, from)]
        );

    public async Task<Reply> SignIn()
    {
        var reply = await TrySignIn();
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        (AccessToken, RefreshToken) = (reply["accessToken"], reply["refreshToken"]);
        return reply;
    }

    public async Task<Reply> Refresh(string? token = null, TestHost? at = null)
    {
        var reply = await Send(at ?? host, HttpMethod.Post, "/v1/sign-in/refresh", new { refreshToken = token ?? RefreshToken });
        if (reply.Status == HttpStatusCode.OK)
        {
            (AccessToken, RefreshToken) = (reply["accessToken"], reply["refreshToken"]);
        }

        return reply;
    }

    public Task<Reply> TryChangePassword(string newPassword, string? again = null, string? old = null) =>
        Send(
            host,
            HttpMethod.Post,
            "/v1/password-changes",
            new
            {
                branchCode,
                login,
                oldPassword = old ?? Password,
                newPassword,
                newPasswordAgain = again ?? newPassword,
            }
        );

    public async Task ChangePassword(string newPassword)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await TryChangePassword(newPassword)).Status);
        Password = newPassword;
    }

    public void PasswordIsNow(string other) => Password = other;

    public Task<Reply> Get(string path, TestHost? at = null) => Send(at ?? host, HttpMethod.Get, path, null);

    public Task<Reply> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(host, HttpMethod.Post, path, body, headers);

    public Task<Reply> Put(string path, object body, params (string Name, string Value)[] headers) =>
        Send(host, HttpMethod.Put, path, body, headers);

    public Task<Reply> PutAt(TestHost at, string path, object body, params (string Name, string Value)[] headers) =>
        Send(at, HttpMethod.Put, path, body, headers);

    public Task<Reply> Delete(string path) => Send(host, HttpMethod.Delete, path, null);

    /// <summary>Asks, has it approved by another at the other's own desk, and fetches the token.</summary>
    public async Task<string> Approved(Reply asked, Person approver)
    {
        Assert.Equal("approval-required", asked.Code);
        var request = $"/v1/approval-requests/{asked["approvalRequestId"]}";
        Assert.Equal(HttpStatusCode.Created, (await approver.Post($"{request}/approvals")).Status);
        return (await Get(request))["approvalToken"];
    }

    /// <summary>The same session at another place: a front end that holds the tokens.</summary>
    public Person Again() => new(host, branchCode, login, Password, id);

    /// <summary>Whoever has this token.</summary>
    public static Person Of(TestHost host, string token) => new(host, "", "", "", "") { AccessToken = token };

    public Task<Reply> Call(HttpMethod method, string path) => Send(host, method, path, null);

    private async Task<Reply> Send(TestHost at, HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (AccessToken.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var message = await at.Client.SendAsync(request);
        var text = await message.Content.ReadAsStringAsync();
        return new Reply(message.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), message);
    }
}
