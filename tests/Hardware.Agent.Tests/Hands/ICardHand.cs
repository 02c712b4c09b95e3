namespace Hardware.Agent.Tests.Hands;

/// <summary>A person at the two readers of an agent: makes cards, puts them in, pulls them out, also at the wrong moment.</summary>
internal interface ICardHand : IAsyncDisposable
{
    string Reader1 { get; }

    string Reader2 { get; }

    /// <summary>Returns when the agent sees nothing of whoever was at the readers before.</summary>
    Task Begin(HttpClient agent);

    /// <summary>A new blank card; its name is its chip serial number in small letters.</summary>
    Task<string> NewCard(HttpClient agent);

    /// <summary>Returns when the agent sees the card.</summary>
    Task Insert(HttpClient agent, string cardId, string reader);

    /// <summary>Returns when the agent sees that there is none.</summary>
    Task Remove(HttpClient agent, string reader);

    /// <summary>tearBefore, tearAfter, silentBefore or silentAfter, at the n-th physical command from now.</summary>
    Task Arrange(HttpClient agent, string kind, int atCommand, string reader);

    /// <summary>Whether the card has been silent in the middle of a command since.</summary>
    Task<bool> Hangs(HttpClient agent, string reader);

    /// <summary>The file of a card's memory.</summary>
    string FileOf(string cardId);
}

internal static class CardHand
{
    /// <summary>Settings with which an agent uses that transport.</summary>
    internal static string[] Settings(Transport transport) => transport == Transport.Pcscd ? ["--Agent:Transport=pcsc"] : [];

    internal static ICardHand At(Transport transport, string folder) =>
        transport == Transport.Pcscd ? new VpcdHand(folder) : new SimulatorHand(folder);
}
