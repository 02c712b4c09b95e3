using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Requests;

/// <summary>One-time tokens: 256 random bits to the holder, their SHA-256 in the row, so that a copy of the database opens nothing.</summary>
public static class Secrets
{
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }
}
