using System.Text;

namespace Platform.Documents;

/// <summary>
/// 大写: amounts in Chinese capitals, by the People's Bank's rules for filling in bills (《正确填写票据和结算凭证的基本规定》, PL-05.3). Where the rules leave a
/// choice, the form of their own first example is taken: 零 after 元 when the last digit before it is 0 and 角 is not (1,680.32 壹仟陆佰捌拾元零叁角贰分),
/// no 零 between 万 and 仟 (107,000.53 壹拾万柒仟元零伍角叁分), 整 after 元 only (1,409.50 壹仟肆佰零玖元伍角).
/// </summary>
public static class ChineseCapitals
{
    /// <summary>9,999,999,999.99 yuan.</summary>
    public const long MaxFen = 999_999_999_999;

    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] s_places = ["", "拾", "佰", "仟"];
    private static readonly string[] s_sections = ["", "万", "亿"];

    /// <summary>
    /// The amount without the word 人民币 before it. Throws <see cref="ArgumentOutOfRangeException"/> outside 0 to <see cref="MaxFen"/>.
    /// </summary>
    public static string Of(long fen)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fen);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fen, MaxFen);
        var (yuan, rest) = Math.DivRem(fen, 100);
        var text = new StringBuilder(48);
        AppendYuan(text, yuan);
        AppendFraction(text, yuan, rest);
        return text.ToString();
    }

    private static void AppendYuan(StringBuilder text, long yuan)
    {
        for (var section = s_sections.Length - 1; section >= 0; section--)
        {
            var size =
                section == 0 ? 1
                : section == 1 ? 10_000
                : 100_000_000;
            var digits = (int)(yuan / size % 10_000);
            if (digits == 0)
            {
                continue;
            }

            // One 零 for the zeros between this section and what stands before it, however many they are.
            if (text.Length > 0 && (digits < 1_000 || yuan / size / 10_000 % 10_000 == 0))
            {
                text.Append('零');
            }

            AppendSection(text, digits);
            text.Append(s_sections[section]);
        }

        if (yuan > 0)
        {
            text.Append('元');
        }
    }

    private static void AppendSection(StringBuilder text, int section)
    {
        var started = false;
        var zero = false;
        for (var place = 3; place >= 0; place--)
        {
            var digit = section / Power(place) % 10;
            if (digit == 0)
            {
                zero = started;
                continue;
            }

            if (zero)
            {
                text.Append('零');
            }

            text.Append(Digits[digit]).Append(s_places[place]);
            started = true;
            zero = false;
        }
    }

    private static void AppendFraction(StringBuilder text, long yuan, long rest)
    {
        var (jiao, fen) = Math.DivRem(rest, 10);
        if (rest == 0)
        {
            text.Append(yuan == 0 ? "零元整" : "整");
            return;
        }

        if (yuan > 0 && (jiao == 0 || yuan % 10 == 0))
        {
            text.Append('零');
        }

        if (jiao > 0)
        {
            text.Append(Digits[(int)jiao]).Append('角');
        }

        if (fen > 0)
        {
            text.Append(Digits[(int)fen]).Append('分');
        }
    }

    private static int Power(int place) =>
        place switch
        {
            0 => 1,
            1 => 10,
            2 => 100,
            _ => 1_000,
        };
}
