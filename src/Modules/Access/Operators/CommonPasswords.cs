using System.Collections.Frozen;

namespace Access.Operators;

/// <summary>
/// Passwords that guessers try first (PL-01.6): what remains of one without the digits and signs around it is a common word, it is a walk over the
/// keyboard, or it holds the login or the branch code.
/// </summary>
public static class CommonPasswords
{
    private const int ShortestPart = 3;

    private static readonly FrozenSet<string> s_words = new[]
    {
        "a",
        "aa",
        "aaa",
        "ab",
        "abc",
        "abcd",
        "abcde",
        "abcdef",
        "abcdefg",
        "abcdefgh",
        "admin",
        "asd",
        "asdf",
        "asdfgh",
        "asdfghjkl",
        "beijing",
        "changeme",
        "dragon",
        "guest",
        "hello",
        "iloveyou",
        "letmein",
        "login",
        "master",
        "monkey",
        "pass",
        "passw",
        "password",
        "passwort",
        "passwd",
        "q",
        "qq",
        "qaz",
        "qazwsx",
        "qwe",
        "qwer",
        "qwert",
        "qwerty",
        "qwertz",
        "root",
        "secret",
        "shanghai",
        "sunshine",
        "system",
        "test",
        "user",
        "welcome",
        "woaini",
        "woaiwojia",
        "xiaoming",
        "zhongguo",
        "zxc",
        "zxcv",
        "zxcvbn",
        "zxcvbnm",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] s_walks = ["1qaz2wsx", "1q2w3e4r", "q1w2e3r4", "a1b2c3d4", "1a2b3c4d", "zaq12wsx", "qaz123wsx"];

    public static bool IsTooEasy(string password, string login, string branchCode)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(branchCode);
        var lower = password.ToLowerInvariant();
        var name = Operator.Normalized(login);
        return (name.Length >= ShortestPart && lower.Contains(name, StringComparison.Ordinal))
            || lower.Contains(branchCode, StringComparison.Ordinal)
            || Array.Exists(s_walks, w => lower.StartsWith(w, StringComparison.Ordinal))
            || s_words.Contains(Word(lower.Replace('@', 'a').Replace("passw0rd", "password", StringComparison.Ordinal)));
    }

    /// <summary>The password without the digits and signs that people put around a word.</summary>
    private static string Word(string password)
    {
        var first = password.AsSpan().IndexOfAnyInRange('a', 'z');
        return first < 0 ? "" : password[first..(password.AsSpan().LastIndexOfAnyInRange('a', 'z') + 1)];
    }
}
