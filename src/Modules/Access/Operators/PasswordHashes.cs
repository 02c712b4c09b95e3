using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform;

namespace Access.Operators;

/// <summary>Password hashes by ASP.NET's own hasher (PBKDF2 with a salt each). A hash says how many rounds made it.</summary>
public sealed class PasswordHashes
{
    internal const string RoundsSetting = "Passwords:HashRounds";
    private const int DefaultRounds = 100_000;

    /// <summary>Some seconds of one core for each sign-in: more is a mistake.</summary>
    internal const int MostRounds = 10_000_000;

    private static readonly object s_nobody = new();
    private static readonly string[] s_mayBeWeak = [Environments.Development, "Testing"];
    private readonly PasswordHasher<object> _hasher;
    private readonly string _dummy;

    public PasswordHashes(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<object>(options);
        _dummy = Hash(Guid.NewGuid().ToString());
    }

    public string Hash(string password) => _hasher.HashPassword(s_nobody, password);

    /// <summary>Holds a password against a hash; without one against a dummy, so that an unknown login costs the same time (PL-01.2).</summary>
    internal bool Verify(string? hash, string password)
    {
        var matches = _hasher.VerifyHashedPassword(s_nobody, hash ?? _dummy, password) != PasswordVerificationResult.Failed;
        return matches && hash is not null;
    }

    /// <summary>The rounds that are set. Fewer than the default refuse to start outside of tests, which sign in thousands of times.</summary>
    public static int Rounds(IConfiguration configuration)
    {
        var text = configuration[RoundsSetting];
        if (string.IsNullOrEmpty(text))
        {
            return DefaultRounds;
        }

        var environment = configuration[HostDefaults.EnvironmentKey] ?? Environments.Production;
        var least = s_mayBeWeak.Contains(environment, StringComparer.OrdinalIgnoreCase) ? 1 : DefaultRounds;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds >= least && rounds <= MostRounds
            ? rounds
            : throw new StartRefusedException(
                $"{RoundsSetting} is '{text}'; set it to a number between {least} and {MostRounds} in the environment {environment}, or leave it out.",
                $"{RoundsSetting} 的值“{text}”无效：在环境 {environment} 中应为 {least} 至 {MostRounds} 的整数，或不设置。"
            );
    }
}
