using Microsoft.AspNetCore.Identity;

namespace Access;

/// <summary>Password hashes by ASP.NET's own hasher (PBKDF2 with a salt each).</summary>
public sealed class PasswordHashes
{
    private static readonly object s_nobody = new();
    private readonly PasswordHasher<object> _hasher = new();
    private readonly string _dummy;

    public PasswordHashes() => _dummy = Hash(Guid.NewGuid().ToString());

    public string Hash(string password) => _hasher.HashPassword(s_nobody, password);

    /// <summary>Holds a password against a hash; without one against a dummy, so that an unknown login costs the same time (PL-01.2).</summary>
    internal bool Verify(string? hash, string password)
    {
        var matches = _hasher.VerifyHashedPassword(s_nobody, hash ?? _dummy, password) != PasswordVerificationResult.Failed;
        return matches && hash is not null;
    }
}
