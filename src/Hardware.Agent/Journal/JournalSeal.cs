using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hardware.Agent.Exchange;

namespace Hardware.Agent.Journal;

/// <summary>What a row must keep for a restart and nobody is to read: the ticket, and what the card answered (names, certificate numbers).</summary>
internal sealed record JournalSecret(string? Ticket, IReadOnlyList<ExchangeAnswer>? Answers, ExchangeRound? Body);

/// <summary>
/// Encrypts those parts of the journal (AES-GCM) under a key in a file of its own beside it. A copy of the journal alone, in a backup or sent
/// to somebody for help, then gives nothing away. Each part is bound to its row, so that it cannot be moved to another operation's.
/// </summary>
internal sealed class JournalSeal : IDisposable
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly AesGcm _cipher;

    private JournalSeal(byte[] key) => _cipher = new AesGcm(key, TagBytes);

    /// <summary>The key of that folder, made at the first start.</summary>
    internal static JournalSeal Open(string folder)
    {
        var file = Path.Combine(folder, "journal.key");
        if (!File.Exists(file))
        {
            PrivateFile.Write(file, RandomNumberGenerator.GetBytes(KeyBytes));
        }

        var key = File.ReadAllBytes(file);
        return key.Length == KeyBytes
            ? new(key)
            : throw new IOException($"'{file}' is no journal key. Put the right one back, or move it and the journal away together.");
    }

    internal string Close(JournalSecret secret, JournalRow row)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(secret, Json);
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        _cipher.Encrypt(nonce, plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), Context(row));
        return Convert.ToBase64String(whole);
    }

    /// <summary>Null when it was made with another key, or for another row.</summary>
    internal JournalSecret? Open(string text, JournalRow row)
    {
        try
        {
            var whole = Convert.FromBase64String(text).AsSpan();
            var plain = new byte[Math.Max(0, whole.Length - NonceBytes - TagBytes)];
            _cipher.Decrypt(whole[..NonceBytes], whole[(NonceBytes + TagBytes)..], whole.Slice(NonceBytes, TagBytes), plain, Context(row));
            return JsonSerializer.Deserialize<JournalSecret>(plain, Json);
        }
        catch (Exception e) when (e is FormatException or CryptographicException or JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private static byte[] Context(JournalRow row) => Encoding.UTF8.GetBytes($"{row.OperationId} {row.Step} {row.Round}");
}
