using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hardware.Agent.Security;

/// <summary>
/// The sessions that allowed pages have opened. A token is bound to the origin that got it, and only its hash is kept. When there are too many
/// the one that was used least recently ends: a page that is left open loses its session, and no page can lock another out for good.
/// </summary>
internal sealed class BrowserSessions(AgentSettings settings, TimeProvider clock)
{
    internal const int Most = 32;
    private const int TokenBytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = [];

    internal (string Token, DateTimeOffset ExpiresAt) Open(string origin)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var now = clock.GetUtcNow();
        var expiresAt = now + TimeSpan.FromHours(settings.SessionHours);
        lock (_gate)
        {
            foreach (var expired in _sessions.Where(s => s.Value.ExpiresAt <= now).Select(s => s.Key).ToList())
            {
                _sessions.Remove(expired);
            }

            if (_sessions.Count >= Most)
            {
                _sessions.Remove(_sessions.MinBy(s => s.Value.UsedAt).Key);
            }

            _sessions[Hash(token)] = new(origin, now, expiresAt);
        }

        return (token, expiresAt);
    }

    /// <summary>Whether the token was given to that origin and is still good.</summary>
    internal bool IsGood(string token, string origin)
    {
        var key = Hash(token);
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (!_sessions.TryGetValue(key, out var session) || session.ExpiresAt <= now || session.Origin != origin)
            {
                return false;
            }

            _sessions[key] = session with { UsedAt = now };
            return true;
        }
    }

    internal void Close(string token)
    {
        lock (_gate)
        {
            _sessions.Remove(Hash(token));
        }
    }

    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Session(string Origin, DateTimeOffset UsedAt, DateTimeOffset ExpiresAt);
}
