using System.Text.Json.Nodes;

namespace Demo;

/// <summary>Somebody's hand with a virtual chip at the counter's card reader.</summary>
internal abstract class CardHand : IAsyncDisposable
{
    /// <summary>What the agent calls the reader.</summary>
    public abstract string Reader { get; }

    /// <summary>Makes a blank card and puts it in; what it is called.</summary>
    public abstract Task<string> PutInBlank();

    /// <summary>The card is pulled out at the n-th command from now, when the chip has done it and not answered yet.</summary>
    public abstract Task PullAfter(int command);

    /// <summary>Puts the card that was pulled out in again.</summary>
    public abstract Task PutBack();

    /// <summary>Can the card be taken out for good, so that another blank one may come?</summary>
    public virtual bool HasMoreCards => false;

    /// <summary>Takes the card out for good; only where there are more.</summary>
    public virtual Task TakeOut() => throw new DemoFailedException($"{Reader} has one card alone.");

    public abstract ValueTask DisposeAsync();
}

/// <summary>At a virtual reader in the agent itself, which needs nothing installed.</summary>
internal sealed class SimulatedHand(FrontEnd agent, CancellationToken ct) : CardHand
{
    public const string Name = "Virtual reader 1";

    private string _card = "";

    public override string Reader => Name;

    private static string Place => $"v1/simulator/readers/{Uri.EscapeDataString(Name)}";

    public override async Task<string> PutInBlank()
    {
        _card = (await agent.Send(new Ask(HttpMethod.Post, "v1/simulator/cards"), ct)).Expect(201).Text("cardId");
        await PutBack();
        return _card;
    }

    public override async Task PullAfter(int command)
    {
        var fault = new JsonObject { ["kind"] = "tearAfter", ["atCommand"] = command };
        (await agent.Send(new Ask(HttpMethod.Put, $"{Place}/fault", fault), ct)).Expect(204);
    }

    public override async Task PutBack() =>
        (await agent.Send(new Ask(HttpMethod.Put, $"{Place}/card", new JsonObject { ["cardId"] = _card }), ct)).Expect(204);

    public override bool HasMoreCards => true;

    public override async Task TakeOut() => (await agent.Send(new Ask(HttpMethod.Delete, $"{Place}/card"), ct)).Expect(204);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
