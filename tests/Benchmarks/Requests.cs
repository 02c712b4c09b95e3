using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Benchmarks;

/// <summary>The bytes of requests: made once for each card, but for key and amount, which differ in every one.</summary>
internal sealed class Requests
{
    /// <summary>Longest request, in bytes.</summary>
    public const int Most = 1_024;

    private const int LeastFen = 1_000; // four digits, so that all bodies are of one length
    private const int Amounts = 9_000;
    private static readonly byte[] s_bodyStart = "\r\n\r\n{\"amount\":"u8.ToArray();
    private static readonly byte[] s_bodyEnd = ",\"paymentMethod\":\"cash\",\"oilType\":\"gasoline92\"}"u8.ToArray();

    private readonly byte[][] _heads;
    private readonly CardPicker _cards;
    private readonly ulong _run;
    private ulong _sent;

    public Requests(LoadOptions options)
    {
        var length = s_bodyStart.Length - 4 + 4 + s_bodyEnd.Length;
        _heads =
        [
            .. options.Cards.Select(card =>
                Encoding.ASCII.GetBytes(
                    $"POST /v1/cards/{card}/collections HTTP/1.1\r\nHost: {options.Url.Authority}\r\nAuthorization: Bearer {options.Token}\r\n"
                        + $"Content-Type: application/json\r\nContent-Length: {length}\r\nIdempotency-Key: "
                )
            ),
        ];
        if (_heads.Max(h => h.Length) + 32 + s_bodyStart.Length + 4 + s_bodyEnd.Length > Most)
        {
            throw new WrongUsageException($"A request is longer than {Most} bytes: look at the token.");
        }

        _cards = new CardPicker(options.Choice, options.Cards.Length);
        _run = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>Writes the next request; the answer is its length.</summary>
    public int Next(Span<byte> into)
    {
        var head = _heads[_cards.Next()];
        head.CopyTo(into);
        var at = head.Length;
        // Keys as callers make them: without any order, so that neighbours in time are none in the database's index.
        Utf8Formatter.TryFormat(Scattered(_run + (2 * _sent)), into[at..], out var written, new('x', 16));
        at += written;
        Utf8Formatter.TryFormat(Scattered(_run + (2 * _sent) + 1), into[at..], out written, new('x', 16));
        at += written;
        s_bodyStart.CopyTo(into[at..]);
        at += s_bodyStart.Length;
        Utf8Formatter.TryFormat(LeastFen + (int)(_sent % Amounts), into[at..], out written);
        at += written;
        s_bodyEnd.CopyTo(into[at..]);
        _sent++;
        return at + s_bodyEnd.Length;
    }

    /// <summary>One to one, so that no key comes twice (the mixing step of SplitMix64).</summary>
    private static ulong Scattered(ulong number)
    {
        var z = number * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
