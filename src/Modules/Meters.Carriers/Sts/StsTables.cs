using System.Text.Json;

namespace Meters.Carriers.Sts;

/// <summary>
/// The substitution and permutation tables of EA07. The sample tables come with the product, for tests, training and simulated meters. The tables of
/// real meters belong to a licensee: they are read from a file of the licensee's and are never part of the product.
/// </summary>
public sealed class StsTables
{
    private const int Nibbles = 16;
    private const int Bits = 64;
    private readonly byte[] _s0;
    private readonly byte[] _s1;
    private readonly byte[] _permutation;
    private readonly byte[] _inverse0 = new byte[Nibbles];
    private readonly byte[] _inverse1 = new byte[Nibbles];
    private readonly byte[] _back = new byte[Bits];

    private StsTables(byte[] s0, byte[] s1, byte[] permutation)
    {
        (_s0, _s1, _permutation) = (s0, s1, permutation);
        for (var i = 0; i < Nibbles; i++)
        {
            (_inverse0[s0[i]], _inverse1[s1[i]]) = ((byte)i, (byte)i);
        }

        for (var i = 0; i < Bits; i++)
        {
            _back[permutation[i]] = (byte)i;
        }
    }

    /// <summary>The sample tables that the standard prints, for development only.</summary>
    public static StsTables Sample { get; } =
        Of(
            [12, 10, 8, 4, 3, 15, 0, 2, 14, 1, 5, 13, 6, 9, 7, 11],
            [6, 9, 7, 4, 3, 10, 12, 14, 2, 13, 1, 15, 0, 11, 8, 5],
            [
                29,
                27,
                34,
                9,
                16,
                62,
                55,
                2,
                40,
                49,
                38,
                25,
                33,
                61,
                30,
                23,
                1,
                41,
                21,
                57,
                42,
                15,
                5,
                58,
                19,
                53,
                22,
                17,
                48,
                28,
                24,
                39,
                3,
                60,
                36,
                14,
                11,
                52,
                54,
                12,
                31,
                51,
                10,
                26,
                0,
                45,
                37,
                43,
                44,
                6,
                59,
                4,
                7,
                35,
                56,
                50,
                13,
                18,
                32,
                47,
                46,
                63,
                20,
                8,
            ]
        );

    /// <summary>Tables from their values.</summary>
    /// <exception cref="InvalidDataException">A table is no permutation of 0 to 15, or of 0 to 63.</exception>
    public static StsTables Of(IReadOnlyList<byte> s0, IReadOnlyList<byte> s1, IReadOnlyList<byte> permutation)
    {
        Check(s0, Nibbles, "s0");
        Check(s1, Nibbles, "s1");
        Check(permutation, Bits, "permutation");
        return new([.. s0], [.. s1], [.. permutation]);
    }

    /// <summary>Reads a licensee's tables: JSON with <c>s0</c> and <c>s1</c> of 16 numbers and <c>permutation</c> of 64.</summary>
    /// <exception cref="InvalidDataException">The text is no such tables.</exception>
    public static StsTables Parse(string json)
    {
        try
        {
            var file = JsonSerializer.Deserialize<TablesFile>(json, JsonSerializerOptions.Web);
            return file is { S0: { } s0, S1: { } s1, Permutation: { } permutation }
                ? Of([.. s0.Select(Small)], [.. s1.Select(Small)], [.. permutation.Select(Small)])
                : throw new InvalidDataException("The tables need s0, s1 and permutation.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The tables are no JSON: {e.Message}", e);
        }

        static byte Small(int number) => number is >= 0 and < Bits ? (byte)number : (byte)0xFF;
    }

    /// <summary>
    /// Do these tables reproduce the public compliance token (0.1 kWh of 1 March 2004 and clear credit of 1 April 2004 for the compliance meter)?
    /// Tables that do are those of real meters.
    /// </summary>
    public bool ReproduceComplianceTokens
    {
        get
        {
            var key = StsKeys.Dkga02(
                Convert.FromHexString("ABABABABABABABAB"),
                new StsMeter("600727000000000009", "123456", "01", KeyRevision: 1, StsKeyType.Unique)
            );
            return StsToken.Encrypt(2, 0x155A45A1FFFF2756, key, this).Text == "48263195037886996694"
                && StsToken.Encrypt(0, 0x05599863000119E6, key, this).Text == "23716100501183194197";
        }
    }

    internal ulong Substitute(ulong block, ulong key)
    {
        var result = 0UL;
        for (var at = 0; at < Bits; at += 4)
        {
            var table = ((key >> (at + 3)) & 1) == 0 ? _s0 : _s1;
            result |= (ulong)table[(int)(block >> at) & 0xF] << at;
        }

        return result;
    }

    internal ulong SubstituteBack(ulong block, ulong key)
    {
        var result = 0UL;
        for (var at = 0; at < Bits; at += 4)
        {
            // The key comes without complement, so that its bits choose the other way round.
            var table = ((key >> (at + 3)) & 1) == 0 ? _inverse1 : _inverse0;
            result |= (ulong)table[(int)(block >> at) & 0xF] << at;
        }

        return result;
    }

    internal ulong Permute(ulong block) => Move(block, _permutation);

    internal ulong PermuteBack(ulong block) => Move(block, _back);

    private static ulong Move(ulong block, byte[] to)
    {
        var result = 0UL;
        for (var i = 0; i < Bits; i++)
        {
            result |= ((block >> i) & 1) << to[i];
        }

        return result;
    }

    private static void Check(IReadOnlyList<byte> table, int size, string name)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Count != size || table.Distinct().Count() != size || table.Any(v => v >= size))
        {
            throw new InvalidDataException($"The table {name} holds each number from 0 to {size - 1} once.");
        }
    }

    private sealed record TablesFile(int[]? S0, int[]? S1, int[]? Permutation);
}
