using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Access.SigningIn;

/// <summary>The last tries were wrong; the next may come after a while. Nothing was looked at, and it counts towards no lock.</summary>
public sealed record SignInThrottled(int WaitSeconds)
    : Refusal("sign-in-throttled", 429, "Too many wrong passwords; wait before the next try.", "密码连续输错，请稍候再试。")
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => WaitSeconds;
}

/// <summary>
/// Growing waits after wrong passwords, for one login from one address and for an address as a whole (PL-01.13): who tries other people's passwords
/// is slowed long before he has locked many of them. A try counts as wrong from its start, so that tries at once do not slip through, and is taken
/// back when it was right. Kept by this process alone; what stops guessing for good is the lock in the row.
/// </summary>
public sealed class SignInWaits(IConfiguration configuration, TimeProvider clock)
{
    public const string FirstWait = "SignIn:FirstWait";
    private const int FreePerLogin = 2;
    private const int FreePerAddress = 10;
    private const int MostKeys = 50_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);
    private readonly TimeSpan _first = configuration.GetValue(FirstWait, TimeSpan.FromSeconds(2));
    private readonly Lock _gate = new();
    private readonly Recent<string, Tries> _tries = new(MostKeys);

    /// <summary>Begins a try; the refusal when it comes too early.</summary>
    public SignInThrottled? Begin(string branchCode, string login, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var (one, all) = Keys(branchCode, login, address);
        lock (_gate)
        {
            // Read under the lock: a try that read it before another one's, and came after it, would be early by that much.
            var now = clock.GetUtcNow();
            var (ofLogin, ofAddress) = (Of(one, now), Of(all, now));
            var until = ofLogin.NextAt > ofAddress.NextAt ? ofLogin.NextAt : ofAddress.NextAt;
            if (until > now)
            {
                return new SignInThrottled((int)Math.Ceiling((until - now).TotalSeconds));
            }

            _tries.Set(one, After(ofLogin.Count + 1, FreePerLogin, now));
            _tries.Set(all, After(ofAddress.Count + 1, FreePerAddress, now));
            return null;
        }
    }

    /// <summary>The password was right: the login starts anew, and the address has one wrong try less.</summary>
    public void Right(string branchCode, string login, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var (one, all) = Keys(branchCode, login, address);
        lock (_gate)
        {
            _tries.Forget(one);
            TakeBack(all, FreePerAddress);
        }
    }

    /// <summary>No password was looked at after all.</summary>
    public void NotTried(string branchCode, string login, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var (one, all) = Keys(branchCode, login, address);
        lock (_gate)
        {
            TakeBack(one, FreePerLogin);
            TakeBack(all, FreePerAddress);
        }
    }

    private void TakeBack(string key, int free)
    {
        var now = clock.GetUtcNow();
        var count = Of(key, now).Count - 1;
        if (count <= 0)
        {
            _tries.Forget(key);
        }
        else
        {
            _tries.Set(key, After(count, free, now));
        }
    }

    private Tries Of(string key, DateTimeOffset now) =>
        _tries.TryGet(key, out var tries) && now - tries.LastAt < s_longest + s_longest ? tries : default;

    private Tries After(int count, int free, DateTimeOffset now)
    {
        var doublings = Math.Min(count - free, 20);
        var wait = doublings < 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_first.Ticks << doublings);
        return new Tries(count, now, now + (wait < s_longest ? wait : s_longest));
    }

    /// <summary>One customer of a provider has a whole /64 of IPv6: it is one address.</summary>
    private static (string One, string All) Keys(string branchCode, string login, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var text =
            plain.AddressFamily == AddressFamily.InterNetworkV6
                ? Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, 8))
                : plain.ToString();
        return (string.Create(CultureInfo.InvariantCulture, $"{branchCode} {Operator.Normalized(login)} {text}"), text);
    }

    private readonly record struct Tries(int Count, DateTimeOffset LastAt, DateTimeOffset NextAt);
}
