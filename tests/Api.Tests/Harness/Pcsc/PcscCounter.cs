using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Hardware.Simulators.Readers;
using TestRuns;

namespace Api.Tests.Harness.Pcsc;

/// <summary>
/// A counter's machine: the hardware agent as a process of its own over the PC/SC service, and hands that put cards into its readers. One for all
/// tests of this process.
/// </summary>
internal sealed class PcscCounter
{
    private const int MaxPutIn = 7;
    private const string Origin = "https://counter.example";

    private static readonly Lazy<Task<PcscCounter>> s_one = new(Open);

    /// <summary>How soon the service sees a card, on a machine with nothing else to do; each further try gets twice the time.</summary>
    private static readonly TimeSpan s_seen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(30);

    private readonly HttpClient _agent;
    private readonly ApiGate _apis;
    private readonly Channel<PcscReader> _free;
    private readonly ConcurrentQueue<string> _lost = new();

    private PcscCounter(HttpClient agent, ApiGate apis, Channel<PcscReader> free) => (_agent, _apis, _free) = (agent, apis, free);

    /// <summary>Puts the card into a free reader, hands the ticket to the agent, and pulls the card out.</summary>
    public static async Task<JsonNode> Carry(HttpClient api, IVirtualCard card, JsonNode operation) =>
        await (await s_one.Value).Run(api, card, operation);

    private async Task<JsonNode> Run(HttpClient api, IVirtualCard card, JsonNode operation)
    {
        _apis.Expect(operation["operationId"]!.GetValue<string>(), api);
        var reader = await Free();
        try
        {
            await PutIn(reader, card);
            var body = new { ticket = operation["ticket"]!.GetValue<string>(), reader = reader.Name };
            using var answer = await _agent.PostAsJsonAsync("/v1/operations", body);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
            return JsonNode.Parse(text)!;
        }
        finally
        {
            await reader.Hand.Remove();
            _ = GiveBack(reader);
        }
    }

    private async Task<PcscReader> Free()
    {
        try
        {
            return await _free.Reader.ReadAsync().AsTask().WaitAsync(Patience.Longest);
        }
        catch (TimeoutException none)
        {
            throw new InvalidOperationException($"No reader is free. {string.Join(' ', _lost)}", none);
        }
    }

    /// <summary>
    /// Now and then the virtual reader's driver does not see a card that came right after another had gone; it is taken out and put in again, as a
    /// person would. No command has reached it by then.
    /// </summary>
    private async Task PutIn(PcscReader reader, IVirtualCard card)
    {
        await reader.Hand.Insert(card);
        for (var again = 0; !await Becomes(reader, "card", s_seen * (1 << again)); again++)
        {
            Assert.True(again < MaxPutIn, $"{reader.Name} is '{await StateOf(reader)}' with a card in it.");
            await reader.Hand.Remove();
            Assert.True(await Becomes(reader, "empty", Patience.Longest), $"{reader.Name} does not become empty.");
            await reader.Hand.Insert(card);
        }
    }

    /// <summary>
    /// The next card may come when the service has seen that this one is gone; nobody waits for that here. Whoever later waits for a reader in
    /// vain is told which were lost.
    /// </summary>
    private async Task GiveBack(PcscReader reader)
    {
        try
        {
            Assert.True(await Becomes(reader, "empty", Patience.Longest), $"{reader.Name} does not become empty.");
            await _free.Writer.WriteAsync(reader);
        }
        catch (Exception lost)
        {
            _lost.Enqueue($"{reader.Name}: {lost.Message}");
            throw;
        }
    }

    private async Task<bool> Becomes(PcscReader reader, string state, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        using var look = new PeriodicTimer(s_look);
        while (await StateOf(reader) != state)
        {
            if (patience.IsCancellationRequested)
            {
                return false;
            }

            await look.WaitForNextTickAsync();
        }

        return true;
    }

    private async Task<string?> StateOf(PcscReader reader)
    {
        using var answer = await _agent.GetAsync($"/v1/readers/{Uri.EscapeDataString(reader.Name)}");
        return answer.StatusCode == HttpStatusCode.OK
            ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["state"]!.GetValue<string>()
            : null;
    }

    private static async Task<PcscCounter> Open()
    {
        var apis = await ApiGate.Open();
        var free = await PcscReaders.Add();
        var folder = Directory.CreateTempSubdirectory("api-tests-agent-");
        var settings = new Dictionary<string, string?>
        {
            ["Agent:Transport"] = "pcsc",
            ["Agent:DataFolder"] = folder.FullName,
            ["Agent:AllowedOrigins:0"] = Origin,
            ["Api:Address"] = apis.Address,
        };
        var agent = await ApiProcess.Start(settings, AgentProcess.Program());
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            agent.Kill();
            folder.Delete(recursive: true);
        };
        return new PcscCounter(await Session(agent.Http), apis, free);
    }

    /// <summary>What a page does first.</summary>
    private static async Task<HttpClient> Session(HttpClient page)
    {
        page.DefaultRequestHeaders.Add("Origin", Origin);
        using var opened = await page.PostAsync("/v1/sessions", null);
        var session = JsonNode.Parse(await opened.Content.ReadAsStringAsync())!;
        page.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session["token"]!.GetValue<string>());
        return page;
    }
}
