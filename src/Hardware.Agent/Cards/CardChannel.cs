using System.Buffers.Binary;

namespace Hardware.Agent.Cards;

/// <summary>An answer after 61xx and 6Cxx are resolved: data without the status word, and the final status word.</summary>
internal sealed record CardAnswer(byte[] Data, ushort StatusWord)
{
    internal string StatusWordHex => StatusWord.ToString("X4", System.Globalization.CultureInfo.InvariantCulture);

    internal bool Ok => StatusWord == 0x9000;
}

/// <summary>
/// Speaks to a connected card as its protocol wants it: 61xx is followed by GET RESPONSE, 6Cxx by the same command with the length the card
/// names (T=1 cards may do so, too). Each physical command runs under the watchdog.
/// </summary>
internal sealed class CardChannel(ICardConnection connection, TimeSpan watchdog, ILogger log)
{
    private const int MostParts = 17;

    internal async Task<CardAnswer> Run(ReadOnlyMemory<byte> wanted, CancellationToken cancellationToken)
    {
        var command = ApduLength.For(connection.Protocol, wanted);
        var answer = await Send(command, cancellationToken);
        // A card says 6Cxx before it does anything, so this is the one case in which a command that moves money goes out again.
        if (answer.StatusWord >> 8 == 0x6C)
        {
            answer = await Send(WithLength(command.Span, (byte)answer.StatusWord), cancellationToken);
        }

        var data = new List<byte>(answer.Data);
        for (var part = 1; answer.StatusWord >> 8 == 0x61; part++)
        {
            if (part > MostParts || data.Count > CardLimits.AnswerBytes)
            {
                throw new CardException(CardFault.Transport, "The card never ends its answer.");
            }

            answer = await Send(new byte[] { 0x00, 0xC0, 0x00, 0x00, (byte)answer.StatusWord }, cancellationToken);
            data.AddRange(answer.Data);
        }

        return answer with
        {
            Data = [.. data],
        };
    }

    private async Task<CardAnswer> Send(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        var raw = await connection.Transmit(command, watchdog, cancellationToken);
        if (raw.Length < 2)
        {
            throw new CardException(CardFault.NoAnswer, "The card answered with fewer than two bytes.");
        }

        var answer = new CardAnswer(raw[..^2], BinaryPrimitives.ReadUInt16BigEndian(raw.AsSpan(raw.Length - 2)));
        // Answers are not logged: a key never leaves a card, but names and certificate numbers do.
        log.LogDebug(
            "Card command {Command} answered {StatusWord} with {Bytes} bytes",
            ApduText.ForLog(command.Span),
            answer.StatusWordHex,
            answer.Data.Length
        );
        return answer;
    }

    private static byte[] WithLength(ReadOnlySpan<byte> command, byte length)
    {
        var carriesData = command.Length > 5;
        var lengthOfRest = carriesData ? 5 + command[4] : 4;
        return [.. command[..Math.Min(lengthOfRest, command.Length)], length];
    }
}

/// <summary>Whether a command with data carries the length of its answer (ISO 7816-3, case 4).</summary>
internal static class ApduLength
{
    // EXTERNAL AUTHENTICATE, VERIFY, CHANGE and RESET of a PIN, RELOAD PIN, WRITE KEY, UPDATE, blocking: they answer a status word only, and
    // a card may refuse a length that promises more (6700). CLA does not matter: it changes with secure messaging.
    private static readonly HashSet<byte> WithoutAnswer = [0x82, 0x20, 0x24, 0x2C, 0x5E, 0xD4, 0xD6, 0xDC, 0x16, 0x18, 0x1E];

    internal static ReadOnlyMemory<byte> For(CardProtocol protocol, ReadOnlyMemory<byte> command)
    {
        var bytes = command.Span;
        if (bytes.Length <= 5)
        {
            return command; // no data
        }

        var hasLength = bytes.Length == 6 + bytes[4];
        return protocol switch
        {
            CardProtocol.T0 when hasLength => command[..^1],
            CardProtocol.T1 when !hasLength && !WithoutAnswer.Contains(bytes[1]) => (byte[])[.. bytes, 0x00],
            _ => command,
        };
    }
}
