using System.Buffers.Binary;
using System.Net.Sockets;
using Hardware.Simulators.Chip;

namespace Hardware.Simulators.Readers;

/// <summary>
/// One stay of a chip in a virtual reader. Each message is a length of two bytes, high byte first, and so many bytes: one byte is an order
/// (power off, power on, reset, answer to reset), more are a command. Only the answer to reset and commands are answered.
/// </summary>
internal sealed class VpcdSession : IAsyncDisposable
{
    private const byte PowerOff = 0;
    private const byte PowerOn = 1;
    private const byte Reset = 2;
    private const byte AnswerToReset = 4;

    private readonly TcpClient client;
    private readonly Func<CardFaultKind?> nextFault;
    private readonly CancellationTokenSource pulled = new();
    private volatile bool silent;

    internal VpcdSession(TcpClient client, IVirtualCard chip, Func<CardFaultKind?> nextFault)
    {
        (this.client, Chip, this.nextFault) = (client, chip, nextFault);
        Ended = Task.Run(Live);
    }

    internal IVirtualCard Chip { get; }

    internal bool IsSilent => silent;

    /// <summary>Completes when the card is out; never fails.</summary>
    internal Task Ended { get; }

    public async ValueTask DisposeAsync()
    {
        await pulled.CancelAsync();
        client.Close();
        await Ended;
    }

    private async Task Live()
    {
        try
        {
            var stream = client.GetStream();
            while (await Read(stream) is { } message && await Take(stream, message)) { }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Pulled out, or the service has ended: to the chip both are the end of its power.
        }
        finally
        {
            Chip.PowerOff();
            client.Close();
        }
    }

    /// <summary>The next message, or null when the service closed the connection.</summary>
    private async Task<byte[]?> Read(NetworkStream stream)
    {
        var length = new byte[2];
        if (await stream.ReadAtLeastAsync(length, 2, throwOnEndOfStream: false, pulled.Token) < 2)
        {
            return null;
        }

        AcknowledgeNow();
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(message, pulled.Token);
        return message;
    }

    /// <summary>
    /// The service sends length and message in two pieces and holds the second back until the first is acknowledged, which Linux puts off for 40 ms:
    /// ten commands would take half a second. So the length is acknowledged at once. Must be said anew each time; other systems have no such option.
    /// </summary>
    private void AcknowledgeNow()
    {
        if (OperatingSystem.IsLinux())
        {
            const int levelTcp = 6;
            const int quickAcknowledgement = 12;
            // A card that is pulled in this moment has no socket any more.
            client.Client?.SetRawSocketOption(levelTcp, quickAcknowledgement, BitConverter.GetBytes(1));
        }
    }

    /// <summary>False when the card is out after it.</summary>
    private async Task<bool> Take(NetworkStream stream, byte[] message)
    {
        switch (message)
        {
            case [PowerOff]:
                Chip.PowerOff();
                return true;
            case [PowerOn or Reset]:
                Chip.Reset();
                return true;
            case [AnswerToReset]:
                await Write(stream, Chip.Atr);
                return true;
            case [] or [_]:
                return true; // an order of a newer protocol: a card that does not know it does nothing
            default:
                return await Run(stream, message);
        }
    }

    private async Task<bool> Run(NetworkStream stream, byte[] command)
    {
        var fault = nextFault();
        byte[] answer = [];
        if (fault is not (CardFaultKind.TearBefore or CardFaultKind.SilentBefore))
        {
            answer = Transmit(command);
        }

        if (fault is CardFaultKind.SilentBefore or CardFaultKind.SilentAfter)
        {
            silent = true;
            while (await Read(stream) is not null)
            {
                // Whatever else is asked of it: nothing more comes, until it is pulled out or the service goes.
            }
        }

        if (fault is not null || answer.Length < 2)
        {
            return false;
        }

        await Write(stream, answer);
        return true;
    }

    /// <summary>What the chip answers; nothing when its own hooks tore it out.</summary>
    private byte[] Transmit(byte[] command)
    {
        try
        {
            return Chip.Transmit(command);
        }
        catch (CardTornException)
        {
            return [];
        }
    }

    private async Task Write(NetworkStream stream, byte[] answer)
    {
        var message = new byte[answer.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)answer.Length);
        answer.CopyTo(message, 2);
        await stream.WriteAsync(message, pulled.Token); // in one piece: two small ones would wait for each other's acknowledgement
    }
}
