using System.Diagnostics;
using System.Globalization;

namespace Demo;

/// <summary>
/// At a virtual reader of the machine's PC/SC service: the chip is a process of its own, which the service takes for a card, and the agent reaches
/// it as it reaches any other.
/// </summary>
internal sealed class VpcdHand : CardHand
{
    /// <summary>The first virtual reader of vsmartcard-vpcd as eng/lib/pcsc.sh configures it.</summary>
    private const string Address = "vpcd://127.0.0.1:35963";

    private const int MostReplugs = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Seen = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly FrontEnd _agent;
    private readonly CancellationToken _ct;
    private readonly Process _card;

    public VpcdHand(string agentProgram, string folder, FrontEnd agent, CancellationToken ct)
    {
        (_agent, _ct) = (agent, ct);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in new[] { agentProgram, "virtual-card", Address, Path.Combine(folder, "card.json") })
        {
            start.ArgumentList.Add(argument);
        }

        _card = new Process { StartInfo = start };
    }

    public override string Reader => "Virtual PCD 00 00";

    public override async Task<string> PutInBlank()
    {
        _card.Start();
        var hello = await _card.StandardOutput.ReadLineAsync(_ct) ?? throw new DemoFailedException("The virtual card ended.");
        await Says("The card is in.");
        await UntilSeen();
        return hello.Split(' ')[1];
    }

    public override Task PullAfter(int command) => Do(string.Create(CultureInfo.InvariantCulture, $"tear-after {command}"));

    public override async Task PutBack()
    {
        await Says("The card is out.");
        await Until("empty");
        await Do("insert");
        await Says("The card is in.");
        await UntilSeen();
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            _card.Kill();
            await _card.WaitForExitAsync(CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }

        _card.Dispose();
    }

    private async Task Do(string line)
    {
        await _card.StandardInput.WriteLineAsync(line.AsMemory(), _ct);
        await _card.StandardInput.FlushAsync(_ct);
    }

    private async Task Says(string expected)
    {
        var said = await _card.StandardOutput.ReadLineAsync(_ct).AsTask().WaitAsync(Patience, _ct);
        if (said != expected)
        {
            throw new DemoFailedException($"The virtual card said '{said}' and not '{expected}'.");
        }
    }

    /// <summary>
    /// The driver of the virtual reader does not always see a card that comes right after it had gone; then it is taken out and put in again, as a
    /// person would.
    /// </summary>
    private async Task UntilSeen()
    {
        for (var again = 0; !await Becomes("card", Seen); again++)
        {
            if (again == MostReplugs)
            {
                throw new DemoFailedException($"The agent does not see the card in {Reader}.");
            }

            await Do("replug");
        }
    }

    private async Task Until(string state)
    {
        if (!await Becomes(state, Patience))
        {
            throw new DemoFailedException($"{Reader} does not become '{state}'.");
        }
    }

    /// <summary>The service looks for cards a few times a second, and tells the agent.</summary>
    private async Task<bool> Becomes(string state, TimeSpan within)
    {
        var waited = Stopwatch.StartNew();
        var path = $"v1/readers/{Uri.EscapeDataString(Reader)}";
        while (waited.Elapsed < within)
        {
            var reply = await _agent.Send(new Ask(HttpMethod.Get, path), _ct);
            if (reply.Status == 200 && reply.Text("state") == state)
            {
                return true;
            }

            await Task.Delay(Look, _ct);
        }

        return false;
    }
}
