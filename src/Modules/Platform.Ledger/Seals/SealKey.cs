using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Keys;

namespace Platform.Ledger.Seals;

/// <summary>
/// The keyed hashes over what the proofs lean on. The key comes from the vault, is of this purpose alone, and is wiped after each use: a plain hash
/// could be computed anew by whoever can write the database.
/// </summary>
public sealed class SealKey(IPurposeKeys keys)
{
    private const string Purpose = "seals";

    /// <summary>The hash of a seal; <paramref name="before"/> is what it is chained to: the hash before, or the old chain's end.</summary>
    public byte[] Of(Seal seal, byte[] before)
    {
        ArgumentNullException.ThrowIfNull(seal);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"seal|{seal.Number}|{seal.FromId}|{seal.ToId}|{seal.SealedAt.Ticks}|{seal.Contents}|"
        );
        return Mac(head, before);
    }

    public byte[] Of(ProvenStretch line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"line|{line.Number}|{line.ToId}|{line.Entries}|{line.InternalFen}|{line.InternalPoints}"
        );
        return Mac(text, []);
    }

    private byte[] Mac(string text, byte[] before)
    {
        Span<byte> key = stackalloc byte[IPurposeKeys.Length];
        keys.Read(Purpose, key);
        try
        {
            return HMACSHA256.HashData(key, [.. Encoding.UTF8.GetBytes(text), .. before]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
