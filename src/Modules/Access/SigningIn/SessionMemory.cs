using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Access.SigningIn;

/// <summary>
/// Remembers who stands behind an access token, with the stamps under which that was read. Used where a request books: its transaction confirms the
/// stamps (<see cref="Premise"/>), so that a sign-out, another password, another role or a closed branch works at once on every instance (PL-01.7)
/// without a read of its own.
/// </summary>
internal sealed class SessionMemory(TimeProvider clock)
{
    private const int Most = 5_000;
    private readonly Recent<TokenHash, Remembered> _sessions = new(Most);

    /// <summary>The caller, if remembered and not past its time, and what the request then goes by.</summary>
    public Remembered? Find(string accessToken) =>
        _sessions.TryGet(TokenHash.Of(accessToken), out var found) && found.Until > clock.GetUtcNow().UtcDateTime ? found : null;

    public void Keep(string accessToken, Remembered session) => _sessions.Set(TokenHash.Of(accessToken), session);

    public void Forget(string accessToken) => _sessions.Forget(TokenHash.Of(accessToken));

    internal sealed record Remembered(Caller Caller, DateTime Until, Premise OperatorStamp, Premise RolesStamp);

    /// <summary>SHA-256 of a token: memory holds no token, as the database holds none.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
    {
        public static TokenHash Of(string token)
        {
            Span<byte> text = stackalloc byte[SignedInMiddleware.TokenLength];
            var length = Encoding.ASCII.GetBytes(token, text);
            Span<TokenHash> hash = stackalloc TokenHash[1];
            SHA256.HashData(text[..length], MemoryMarshal.AsBytes(hash));
            return hash[0];
        }
    }
}

/// <summary>The stamps of what a session hangs on.</summary>
internal static class AccessStamps
{
    private const int Shares = 32;

    /// <summary>Roles, what is in them, and branches: few changes, and each concerns many operators.</summary>
    public const string Roles = "access";

    private static readonly string[] s_operators =
    [
        .. Enumerable.Range(0, Shares).Select(i => string.Create(CultureInfo.InvariantCulture, $"access:{i}")),
    ];

    /// <summary>
    /// An operator's sessions, password and roles. Operators share stamps, so one sign-out invalidates only 1/32 of the cached
    /// sessions.
    /// </summary>
    public static string Of(long operatorId) => s_operators[(int)(((ulong)operatorId * 0x9E3779B97F4A7C15UL) >> 59)];
}
