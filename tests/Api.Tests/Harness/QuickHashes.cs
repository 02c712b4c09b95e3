using System.Collections.Concurrent;
using Access.Operators;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Api.Tests.Harness;

/// <summary>
/// Hashes of the passwords that tests sign in with, of one round and made once: the hashing is slow on purpose, and nearly every test hires somebody.
/// </summary>
internal static class QuickHashes
{
    /// <summary>For the setting <c>Passwords:HashRounds</c> of a test's host.</summary>
    public const string Rounds = "1";

    private static readonly PasswordHashes s_hashes = new(Options.Create(new PasswordHasherOptions { IterationCount = 1 }));
    private static readonly ConcurrentDictionary<string, string> s_made = [];

    public static string Of(string password) => s_made.GetOrAdd(password, s_hashes.Hash);
}
