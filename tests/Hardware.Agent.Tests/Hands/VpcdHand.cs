using Hardware.Simulators.Chip;
using Hardware.Simulators.Readers;
using Platform.Cards.Cryptography.Profiles;

namespace Hardware.Agent.Tests.Hands;

/// <summary>At vpcd's virtual reader of the real PC/SC service, which the agent sees as any other.</summary>
internal sealed class VpcdHand : ICardHand
{
    private readonly string _cards;
    private readonly Dictionary<string, VpcdCard> _slots;

    internal VpcdHand(string folder)
    {
        _cards = Directory.CreateDirectory(Path.Combine(folder, "cards")).FullName;
        _slots = new() { [Reader1] = Slot(0), [Reader2] = Slot(1) };
    }

    public string Reader1 => PcscService.Reader1;

    public string Reader2 => PcscService.Reader2;

    /// <summary>How the next cards speak.</summary>
    internal ChipOptions Options { get; set; } = new() { TransmissionProtocol0 = true };

    public async Task Begin(HttpClient agent)
    {
        foreach (var reader in _slots.Keys)
        {
            await UntilEmpty(agent, reader);
        }
    }

    public Task<string> NewCard(HttpClient agent)
    {
        var serial = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        var id = serial.ToLowerInvariant();
        VirtualChip.CreateBlank(IssuerProfile.Demo, Options with { ChipSerial = serial, File = FileOf(id) });
        return Task.FromResult(id);
    }

    public async Task Insert(HttpClient agent, string cardId, string reader)
    {
        await PutIn();
        await TestAgent.UntilSeen(
            async () => await TestAgent.StateOf(agent, reader) != "empty",
            async () =>
            {
                Assert.True(await _slots[reader].Remove(), "There was no card.");
                await PutIn();
            }
        );

        async Task PutIn()
        {
            await UntilEmpty(agent, reader);
            await _slots[reader].Insert(VirtualChip.Load(FileOf(cardId), Options with { File = FileOf(cardId) }));
        }
    }

    public async Task Remove(HttpClient agent, string reader)
    {
        Assert.True(await _slots[reader].Remove(), "There was no card.");
        await UntilEmpty(agent, reader);
    }

    public Task Arrange(HttpClient agent, string kind, int atCommand, string reader)
    {
        _slots[reader].Arrange(Enum.Parse<CardFaultKind>(kind, ignoreCase: true), atCommand);
        return Task.CompletedTask;
    }

    public Task<bool> Hangs(HttpClient agent, string reader) => Task.FromResult(_slots[reader].IsSilent);

    public string FileOf(string cardId) => Path.Combine(_cards, cardId + ".json");

    public async ValueTask DisposeAsync()
    {
        foreach (var slot in _slots.Values)
        {
            await slot.DisposeAsync();
        }
    }

    private static Task UntilEmpty(HttpClient agent, string reader) =>
        TestAgent.Until(async () => await TestAgent.StateOf(agent, reader) == "empty", $"the agent sees no card in {reader}");

    private static VpcdCard Slot(int number) => new("127.0.0.1", VpcdCard.FirstPort + number);
}
