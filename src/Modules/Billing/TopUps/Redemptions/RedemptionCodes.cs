using System.Security.Cryptography;
using System.Text;
using Platform.Keys;

namespace Billing.TopUps.Redemptions;

/// <summary>What is kept of a code: the first eleven characters to find it by, and a keyed hash to recognise it by.</summary>
internal sealed class RedemptionCodes(IPurposeKeys keys)
{
    public const int Head = 11;

    /// <summary>Longer than what is kept, so that no code is kept whole.</summary>
    public const string Form = "^[0-9A-Za-z]{12,40}$";

    private const string Purpose = "redemption-codes";

    public byte[] Hash(string code)
    {
        Span<byte> key = stackalloc byte[IPurposeKeys.Length];
        keys.Read(Purpose, key);
        try
        {
            return HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(code));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
