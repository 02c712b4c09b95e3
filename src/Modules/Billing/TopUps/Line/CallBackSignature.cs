using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Billing.TopUps.Line;

/// <summary>
/// Checks who signed a call-back, as the Standard Webhooks have it: HMAC-SHA256 over id, time and body. A time too far from now is refused, so that
/// an old call-back cannot be sent again.
/// </summary>
internal sealed class CallBackSignature(IConfiguration configuration, TimeProvider clock)
{
    private const int LeastSecret = 16;
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(configuration["TopUps:CallBackSecret"] ?? "");

    public bool IsGood(string? id, string? stamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (
            _secret.Length < LeastSecret
            || id is not { Length: >= 1 and <= 64 }
            || signature is not { Length: <= 200 }
            || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > s_tolerance.TotalSeconds
        )
        {
            return false;
        }

        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{stamp}."));
        mac.AppendData(body);
        var right = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(mac.GetHashAndReset()));
        return signature.Split(' ').Any(s => CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(s)));
    }
}
