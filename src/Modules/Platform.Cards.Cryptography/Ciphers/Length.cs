using System.Runtime.CompilerServices;

namespace Platform.Cards.Cryptography.Ciphers;

/// <summary>Lengths are checked at every entry: a short key or block would otherwise encipher something nobody meant.</summary>
internal static class Length
{
    internal static void Is(int expected, ReadOnlySpan<byte> value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value.Length != expected)
        {
            throw new ArgumentException($"Expected {expected} bytes, got {value.Length}.", name);
        }
    }

    internal static void AtMost(int limit, ReadOnlySpan<byte> value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value.Length > limit)
        {
            throw new ArgumentException($"Expected at most {limit} bytes, got {value.Length}.", name);
        }
    }
}
