using FsCheck;
using FsCheck.Fluent;
using TestRuns;

namespace Api.Tests.Platform;

public sealed class SerialNumberTests
{
    private static readonly Gen<long> s_ids = Gen.Choose(0, int.MaxValue).Two().Select(t => ((long)t.Item1 << 31) | (uint)t.Item2);

    [Fact]
    [Trait("Requirement", "PL-03.4")]
    public void A_serial_number_names_its_transaction_and_no_other()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(2_000)),
            Prop.ForAll(
                s_ids.Two().ToArbitrary(),
                t =>
                {
                    var (first, second) = (SerialNumber.Of(t.Item1), SerialNumber.Of(t.Item2));
                    return first.Length == SerialNumber.Length
                        && SerialNumber.Parse(first) == t.Item1
                        && (t.Item1 == t.Item2) == (first == second);
                }
            )
        );
    }

    [Fact]
    [Trait("Requirement", "PL-03.4")]
    public void A_mistyped_digit_is_noticed()
    {
        var mistyped =
            from id in s_ids
            from at in Gen.Choose(0, SerialNumber.Length - 1)
            from step in Gen.Choose(1, 9)
            select (SerialNumber.Of(id), at, step);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(2_000)),
            Prop.ForAll(
                mistyped.ToArbitrary(),
                m =>
                {
                    var (right, at, step) = m;
                    var digits = right.ToCharArray();
                    digits[at] = (char)('0' + ((digits[at] - '0' + step) % 10));
                    return SerialNumber.Parse(new string(digits)) is null;
                }
            )
        );
    }

    [Theory]
    [InlineData("79927398713", true)]
    [InlineData("4532015112830366", true)]
    [InlineData("79927398710", false)]
    [InlineData("7992739871x", false)]
    public void The_check_digit_is_that_of_the_standard(string number, bool valid)
    {
        Assert.Equal(valid, Luhn.IsValid(number));
        Assert.True(!valid || Luhn.CheckDigit(number.AsSpan()[..^1]) == number[^1]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0003015022411202560")]
    [InlineData("000301502241120256021")]
    [InlineData("99999999999999999998")]
    [InlineData("０００３０１５０２２４１１２０２５６０２")]
    public void What_is_no_serial_number_is_none(string? text) => Assert.Null(SerialNumber.Parse(text));
}
