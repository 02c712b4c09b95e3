using System.Security.Cryptography;
using System.Text;
using Platform.Keys;

namespace Billing.TopUps.Pins;

/// <summary>
/// Encrypts PINs with a key of their own purpose (AES-256-GCM). The serial number is bound to each, so that a code moved to another row does not
/// open.
/// </summary>
internal sealed class PinVault(IPurposeKeys keys)
{
    private const string Purpose = "top-up-pins";
    private const int Nonce = 12;
    private const int Tag = 16;

    public byte[] Encrypt(string serial, string pin)
    {
        var plain = Encoding.ASCII.GetBytes(pin);
        var closed = new byte[Nonce + plain.Length + Tag];
        RandomNumberGenerator.Fill(closed.AsSpan(0, Nonce));
        With(aes =>
            aes.Encrypt(
                closed.AsSpan(0, Nonce),
                plain,
                closed.AsSpan(Nonce, plain.Length),
                closed.AsSpan(Nonce + plain.Length),
                Encoding.UTF8.GetBytes(serial)
            )
        );
        CryptographicOperations.ZeroMemory(plain);
        return closed;
    }

    public string Decrypt(string serial, byte[] secret)
    {
        var plain = new byte[secret.Length - Nonce - Tag];
        With(aes =>
            aes.Decrypt(
                secret.AsSpan(0, Nonce),
                secret.AsSpan(Nonce, plain.Length),
                secret.AsSpan(Nonce + plain.Length),
                plain,
                Encoding.UTF8.GetBytes(serial)
            )
        );
        return Encoding.ASCII.GetString(plain);
    }

    private void With(Action<AesGcm> work)
    {
        Span<byte> key = stackalloc byte[IPurposeKeys.Length];
        keys.Read(Purpose, key);
        try
        {
            using var aes = new AesGcm(key, Tag);
            work(aes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
