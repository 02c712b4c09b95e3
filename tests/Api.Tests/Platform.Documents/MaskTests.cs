using Platform.Languages;

namespace Api.Tests.Platform.Documents;

public sealed class MaskTests
{
    [Theory]
    [InlineData("11010519491231002X", "110105********002X")]
    [InlineData("91110105MA01A2B3C4", "911101********B3C4")]
    [InlineData("G12345678", "********8")]
    [InlineData("", "")]
    public void A_certificate_number_keeps_six_and_four(string number, string masked) => Assert.Equal(masked, Mask.Certificate(number));

    [Theory]
    [InlineData("13800138000", "138****8000")]
    [InlineData("010-66554433", "010*****4433")]
    [InlineData("12345", "****5")]
    public void A_phone_keeps_three_and_four(string phone, string masked) => Assert.Equal(masked, Mask.Phone(phone));

    [Theory]
    [InlineData("王小明", "**明")]
    [InlineData("李", "*")]
    [InlineData("田𠮷", "*𠮷")]
    [InlineData("北京畅行物流有限公司", "********公司")]
    public void A_name_keeps_its_end(string name, string masked) => Assert.Equal(masked, Mask.Name(name));

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(5, "0.05")]
    [InlineData(123_456_789, "1,234,567.89")]
    [InlineData(-150, "-1.50")]
    [InlineData(long.MinValue, "-92,233,720,368,547,758.08")]
    public void Figures_are_the_integers_own_digits(long fen, string figures) => Assert.Equal(figures, Figures.Yuan(fen));
}
