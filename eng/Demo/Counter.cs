using System.Text.Json.Nodes;

namespace Demo;

/// <summary>Somebody whom the demonstration data knows.</summary>
internal sealed record Person(string Login, string Password)
{
    public static readonly Person Cashier = new("cashier", "Cashier2026");
    public static readonly Person Approver = new("approver", "Approver2026");
    public static readonly Person ManagerOfBranch = new("manager", "Manager2026");
    public static readonly Person ChequeClerk = new("cheques", "Cheques2026");
    public static readonly Person BackOffice = new("backoffice", "Backoffice26");

    /// <summary>Whom each branch has.</summary>
    public static readonly IReadOnlyList<Person> OfBranch = [Cashier, Approver, ManagerOfBranch, ChequeClerk, BackOffice];

    /// <summary>The second administrator, at headquarters.</summary>
    public static readonly Person SecondAdministrator = new("admin2", "Second2026");
}

/// <summary>The counter of one branch: its front end, the API, and the agent beside the card reader.</summary>
internal sealed class Counter(FrontEnd api, FrontEnd agent, CardHand hand, CancellationToken ct)
{
    public const string BranchCode = "10100001";
    public const string Headquarters = "10000000";

    private readonly Dictionary<Person, string> _tokens = [];

    public string Documents { get; init; } = "";

    public CardHand Hand => hand;

    public Task<Reply> SignIn(Person who, string? password = null, string branch = BranchCode) =>
        api.Send(
            new Ask(
                HttpMethod.Post,
                "v1/sign-in",
                new JsonObject
                {
                    ["branchCode"] = branch,
                    ["login"] = who.Login,
                    ["password"] = password ?? who.Password,
                }
            ),
            ct
        );

    public void Remember(Person who, Reply signedIn) => _tokens[who] = signedIn.Text("accessToken");

    public Task<Reply> Get(Person who, string path, string accept = "application/json") =>
        api.Send(new Ask(HttpMethod.Get, path, Token: _tokens[who], Accept: accept), ct);

    /// <summary>Books under a new key, or under the one given.</summary>
    public Task<Reply> Book(Person who, string path, JsonObject? body, string? key = null, string? approval = null) =>
        api.Send(new Ask(HttpMethod.Post, path, body, _tokens[who], key ?? Ask.NewKey(), approval), ct);

    /// <summary>Changes master data.</summary>
    public Task<Reply> Put(Person who, string path, JsonObject body) => api.Send(new Ask(HttpMethod.Put, path, body, _tokens[who]), ct);

    public Task<Reply> Internal(string path) => api.Send(new Ask(HttpMethod.Get, path), ct);

    /// <summary>The approver types login and password at the requester's front end.</summary>
    public Task<Reply> Approve(Person requester, Reply asked, Person approver) =>
        api.Send(
            new Ask(
                HttpMethod.Post,
                "v1/approvals",
                new JsonObject
                {
                    ["approvalRequestId"] = asked.Text("approvalRequestId"),
                    ["login"] = approver.Login,
                    ["password"] = approver.Password,
                },
                _tokens[requester]
            ),
            ct
        );

    /// <summary>What the requester's front end shows the approver before the password is typed.</summary>
    public async Task<string> Words(Person requester, Reply asked) =>
        (await Get(requester, $"v1/approval-requests/{asked.Text("approvalRequestId")}")).Expect(200).Text("words");

    /// <summary>Books what needs an approval: asked, approved by the approver, and asked again with it.</summary>
    public async Task<Reply> BookApproved(Person who, string path, JsonObject body)
    {
        var asked = (await Book(who, path, body)).Expect(403, "approval-required");
        var approval = (await Approve(who, asked, Person.Approver)).Expect(201);
        return await Book(who, path, body, approval: approval.Text("approvalToken"));
    }

    /// <summary>Makes what is not there yet, with the approval that it needs.</summary>
    public async Task<Reply> EditApproved(Person who, string path, JsonObject body, Person approver)
    {
        var ask = new Ask(HttpMethod.Put, path, body, _tokens[who], IfMatch: "\"0\"");
        var asked = (await api.Send(ask, ct)).Expect(403, "approval-required");
        var approval = (await Approve(who, asked, approver)).Expect(201);
        return (await api.Send(ask with { Approval = approval.Text("approvalToken") }, ct)).Expect(200);
    }

    public Task Wait(TimeSpan pause) => Task.Delay(pause, ct);

    /// <summary>Hands a card operation's ticket to the agent; what the agent heard from the API at the end.</summary>
    public async Task<Reply> Carry(Reply started)
    {
        var run = new JsonObject { ["ticket"] = started.Text("operation.ticket"), ["reader"] = hand.Reader };
        return (await agent.Send(new Ask(HttpMethod.Post, "v1/operations", run), ct)).Expect(200);
    }

    /// <summary>Hands a card operation's ticket to the agent, and asks the API how it ended.</summary>
    public async Task<Reply> RunOnCard(Person who, Reply started)
    {
        var carried = await Carry(started);
        var operation = (await Get(who, $"v1/card-operations/{started.Text("operation.operationId")}")).Expect(200);
        return operation.Text("state") == "confirmed"
            ? operation
            : throw new DemoFailedException($"The card operation is not confirmed: {operation.Content}; the agent said {carried.Content}");
    }

    /// <summary>Where the documents of a transaction lie.</summary>
    public async Task<IReadOnlyList<string>> DocumentsOf(Person who, string serialNumber)
    {
        var list = (await Get(who, $"v1/transactions/{serialNumber}/documents")).Expect(200);
        var addresses = list.Member("items").AsArray().Select(d => d!["address"]!.ToString()).ToList();
        return addresses.Count > 0 ? addresses : throw new DemoFailedException($"The transaction {serialNumber} has no document.");
    }

    public async Task<Reply> ReadCard() => (await agent.Send(new Ask(HttpMethod.Get, "v1/card"), ct)).Expect(200);

    /// <summary>Prints every document of a transaction; gives the files of the pages.</summary>
    public async Task<IReadOnlyList<string>> Print(Person who, string serialNumber)
    {
        var files = new List<string>();
        foreach (var address in await DocumentsOf(who, serialNumber))
        {
            var printing = (await Book(who, $"{address.TrimStart('/')}/printings", null)).Expect(201);
            var page = (await Get(who, printing.Text("address").TrimStart('/'), "text/html")).Expect(200);
            var file = Path.Combine(Documents, $"{serialNumber}-{printing.Text("kind")}.html");
            await File.WriteAllTextAsync(file, page.Content, ct);
            files.Add(file);
        }

        return files;
    }
}
