using System.Buffers.Binary;
using System.Globalization;
using Platform.Cards.Cryptography;
using Platform.Cards.Cryptography.Keys;

namespace Platform.Cards.Scripts;

/// <summary>What GET LOCK PROOF says: whether the card is locked, and for which fill.</summary>
internal sealed record GreyProof(bool Locked, int Counter, string Terminal, DateTime? LockedAt, string GreyTac)
{
    internal const int Size = 30;
    private const byte Grey = 1;

    internal static GreyProof? Decode(byte[]? answer) =>
        answer is { Length: >= Size }
            ? new(
                answer[0] == Grey,
                BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(7)),
                Convert.ToHexString(answer, 9, CardTime.TerminalLength),
                Time(Convert.ToHexString(answer, 15, CardTime.Size)),
                Convert.ToHexString(answer, 26, 4)
            )
            : null;

    internal bool Names(GreyFill fill) =>
        Locked
        && Counter == fill.Counter
        && string.Equals(Terminal, fill.Terminal, StringComparison.OrdinalIgnoreCase)
        && string.Equals(GreyTac, fill.GreyTac, StringComparison.OrdinalIgnoreCase);

    private static DateTime? Time(string digits) =>
        DateTime.TryParseExact(digits, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <summary>What INITIALIZE FOR ONLINE UNLOCK answers.</summary>
internal sealed record GreyInitialised(uint Balance, ushort OnlineCounter, byte Algorithm, byte[] Random, uint Mac1)
{
    private const int Size = 18;

    internal static GreyInitialised? Decode(byte[]? answer) =>
        answer is { Length: >= Size }
            ? new(
                BinaryPrimitives.ReadUInt32BigEndian(answer),
                BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(6)),
                answer[9],
                answer[10..14],
                BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(14))
            )
            : null;
}

/// <summary>The server's side of the MACs of an online unlock. No public vectors exist for them: they follow the purse's.</summary>
internal static class GreyProofs
{
    internal const byte Type = 9;

    internal static bool IsGenuine(CardKeys keys, GreyUnlockOrder order, GreyInitialised card) =>
        card.Algorithm == (byte)keys.Profile.Algorithm
        && WithSession(
            keys,
            order,
            card.Random,
            card.OnlineCounter,
            (cipher, session) => PurseCryptography.OnlineMac1(cipher, session, card.Balance, 0, Type, order.TerminalBytes)
        ) == card.Mac1;

    /// <summary>MAC2, which lets the chip do it.</summary>
    internal static uint Mac2(CardKeys keys, GreyUnlockState state) =>
        WithSession(
            keys,
            state.Order,
            Convert.FromHexString(state.Known.Random),
            (ushort)state.Known.OnlineCounter,
            (cipher, session) =>
                PurseCryptography.HostMac(
                    cipher,
                    session,
                    checked((uint)state.Locked.Amount),
                    Type,
                    state.Order.TerminalBytes,
                    Convert.FromHexString(state.Known.Time)
                )
        );

    /// <summary>MAC3, which the chip must answer when it has done it.</summary>
    internal static uint Expected(CardKeys keys, GreyUnlockState state) =>
        WithSession(
            keys,
            state.Order,
            Convert.FromHexString(state.Known.Random),
            (ushort)state.Known.OnlineCounter,
            (cipher, session) =>
                PurseCryptography.OnlineProof(
                    cipher,
                    session,
                    underSession: true,
                    checked((uint)state.BalanceAfter),
                    (ushort)state.Known.OnlineCounter,
                    checked((uint)state.Locked.Amount),
                    Type,
                    state.Order.TerminalBytes,
                    Convert.FromHexString(state.Known.Time)
                )
        );

    private static uint WithSession(CardKeys keys, GreyUnlockOrder order, byte[] random, ushort counter, CardKeys.KeyUse<uint> use) =>
        keys.UseSession(CardApplication.Money, KeyUsage.GreyUnlock, order.SerialBytes, random, counter, use);
}
