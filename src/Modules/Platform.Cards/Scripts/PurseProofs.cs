using System.Buffers.Binary;
using Platform.Cards.Cryptography;
using Platform.Cards.Cryptography.Keys;

namespace Platform.Cards.Scripts;

/// <summary>What INITIALIZE answers.</summary>
internal sealed record Initialised(uint Balance, ushort Counter, byte Algorithm, byte[] Random, uint Mac1)
{
    internal const int Size = 16;

    internal static Initialised? Decode(byte[]? answer) =>
        answer is { Length: >= Size }
            ? new(
                BinaryPrimitives.ReadUInt32BigEndian(answer),
                BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(4)),
                answer[7],
                answer[8..12],
                BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(12))
            )
            : null;
}

/// <summary>The server's side of the purse's MACs and TACs for one order.</summary>
internal static class PurseProofs
{
    /// <summary>Whether the card's MAC1 over its balance and this amount is right: the card is genuine and its numbers are its own.</summary>
    internal static bool IsGenuine(CardKeys keys, PurseOrder order, Initialised card)
    {
        var type = order.Type(keys.Profile.Application(order.Application));
        return card.Algorithm == (byte)keys.Profile.Algorithm
            && WithSession(
                keys,
                order,
                card.Random,
                card.Counter,
                (cipher, session) =>
                    PurseCryptography.OnlineMac1(cipher, session, card.Balance, order.ChipAmount, type, order.TerminalBytes)
            ) == card.Mac1;
    }

    /// <summary>MAC2, which lets the chip do it.</summary>
    internal static uint Mac2(CardKeys keys, PurseOrder order, PurseAttempt attempt)
    {
        var type = order.Type(keys.Profile.Application(order.Application));
        return WithSession(
            keys,
            order,
            Convert.FromHexString(attempt.Random),
            (ushort)attempt.Counter,
            (cipher, session) =>
                PurseCryptography.HostMac(cipher, session, order.ChipAmount, type, order.TerminalBytes, Convert.FromHexString(attempt.Time))
        );
    }

    /// <summary>The TAC (load) or MAC3 (unload) that the chip must answer when it has done it.</summary>
    internal static uint Expected(CardKeys keys, PurseOrder order, PurseAttempt attempt)
    {
        var type = order.Type(keys.Profile.Application(order.Application));
        var after = checked((uint)attempt.BalanceAfter(order));
        uint Compute(CardCipher cipher, ReadOnlySpan<byte> key, bool underSession) =>
            PurseCryptography.OnlineProof(
                cipher,
                key,
                underSession,
                after,
                (ushort)attempt.Counter,
                order.ChipAmount,
                type,
                order.TerminalBytes,
                Convert.FromHexString(attempt.Time)
            );
        return order.Direction == PurseDirection.Load
            ? keys.Use(order.Application, KeyUsage.Tac, order.SerialBytes, (cipher, key) => Compute(cipher, key, underSession: false))
            : WithSession(
                keys,
                order,
                Convert.FromHexString(attempt.Random),
                (ushort)attempt.Counter,
                (cipher, session) => Compute(cipher, session, underSession: true)
            );
    }

    private static uint WithSession(CardKeys keys, PurseOrder order, byte[] random, ushort counter, CardKeys.KeyUse<uint> use)
    {
        var usage = order.Direction == PurseDirection.Load ? KeyUsage.Load : KeyUsage.Unload;
        return keys.UseSession(order.Application, usage, order.SerialBytes, random, counter, use);
    }
}
