using Billing.Electricity.Numbers;

namespace Api.Tests.Billing.Electricity;

public sealed class ElectricityNumbersTests
{
    // Published bank numbers of banks' head offices.
    [Theory]
    [InlineData("102100099996", true)]
    [InlineData("105100000017", true)]
    [InlineData("103100000026", true)]
    [InlineData("104100000004", true)]
    [InlineData("403100000004", true)]
    [InlineData("102100099995", false)]
    [InlineData("10210009999", false)]
    [InlineData("1021000999961", false)]
    public void A_bank_number_has_twelve_digits_and_a_check_digit(string number, bool good) =>
        Assert.Equal(good, ElectricityNumbers.IsBankNumber(number));

    [Fact]
    public void Numbers_have_the_forms_of_the_bank()
    {
        Assert.True(ElectricityNumbers.IsMerchant("0006"));
        Assert.False(ElectricityNumbers.IsMerchant("006"));
        Assert.True(ElectricityNumbers.IsUnit("37010"));
        Assert.True(ElectricityNumbers.IsUnit("370101234"));
        Assert.False(ElectricityNumbers.IsUnit("3701"));
        Assert.True(ElectricityNumbers.IsInstitution("901041700"));
        Assert.True(ElectricityNumbers.IsTeller("901041700-001"));
        Assert.True(ElectricityNumbers.IsWorkstation("901041700-A-01-001"));
        Assert.False(ElectricityNumbers.IsWorkstation("901041700-001"));
        Assert.True(ElectricityNumbers.IsAccount("6223201234567890123"));
        Assert.True(ElectricityNumbers.IsInvoiceCode("137010900001"));
        Assert.True(ElectricityNumbers.IsInvoiceNumber("00000001"));
        Assert.False(ElectricityNumbers.IsInvoiceNumber("0000001"));
    }

    [Theory]
    [InlineData("0123456789", CustomerNumberCheck.None, true)]
    [InlineData("0123456789012", CustomerNumberCheck.None, true)]
    [InlineData("012345678", CustomerNumberCheck.None, false)]
    [InlineData("01234x6789", CustomerNumberCheck.None, false)]
    [InlineData("0123456782", CustomerNumberCheck.Luhn, true)]
    [InlineData("0123456783", CustomerNumberCheck.Luhn, false)]
    [InlineData("0123456787", CustomerNumberCheck.Mod11And10, false)]
    public void A_customer_number_has_the_lengths_and_the_check_of_its_company(string number, CustomerNumberCheck check, bool good) =>
        Assert.Equal(good, ElectricityNumbers.IsCustomer(number, [10, 13], check));

    [Fact]
    public void Each_change_of_one_digit_is_noticed()
    {
        const string good = "102100099996";
        for (var i = 0; i < good.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != good[i])
                {
                    Assert.False(ElectricityNumbers.IsBankNumber(string.Concat(good.AsSpan(0, i), digit.ToString(), good.AsSpan(i + 1))));
                }
            }
        }
    }
}
