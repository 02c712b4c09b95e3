using System.Text;

namespace Hardware.Agent.Cards.Pcsc;

/// <summary>One reader in a wait for a change: what is known of it, and what it has become.</summary>
internal sealed class WatchedReader(string name)
{
    internal string Name { get; } = name;

    /// <summary>The state that is known, with the event counter in its high word, as the last wait gave it.</summary>
    internal uint Known { get; set; }

    internal uint State { get; set; }

    internal byte[] Atr { get; set; } = [];
}

/// <summary>
/// The calls with names of readers in them. pcsc-lite takes UTF-8 under the plain name, Windows UTF-16 under a name that ends in W, and the state
/// of a reader has another layout in each.
/// </summary>
internal interface IPcscNames
{
    uint ListReaders(nint context, out IReadOnlyList<string> names);

    /// <summary>Waits on this thread until a reader's state is another than the known one.</summary>
    uint GetStatusChange(nint context, uint timeoutMilliseconds, IReadOnlyList<WatchedReader> readers);

    uint Connect(nint context, string reader, uint share, uint protocols, out nint card, out uint protocol);

    uint Status(nint card, out byte[] atr);
}

/// <summary>What both take and give: several strings one after another, each ended by a zero, and one more zero.</summary>
internal static class MultiString
{
    internal const int MostBytes = 16 * 1024;

    internal static IReadOnlyList<string> Split(ReadOnlySpan<byte> text, Encoding encoding) =>
        [.. encoding.GetString(text).Split('\0', StringSplitOptions.RemoveEmptyEntries).Take(CardLimits.Readers)];
}
