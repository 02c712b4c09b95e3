using System.Security.Cryptography;
using System.Text;

namespace Billing;

/// <summary>A request that books on its way finds what it has booked again by its caller's key.</summary>
internal static class RequestKeys
{
    public static string Of(IdempotencyClaim claim)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(claim.CallerId));
        hash.AppendData(Encoding.ASCII.GetBytes(claim.Operation));
        hash.AppendData(Encoding.ASCII.GetBytes(claim.Key));
        hash.AppendData(claim.RequestHash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
