using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hardware.Agent.Cards.Pcsc;

/// <summary>A card that this agent alone is connected to, on a thread of its own.</summary>
internal sealed class PcscConnection : ICardConnection
{
    private const uint ShareExclusive = 1;
    private const uint AnyProtocol = 3;
    private const uint Protocol0 = 1;
    private const uint ResetCard = 1;
    private const uint UnpowerCard = 2;

    private readonly IPcscNames _names;
    private readonly PcscReader _reader;
    private readonly PcscThread _thread;
    private readonly TimeSpan _limit;
    private readonly byte[] _answer = new byte[CardLimits.PhysicalAnswerBytes];
    private nint _card;
    private uint _protocol;
    private bool _givenUp;

    private PcscConnection(IPcscNames names, PcscReader reader, TimeSpan limit)
    {
        (_names, _reader, _limit) = (names, reader, limit);
        _thread = new PcscThread("card in " + reader.Name);
    }

    public ReadOnlyMemory<byte> Atr { get; private set; }

    public CardProtocol Protocol => _protocol == Protocol0 ? CardProtocol.T0 : CardProtocol.T1;

    /// <summary>Powers the card on, or throws and has left nothing behind.</summary>
    internal static async Task<PcscConnection> Open(IPcscNames names, PcscReader reader, TimeSpan limit, CancellationToken ct)
    {
        var connection = new PcscConnection(names, reader, limit);
        try
        {
            await connection.Call(connection.Connect, limit, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<byte[]> Transmit(ReadOnlyMemory<byte> command, TimeSpan watchdog, CancellationToken cancellationToken) =>
        await Call(_ => Transmit(command.Span), watchdog, cancellationToken);

    public Task Reset(CancellationToken cancellationToken) => Call(_ => Reset(), _limit, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_givenUp)
        {
            _reader.Release(this);
            return;
        }

        Task disconnected = _thread.Run(_ => Disconnect());
        await disconnected.WaitAsync(_limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _thread.End();
        await _thread.Ended.WaitAsync(_limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_thread.Ended.IsCompleted && !_givenUp)
        {
            GiveUp();
        }

        _reader.Release(this);
    }

    /// <summary>A call under the watchdog: one that hangs is left behind on its thread, and the caller is free.</summary>
    private async Task<T> Call<T>(Func<nint, T> call, TimeSpan limit, CancellationToken ct)
    {
        try
        {
            return await _thread.Run(call).WaitAsync(limit, ct);
        }
        catch (TimeoutException e)
        {
            GiveUp();
            throw new CardException(CardFault.NoAnswer, $"The card did not answer within {limit.TotalSeconds} s.", e);
        }
        catch (OperationCanceledException)
        {
            GiveUp();
            throw;
        }
    }

    private void GiveUp()
    {
        _givenUp = true;
        _thread.GiveUp();
        _reader.Hangs(_thread.Ended);
    }

    private bool Connect(nint context)
    {
        var code = _names.Connect(context, _reader.Name, ShareExclusive, AnyProtocol, out _card, out _protocol);
        if (code != PcscCode.Success)
        {
            _card = 0;
            throw PcscCode.Failure("SCardConnect", code, code is PcscCode.NoCard or PcscCode.RemovedCard ? CardFault.NoCard : null);
        }

        Require("SCardStatus", _names.Status(_card, out var atr));
        Atr = atr;
        return true;
    }

    private byte[] Transmit(ReadOnlySpan<byte> command)
    {
        var request = new PcscLibrary.IoRequest
        {
            Protocol = new CULong(_protocol),
            Length = new CULong((uint)Unsafe.SizeOf<PcscLibrary.IoRequest>()),
        };
        var length = new CULong((uint)_answer.Length);
        var code = PcscLibrary.Transmit(_card, request, command, new CULong((uint)command.Length), 0, _answer, ref length);
        Require("SCardTransmit", (uint)code.Value);
        return _answer[..(int)length.Value];
    }

    private bool Reset()
    {
        var code = PcscLibrary.Reconnect(
            _card,
            new CULong(ShareExclusive),
            new CULong(AnyProtocol),
            new CULong(ResetCard),
            out var protocol
        );
        Require("SCardReconnect", (uint)code.Value);
        _protocol = (uint)protocol.Value;
        return true;
    }

    private bool Disconnect()
    {
        if (_card != 0)
        {
            // What it answers helps nobody: the context is given back next, and with it whatever was left of the connection.
            _ = PcscLibrary.Disconnect(_card, new CULong(UnpowerCard));
            _card = 0;
        }

        return true;
    }

    private static void Require(string call, uint code)
    {
        if (code != PcscCode.Success)
        {
            throw PcscCode.Failure(call, code);
        }
    }
}
