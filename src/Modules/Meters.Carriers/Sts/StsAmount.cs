using System.Numerics;

namespace Meters.Carriers.Sts;

/// <summary>Amounts in the 16 bits of a credit token: exponent 2, mantissa 14. A unit is 0.1 kWh, 0.1 m³, 0.1 minute or 1 W.</summary>
public static class StsAmount
{
    /// <summary>The most units that a token carries.</summary>
    public const long MostUnits = 18_201_624;

    private const int MantissaBits = 14;
    private const long Step = 1 << MantissaBits;

    private static readonly long[] s_first = [0, 16_384, 180_224, 1_818_624];

    /// <summary>The field of an amount. What the field cannot hold is rounded up, in the customer's favour.</summary>
    public static ushort Encode(long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, MostUnits);
        for (var exponent = 0; ; exponent++)
        {
            var power = Power(exponent);
            var mantissa = (units - s_first[exponent] + power - 1) / power;
            if (mantissa < Step || exponent == 3)
            {
                return (ushort)((exponent << MantissaBits) | (int)mantissa);
            }
        }
    }

    /// <summary>The units that a meter credits for a field.</summary>
    public static long Decode(ushort field)
    {
        var exponent = field >> MantissaBits;
        return ((field & (Step - 1)) * Power(exponent)) + s_first[exponent];
    }

    /// <summary>
    /// The 20 bits of a currency amount, in 0.00001 of the currency: sign 1, exponent 5, mantissa 14. Rounded up above zero and down below it.
    /// </summary>
    public static int EncodeCurrency(long amount)
    {
        var sign = amount < 0 ? 1 : 0;
        var (rest, exponent, first) = (BigInteger.Abs(amount), 0, BigInteger.Zero);
        var power = BigInteger.One;
        // The same steps as for units, with more exponents: each begins where the one before ends.
        while (rest >= first + (Step * power))
        {
            first += Step * power;
            power *= 10;
            exponent++;
        }

        var up = sign == 0 ? power - 1 : BigInteger.Zero;
        var mantissa = (int)((rest - first + up) / power);
        if (mantissa == Step)
        {
            (mantissa, exponent) = (0, exponent + 1);
        }

        return (sign << 19) | (exponent << MantissaBits) | mantissa;
    }

    private static long Power(int exponent) =>
        exponent switch
        {
            0 => 1,
            1 => 10,
            2 => 100,
            _ => 1_000,
        };
}
