using System.Text.Json.Nodes;

namespace Demo;

/// <summary>Starts API and agent, runs the counter day, and keeps both running where asked to.</summary>
internal static class Counters
{
    private const string AdministratorPassword = "Admin2026x";

    /// <summary>Pages that may use the agent: this program's, and those of the usual development servers.</summary>
    private static readonly string[] Origins = ["http://counter.localhost", "http://localhost:3000", "http://localhost:5173"];

    public static async Task<int> Run(Options options, string folder, CancellationToken ct)
    {
        var root = Root();
        Screen.Line("Starting API, agent and a power company …");
        await using var power = options.Loads is null
            ? await LocalService.Start(
                "power-company",
                Program(root, "Standins/PowerCompany", "PowerCompany"),
                folder,
                null,
                PowerSettings(folder),
                ct
            )
            : null;
        await using var api = options.Api is null
            ? await LocalService.Start(
                "api",
                Program(root, "Api", "Api"),
                folder,
                options.Port,
                ApiSettings(options, folder, power?.Address),
                ct
            )
            : null;
        var address = options.Api ?? api!.Address;
        var agentProgram = Program(root, "Hardware.Agent", "Hardware.Agent");
        var settings = AgentSettings(folder, address, options.Pcsc);
        await using var agent = await LocalService.Start("agent", agentProgram, folder, options.Port + 1, settings, ct);
        using var toApi = new FrontEnd(address);
        using var toAgent = new FrontEnd(agent.Address) { Origin = Origins[0] };
        await toAgent.OpenSession(ct);
        await using CardHand hand = options.Pcsc ? new VpcdHand(agentProgram, folder, toAgent, ct) : new SimulatedHand(toAgent, ct);
        var counter = new Counter(toApi, toAgent, hand, ct)
        {
            Documents = Directory.CreateDirectory(Path.Combine(folder, "documents")).FullName,
        };
        var afternoon = new Afternoon(counter, toAgent, ct);
        if (options.Loads is not null || options.Sales is not null)
        {
            Screen.Line((await Times(counter, afternoon, options)).ToJsonString());
            return 0;
        }

        using var company = power is null ? null : new PowerCompany(power.Address, ct);
        var bills = company is null ? null : new Bills(counter, company, AdministratorPassword);
        var (card, sound) = await Day(counter, bills, options.Pcsc ? null : afternoon);
        if (sound && options.Serve)
        {
            Serving(address, agent.Address, power?.Address, card, hand.Reader);
            await Task.WhenAny(
                api?.Ended ?? Task.Delay(Timeout.InfiniteTimeSpan, ct),
                agent.Ended,
                Interrupted(Timeout.InfiniteTimeSpan, ct)
            );
            // Ctrl-C in a terminal reaches the services in the same moment as us.
            await Interrupted(TimeSpan.FromSeconds(1), ct);
            return ct.IsCancellationRequested ? 0 : throw new DemoFailedException("API or agent ended by itself.");
        }

        return sound ? 0 : 1;
    }

    private static async Task<JsonObject> Times(Counter counter, Afternoon afternoon, Options options)
    {
        var morning = new Morning(counter);
        await morning.SignIn();
        return options.Loads is { } loads
            ? await new LoadTimes(counter, await morning.Issue()).Run(loads)
            : await new SaleTimes(counter, afternoon).Run(options.Sales!.Value);
    }

    /// <summary>
    /// The day; without bills where there is no stand-in company, and without the afternoon where the reader is no simulated one, as the meter is.
    /// </summary>
    private static async Task<(IssuedCard Card, bool Sound)> Day(Counter counter, Bills? bills, Afternoon? afternoon)
    {
        var morning = new Morning(counter);
        await morning.SignIn();
        if (counter.Hand.HasMoreCards)
        {
            await new Leaving(counter).CloseAndPayOut();
        }

        var card = await morning.Issue();
        var noon = new Noon(counter, card);
        var first = await noon.CollectAndLoad();
        await noon.Void(tooMuch: first);
        var third = await noon.CollectForTomorrow();
        if (bills is not null)
        {
            await bills.Day();
        }

        if (afternoon is not null)
        {
            await afternoon.Meters();
            await counter.Hand.PutBack();
        }

        var evening = new Evening(counter, card);
        await evening.Print("Print the receipt", Person.Cashier, first.SerialNumber);
        var closing = await evening.CloseDay();
        await evening.Print("Print the day-end sheet", Person.ManagerOfBranch, closing);
        await evening.Reverse(noon, third);
        await evening.ShowCustomer();
        return (card, await evening.BooksAreSound());
    }

    private static async Task Interrupted(TimeSpan longest, CancellationToken ct) => await Task.WhenAny(Task.Delay(longest, ct));

    private static void Serving(Uri api, Uri agent, Uri? power, IssuedCard card, string reader)
    {
        Screen.Line("");
        Screen.Line($"API    {api}    (OpenAPI: {api}openapi/counter.v1.json)");
        Screen.Line($"Agent  {agent}    (OpenAPI: {agent}openapi/v1.json)");
        Screen.Line($"       for pages of {string.Join(", ", Origins)}, with a session: POST {agent}v1/sessions");
        Screen.Line($"Power  {power}    (a stand-in power company)");
        Screen.Line($"Card   {card.CardNumber} of customer {card.CustomerCode}, in {reader}");
        Screen.Line("Sign in with branch, login, password:");
        foreach (var branch in new[] { Counter.BranchCode, "10100002" })
        {
            foreach (var person in Person.OfBranch)
            {
                Screen.Line($"       {branch}  {person.Login, -10} {person.Password}");
            }
        }

        Screen.Line($"       10000000  admin      {AdministratorPassword}");
        foreach (var person in new[] { Person.SecondAdministrator, Person.Approver })
        {
            Screen.Line($"       10000000  {person.Login, -10} {person.Password}");
        }

        Screen.Line("Ctrl-C stops both.");
    }

    private static IEnumerable<string> ApiSettings(Options options, string folder, Uri? power) =>
        [
            $"Database:Provider={options.Provider ?? "Sqlite"}",
            $"Database:ConnectionString={options.Connection ?? $"Data Source={Path.Combine(folder, "counter.db")}"}",
            $"Bootstrap:AdminPassword={AdministratorPassword}",
            "Demo:Seed=Demo",
            $"Electricity:PowerAddress={power}",
            "Electricity:AttemptTimeout=00:00:02",
            "Electricity:AskEvery=00:00:01",
        ];

    private static IEnumerable<string> PowerSettings(string folder) => [$"Power:Database={Path.Combine(folder, "power-company.db")}"];

    private static IEnumerable<string> AgentSettings(string folder, Uri api, bool pcsc) =>
        [
            $"Agent:DataFolder={Path.Combine(folder, "agent")}",
            $"Agent:Transport={(pcsc ? "pcsc" : "virtual")}",
            $"Agent:VirtualReaders:0={SimulatedHand.Name}",
            $"Api:Address={api}",
            .. Origins.Select((origin, i) => $"Agent:AllowedOrigins:{i}={origin}"),
        ];

    /// <summary>Beside this program's own build: the same configuration.</summary>
    private static string Program(string root, string project, string assembly)
    {
        var output = Path.GetRelativePath(Path.Combine(root, "eng", "Demo"), AppContext.BaseDirectory);
        var file = Path.Combine(root, "src", project, output, assembly + ".dll");
        return File.Exists(file) ? file : throw new DemoFailedException($"{file} is not there; build eng/Demo.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Api.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DemoFailedException("The demo must lie in the repository it shows.");
    }
}
