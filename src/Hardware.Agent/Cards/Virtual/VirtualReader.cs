using Hardware.Simulators.Readers;

namespace Hardware.Agent.Cards.Virtual;

/// <summary>A slot with at most one virtual card, held by at most one connection.</summary>
internal sealed class VirtualReader(string name, Action changed) : ICardReader
{
    private readonly Lock _gate = new();
    private VirtualCard? _card;
    private VirtualConnection? _holder;
    private TaskCompletionSource? _silence;
    private readonly ArrangedFault _fault = new();

    internal string Name => name;

    internal string? CardId
    {
        get
        {
            lock (_gate)
            {
                return _card?.Id;
            }
        }
    }

    public ReaderStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new(name, State(), _card?.AtrHex);
            }
        }
    }

    public Task<ICardConnection> ConnectExclusive(CancellationToken cancellationToken)
    {
        VirtualConnection connection;
        lock (_gate)
        {
            switch (State())
            {
                case ReaderState.Empty:
                    throw new CardException(CardFault.NoCard, $"There is no card in {name}.");
                case ReaderState.InUse:
                    throw new CardException(CardFault.Busy, $"{name} is in use.");
                case ReaderState.NotResponding:
                    throw new CardException(CardFault.NotResponding, $"The card in {name} still does not answer.");
            }

            var card = _card ?? throw new CardException(CardFault.NoCard, $"There is no card in {name}.");
            card.PowerOn();
            connection = new VirtualConnection(this, card);
            _holder = connection;
        }

        changed();
        return Task.FromResult<ICardConnection>(connection);
    }

    internal bool TryInsert(VirtualCard card)
    {
        lock (_gate)
        {
            if (_card is not null)
            {
                return false;
            }

            _card = card;
        }

        changed();
        return true;
    }

    internal bool TryRemove()
    {
        TaskCompletionSource? silence;
        lock (_gate)
        {
            if (_card is null)
            {
                return false;
            }

            _card.PowerOff();
            _card = null;
            silence = _silence;
            _silence = null;
        }

        silence?.TrySetResult();
        changed();
        return true;
    }

    /// <summary>Lets something go wrong at the n-th command from now, 1 the next; 0 takes it back.</summary>
    internal void Arrange(CardFaultKind kind, int atCommand)
    {
        lock (_gate)
        {
            _fault.Arrange(kind, atCommand);
        }
    }

    /// <summary>One command; completes when the card answers, never before a silent card is removed.</summary>
    internal async Task<byte[]> Exchange(VirtualConnection connection, VirtualCard card, ReadOnlyMemory<byte> command)
    {
        byte[] answer = [];
        Task? silence = null;
        var torn = false;
        lock (_gate)
        {
            if (_card != card || _holder != connection)
            {
                throw new CardException(CardFault.CardRemoved, $"The card was taken out of {name}.");
            }

            var fault = _fault.Next();
            if (fault is not (CardFaultKind.TearBefore or CardFaultKind.SilentBefore))
            {
                answer = card.Transmit(command.Span);
            }

            torn = fault is CardFaultKind.TearBefore or CardFaultKind.TearAfter;
            if (fault is CardFaultKind.SilentBefore or CardFaultKind.SilentAfter)
            {
                _silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                silence = _silence.Task;
            }
        }

        if (silence is not null)
        {
            changed();
            await silence;
            throw new CardException(CardFault.CardRemoved, $"The card was taken out of {name}.");
        }

        if (torn)
        {
            TryRemove();
            throw new CardException(CardFault.CardRemoved, $"The card was torn out of {name}.");
        }

        return answer;
    }

    internal void Reset(VirtualConnection connection, VirtualCard card)
    {
        lock (_gate)
        {
            if (_card != card || _holder != connection)
            {
                throw new CardException(CardFault.CardRemoved, $"The card was taken out of {name}.");
            }

            card.Reset();
        }
    }

    internal void Release(VirtualConnection connection, VirtualCard card)
    {
        lock (_gate)
        {
            if (_holder != connection)
            {
                return;
            }

            _holder = null;
            card.PowerOff();
        }

        changed();
    }

    private ReaderState State() =>
        this switch
        {
            { _card: null } => ReaderState.Empty,
            { _silence: not null } => ReaderState.NotResponding,
            { _holder: not null } => ReaderState.InUse,
            _ => ReaderState.Card,
        };
}
