using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Platform.Documents;
using TestRuns;

namespace Api.Tests.Platform.Documents;

public sealed class ChineseCapitalsTests
{
    private static readonly string[] s_places = ["", "拾", "佰", "仟"];
    private static readonly string[] s_sections = ["元", "万", "亿"];

    [Theory]
    [Trait("Requirement", "PL-05.3")]
    // The examples of the People's Bank's own rules.
    [InlineData(140_950, "壹仟肆佰零玖元伍角")]
    [InlineData(600_714, "陆仟零柒元壹角肆分")]
    [InlineData(168_032, "壹仟陆佰捌拾元零叁角贰分")]
    [InlineData(10_700_053, "壹拾万柒仟元零伍角叁分")]
    [InlineData(1_640_902, "壹万陆仟肆佰零玖元零贰分")]
    [InlineData(32_504, "叁佰贰拾伍元零肆分")]
    // The ends, and zeros wherever they can stand.
    [InlineData(0, "零元整")]
    [InlineData(1, "壹分")]
    [InlineData(10, "壹角")]
    [InlineData(99, "玖角玖分")]
    [InlineData(100, "壹元整")]
    [InlineData(1_000, "壹拾元整")]
    [InlineData(10_001, "壹佰元零壹分")]
    [InlineData(100_100, "壹仟零壹元整")]
    [InlineData(1_000_000, "壹万元整")]
    [InlineData(1_000_100, "壹万零壹元整")]
    [InlineData(1_010_000, "壹万零壹佰元整")]
    [InlineData(1_100_000, "壹万壹仟元整")]
    [InlineData(10_000_000_000, "壹亿元整")]
    [InlineData(10_000_000_001, "壹亿元零壹分")]
    [InlineData(10_000_100_000, "壹亿零壹仟元整")]
    [InlineData(10_001_000_000, "壹亿零壹万元整")]
    [InlineData(10_100_010_000, "壹亿零壹佰万零壹佰元整")]
    [InlineData(100_100_100_100, "壹拾亿零壹佰万壹仟零壹元整")]
    [InlineData(ChineseCapitals.MaxFen, "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分")]
    public void An_amount_reads_as_the_rules_say(long fen, string capitals) => Assert.Equal(capitals, ChineseCapitals.Of(fen));

    [Theory]
    [Trait("Requirement", "PL-05.3")]
    [InlineData(-1)]
    [InlineData(ChineseCapitals.MaxFen + 1)]
    [InlineData(long.MinValue)]
    public void An_amount_outside_the_range_is_refused(long fen) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChineseCapitals.Of(fen));

    [Fact]
    [Trait("Requirement", "PL-05.3")]
    public void Every_amount_agrees_with_a_slow_reading_of_digit_by_digit()
    {
        var digits = Gen.Choose(0, 12).SelectMany(length => Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 9))).ArrayOf(length));
        var amounts = digits.Select(d => d.Aggregate(0L, (sum, digit) => sum * 10 + digit)).ToArbitrary();
        Prop.ForAll(amounts, fen => Assert.Equal(Slow(fen), ChineseCapitals.Of(fen)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(5_000)));
    }

    [Fact]
    [Trait("Requirement", "PL-05.3")]
    public void No_two_amounts_read_alike()
    {
        var read = new HashSet<string>();
        for (var fen = 0L; fen < 200_000; fen++)
        {
            Assert.True(read.Add(ChineseCapitals.Of(fen)), $"{fen} reads like a smaller amount.");
        }
    }

    [Fact]
    [Trait("Requirement", "PL-05.3")]
    public void Every_amount_can_be_read_back_and_is_written_as_the_rules_allow()
    {
        var amounts = Gen.Choose(1, 12).SelectMany(d => Gen.Choose(0, 9).ArrayOf(d)).Select(d => long.Parse(string.Concat(d), null));
        Prop.ForAll(
                amounts.ToArbitrary(),
                fen =>
                {
                    var written = ChineseCapitals.Of(fen);
                    Assert.Equal(fen, ReadBack(written));
                    Assert.DoesNotContain("零零", written, StringComparison.Ordinal);
                    Assert.DoesNotMatch("零[万亿拾佰仟角分]|.零元|亿万", written);
                    Assert.Equal(fen % 100 == 0, written.EndsWith('整'));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(5_000)));
    }

    /// <summary>What a teller does who reads the words aloud and adds up: each numeral times its place, a section's sum times 万 or 亿.</summary>
    private static long ReadBack(string written)
    {
        var (total, section, numeral) = (0L, 0L, 0L);
        foreach (var word in written)
        {
            switch (word)
            {
                case '整' or '零':
                    break;
                case '亿' or '万':
                    (total, section, numeral) = (total + (section + numeral) * (word == '亿' ? 10_000_000_000 : 1_000_000), 0, 0);
                    break;
                case '元':
                    (total, section, numeral) = (total + (section + numeral) * 100, 0, 0);
                    break;
                case '角' or '分':
                    (total, numeral) = (total + numeral * (word == '角' ? 10 : 1), 0);
                    break;
                case '拾' or '佰' or '仟':
                    (section, numeral) = (section + numeral * (long)Math.Pow(10, 1 + "拾佰仟".IndexOf(word)), 0);
                    break;
                default:
                    numeral = "零壹贰叁肆伍陆柒捌玖".IndexOf(word);
                    break;
            }
        }

        return total;
    }

    /// <summary>Walks digit by digit with a zero kept in mind: another way than the product's, which goes section by section.</summary>
    private static string Slow(long fen)
    {
        var yuan = (fen / 100).ToString(CultureInfo.InvariantCulture);
        var (text, zero, section) = ("", false, false);
        for (var i = 0; i < yuan.Length && fen >= 100; i++)
        {
            var place = yuan.Length - 1 - i;
            if (yuan[i] == '0')
            {
                zero = text.Length > 0;
            }
            else
            {
                text += (zero ? "零" : "") + "零壹贰叁肆伍陆柒捌玖"[yuan[i] - '0'] + s_places[place % 4];
                (zero, section) = (false, true);
            }

            if (place % 4 == 0)
            {
                text +=
                    section ? s_sections[place / 4]
                    : place == 0 ? "元"
                    : "";
                (zero, section) = (zero && !section, false);
            }
        }

        var (jiao, cent) = (fen / 10 % 10, fen % 10);
        if (jiao == 0 && cent == 0)
        {
            return (text.Length == 0 ? "零元" : text) + "整";
        }

        text += text.Length > 0 && (yuan[^1] == '0' || jiao == 0) ? "零" : "";
        text += jiao > 0 ? $"{"零壹贰叁肆伍陆柒捌玖"[(int)jiao]}角" : "";
        return text + (cent > 0 ? $"{"零壹贰叁肆伍陆柒捌玖"[(int)cent]}分" : "");
    }
}
