using System.Globalization;

namespace Billing.Electricity.Files;

/// <summary>Amounts as files write them: yuan with two decimals, no sign, no thousands.</summary>
internal static class YuanText
{
    /// <summary>Digits before the point: 9,999,999,999.99 yuan is the most.</summary>
    private const int MostDigits = 10;

    public static string Of(long fen)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fen);
        return string.Create(CultureInfo.InvariantCulture, $"{fen / 100}.{fen % 100:D2}");
    }

    /// <summary>The fen; null where the text is not written so.</summary>
    public static long? Parse(ReadOnlySpan<char> text)
    {
        var point = text.Length - 3;
        if (point is < 1 or > MostDigits || text[point] != '.' || (point > 1 && text[0] == '0'))
        {
            return null;
        }

        long fen = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i == point)
            {
                continue;
            }

            if (!char.IsAsciiDigit(text[i]))
            {
                return null;
            }

            fen = (fen * 10) + (text[i] - '0');
        }

        return fen;
    }
}
