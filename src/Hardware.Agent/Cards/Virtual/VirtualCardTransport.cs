namespace Hardware.Agent.Cards.Virtual;

/// <summary>Readers and cards inside this process, for the demo, tests and training.</summary>
internal sealed class VirtualCardTransport : ICardTransport
{
    private readonly VirtualReader[] _readers;
    private readonly VirtualCardFolder _folder;
    private readonly Lock _gate = new();
    private readonly ChangeSignal _changes = new();

    public VirtualCardTransport(AgentSettings settings, VirtualCardFolder folder)
    {
        _folder = folder;
        _readers = [.. settings.VirtualReaders.Select(name => new VirtualReader(name, _changes.Raise))];
        // A card stays where it is while its agent is restarted.
        foreach (var (readerName, cardId) in folder.Inserted())
        {
            if (FindVirtual(readerName) is { } reader && folder.Load(cardId) is { } card)
            {
                reader.TryInsert(card);
            }
        }
    }

    public IReadOnlyList<ReaderStatus> Readers() => [.. _readers.Select(r => r.Status)];

    public ICardReader? Find(string name) => FindVirtual(name);

    internal VirtualReader? FindVirtual(string name) => _readers.FirstOrDefault(r => r.Name == name);

    /// <summary>Which reader holds that card, or null.</summary>
    internal string? Holder(string cardId) => _readers.FirstOrDefault(r => r.CardId == cardId)?.Name;

    /// <summary>Puts a card into a reader. Loaded under the gate: two chips with one file would each save over the other's money.</summary>
    internal Insertion Insert(VirtualReader reader, string cardId)
    {
        lock (_gate)
        {
            if (Holder(cardId) is not null || reader.CardId is not null)
            {
                return Insertion.Occupied;
            }

            if (_folder.Load(cardId) is not { } card)
            {
                return Insertion.NoSuchCard;
            }

            reader.TryInsert(card);
            KeepInserted();
            return Insertion.Done;
        }
    }

    /// <summary>Does something with a card that is in no reader; null when it is in one, or is not there.</summary>
    internal T? OutOfReaders<T>(string cardId, Func<VirtualCard, T?> act)
        where T : class
    {
        lock (_gate)
        {
            return Holder(cardId) is null && _folder.Load(cardId) is { } card ? act(card) : null;
        }
    }

    /// <summary>Pulls the card out, whatever it is doing.</summary>
    internal bool TryRemove(VirtualReader reader)
    {
        lock (_gate)
        {
            var removed = reader.TryRemove();
            KeepInserted();
            return removed;
        }
    }

    public Task<IReadOnlyList<ReaderStatus>> WaitForChange(IReadOnlyList<ReaderStatus> known, CancellationToken cancellationToken) =>
        _changes.Wait(Readers, known, cancellationToken);

    public CardException? Trouble => null;

    public void LookAgain() { }

    private void KeepInserted() =>
        _folder.KeepInserted(_readers.Where(r => r.CardId is not null).ToDictionary(r => r.Name, r => r.CardId ?? ""));
}

internal enum Insertion
{
    Done,
    Occupied,
    NoSuchCard,
}
