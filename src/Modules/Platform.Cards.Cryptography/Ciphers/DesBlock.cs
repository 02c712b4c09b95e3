using System.Numerics;

namespace Platform.Cards.Cryptography.Ciphers;

/// <summary>
/// DES on one block. Our own because the platform's refuses weak keys and K1 == K2, which blank cards and public vectors use;
/// a test holds it against the platform's on random keys.
/// </summary>
public static class DesBlock
{
    /// <summary>Length of a block and of a single key in bytes.</summary>
    public const int Size = 8;

    /// <summary>Number of round keys of one single key.</summary>
    public const int Rounds = 16;

    private static readonly uint[] Substitutions = BuildSubstitutions();

    /// <summary>Expands an 8-byte key (parity bits are ignored) into 16 round keys of 48 bits.</summary>
    public static void Schedule(ReadOnlySpan<byte> key, Span<ulong> roundKeys)
    {
        Length.Is(Size, key);

        var permuted = Permute(BinaryPrimitives.ReadUInt64BigEndian(key), 64, DesTables.KeyChoice1);
        var left = (uint)(permuted >> 28);
        var right = (uint)permuted & HalfMask;
        for (var round = 0; round < Rounds; round++)
        {
            left = RotateHalf(left, DesTables.KeyShifts[round]);
            right = RotateHalf(right, DesTables.KeyShifts[round]);
            roundKeys[round] = Permute(((ulong)left << 28) | right, 56, DesTables.KeyChoice2);
        }
    }

    /// <summary>Enciphers one block under the round keys of <see cref="Schedule"/>.</summary>
    public static ulong Encrypt(ulong block, ReadOnlySpan<ulong> roundKeys) => Run(block, roundKeys, decrypt: false);

    /// <summary>Deciphers one block under the round keys of <see cref="Schedule"/>.</summary>
    public static ulong Decrypt(ulong block, ReadOnlySpan<ulong> roundKeys) => Run(block, roundKeys, decrypt: true);

    private const uint HalfMask = 0x0FFFFFFF;

    private static ulong Run(ulong block, ReadOnlySpan<ulong> roundKeys, bool decrypt)
    {
        var state = Permute(block, 64, DesTables.InitialPermutation);
        var left = (uint)(state >> 32);
        var right = (uint)state;
        for (var round = 0; round < Rounds; round++)
        {
            var key = roundKeys[decrypt ? Rounds - 1 - round : round];
            (left, right) = (right, left ^ Mix(right, key));
        }

        // The halves are not swapped after the last round, hence right before left.
        return Permute(((ulong)right << 32) | left, 64, DesTables.FinalPermutation);
    }

    private static uint Mix(uint half, ulong key)
    {
        uint mixed = 0;
        for (var box = 0; box < 8; box++)
        {
            // The expansion gives each box its four bits and one neighbour on either side: a rotation shows exactly these six.
            var six = (BitOperations.RotateLeft(half, (4 * box) + 5) & 0x3F) ^ (uint)((key >> (42 - (6 * box))) & 0x3F);
            mixed |= Substitutions[(box * 64) + (int)six];
        }

        return mixed;
    }

    private static uint RotateHalf(uint half, int by) => ((half << by) | (half >> (28 - by))) & HalfMask;

    private static ulong Permute(ulong value, int width, ReadOnlySpan<byte> table)
    {
        ulong result = 0;
        foreach (var position in table)
        {
            result = (result << 1) | ((value >> (width - position)) & 1);
        }

        return result;
    }

    private static uint[] BuildSubstitutions()
    {
        var tables = new uint[8 * 64];
        for (var box = 0; box < 8; box++)
        {
            for (var six = 0; six < 64; six++)
            {
                var row = ((six >> 4) & 2) | (six & 1);
                var column = (six >> 1) & 0xF;
                var nibble = (ulong)DesTables.Boxes[(box * 64) + (row * 16) + column];
                tables[(box * 64) + six] = (uint)Permute(nibble << (28 - (4 * box)), 32, DesTables.RoundPermutation);
            }
        }

        return tables;
    }
}
