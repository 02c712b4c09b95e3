namespace Hardware.Agent.Cards.Pcsc;

/// <summary>A reader of the PC/SC service, held by at most one connection of this agent.</summary>
internal sealed class PcscReader(IPcscNames names, string name, TimeSpan limit, Action changed) : ICardReader
{
    private readonly Lock _gate = new();
    private ReaderStatus _seen = new(name, ReaderState.Empty, null);
    private object? _holder;
    private bool _hangs;

    internal string Name => name;

    public ReaderStatus Status
    {
        get
        {
            lock (_gate)
            {
                var own = (_hangs, _holder) switch
                {
                    (true, _) => ReaderState.NotResponding,
                    (_, not null) when _seen.State == ReaderState.Card => ReaderState.InUse,
                    _ => _seen.State,
                };
                return _seen with { State = own };
            }
        }
    }

    public async Task<ICardConnection> ConnectExclusive(CancellationToken cancellationToken)
    {
        var claim = new object();
        lock (_gate)
        {
            if (_hangs)
            {
                throw new CardException(CardFault.NotResponding, $"The card in {name} still does not answer.");
            }

            if (_holder is not null)
            {
                throw new CardException(CardFault.Busy, $"{name} is in use.");
            }

            _holder = claim;
        }

        changed();
        try
        {
            var connection = await PcscConnection.Open(names, this, limit, cancellationToken);
            lock (_gate)
            {
                _holder = connection;
            }

            return connection;
        }
        catch
        {
            Release(claim);
            throw;
        }
    }

    /// <summary>What the service says of the reader.</summary>
    internal void See(ReaderStatus seen)
    {
        lock (_gate)
        {
            _seen = seen;
        }
    }

    internal void Release(object holder)
    {
        lock (_gate)
        {
            if (_holder != holder)
            {
                return;
            }

            _holder = null;
        }

        changed();
    }

    /// <summary>A call to the card hangs; until it returns another would only wait behind it.</summary>
    internal void Hangs(Task ended)
    {
        lock (_gate)
        {
            _hangs = true;
        }

        changed();
        _ = Answers(ended);
    }

    private async Task Answers(Task ended)
    {
        await ended;
        lock (_gate)
        {
            _hangs = false;
        }

        changed();
    }
}
