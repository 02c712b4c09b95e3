namespace Hardware.Agent.Cards.Virtual;

/// <summary>A virtual card in the hands of one caller.</summary>
internal sealed class VirtualConnection(VirtualReader reader, VirtualCard card) : ICardConnection
{
    public ReadOnlyMemory<byte> Atr => card.Atr;

    public CardProtocol Protocol => CardProtocol.T0;

    public async Task<byte[]> Transmit(ReadOnlyMemory<byte> command, TimeSpan watchdog, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.Exchange(this, card, command).WaitAsync(watchdog, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new CardException(CardFault.NoAnswer, $"The card did not answer within {watchdog.TotalSeconds} s.", e);
        }
    }

    public Task Reset(CancellationToken cancellationToken)
    {
        reader.Reset(this, card);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        reader.Release(this, card);
        return ValueTask.CompletedTask;
    }
}
