using System.Net;
using Microsoft.Extensions.Configuration;

namespace Access.SigningIn;

/// <summary>
/// How often a password may be tried per minute, for one login and from one address (PL-06.6). Counted in this process alone: it keeps guessing from
/// costing us the hashing; what stops guessing is the lock in the row.
/// </summary>
internal sealed class SignInLimit(IConfiguration configuration, TimeProvider clock)
{
    public const string PerLogin = "SignIn:TriesPerMinuteAndLogin";
    public const string PerAddress = "SignIn:TriesPerMinuteAndAddress";
    private const int WindowSeconds = 60;
    private const int MostKeys = 100_000;

    private readonly int _perLogin = configuration.GetValue(PerLogin, 600);
    private readonly int _perAddress = configuration.GetValue(PerAddress, 3_000);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _window;

    /// <summary>Counts a try; the refusal when it is one too many.</summary>
    public TooManyRequests? Count(string branchCode, string login, IPAddress address) =>
        Count(($"l {branchCode} {Operator.Normalized(login)}", _perLogin), ($"a {address}", _perAddress));

    /// <summary>Counts a try of which only the address is known.</summary>
    public TooManyRequests? Count(IPAddress address) => Count(($"a {address}", _perAddress));

    private TooManyRequests? Count(params ReadOnlySpan<(string Key, int Limit)> tries)
    {
        lock (_gate)
        {
            // Read under the lock: a caller that read it before the window's edge and came after it would open the old window again.
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            if (_window != now / WindowSeconds)
            {
                _window = now / WindowSeconds;
                _counts.Clear();
            }

            var allowed = true;
            foreach (var (key, limit) in tries)
            {
                allowed &= Take(key, limit);
            }

            return allowed ? null : new TooManyRequests((int)(WindowSeconds - (now % WindowSeconds)));
        }
    }

    private bool Take(string key, int limit)
    {
        var count = _counts.GetValueOrDefault(key);
        if (count >= limit || (count == 0 && _counts.Count >= MostKeys))
        {
            return false;
        }

        _counts[key] = count + 1;
        return true;
    }
}
