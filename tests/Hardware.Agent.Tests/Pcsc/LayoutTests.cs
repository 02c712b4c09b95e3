using System.Runtime.CompilerServices;
using System.Text;
using Hardware.Agent.Cards;
using Hardware.Agent.Cards.Pcsc;
using Hardware.Agent.Problems;

namespace Hardware.Agent.Tests.Pcsc;

/// <summary>What can be known of both PC/SC libraries without either.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void A_readers_state_is_80_bytes_for_pcsc_lite_and_64_for_windows_on_a_64_bit_machine()
    {
        Assert.Equal(8, IntPtr.Size);
        Assert.Equal(80, Unsafe.SizeOf<PcscLite.ReaderState>());
        Assert.Equal(33, Unsafe.SizeOf<PcscLite.AtrBytes>());
        Assert.Equal(64, Unsafe.SizeOf<Winscard.ReaderState>());
        Assert.Equal(36, Unsafe.SizeOf<Winscard.AtrBytes>());
    }

    [Fact]
    public void A_request_is_two_numbers_of_the_width_of_the_machines_c_long() =>
        Assert.Equal(OperatingSystem.IsWindows() ? 8 : 16, Unsafe.SizeOf<PcscLibrary.IoRequest>());

    [Fact]
    public void A_list_of_names_is_split_at_its_zeros_in_utf_8_and_utf_16()
    {
        const string two = "Leser Ü 00\0读卡器 01\0\0";
        Assert.Equal(["Leser Ü 00", "读卡器 01"], MultiString.Split(Encoding.UTF8.GetBytes(two), Encoding.UTF8));
        Assert.Equal(["Leser Ü 00", "读卡器 01"], MultiString.Split(Encoding.Unicode.GetBytes(two), Encoding.Unicode));
        Assert.Empty(MultiString.Split("\0"u8, Encoding.UTF8));
        Assert.Equal(
            CardLimits.Readers,
            MultiString.Split(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("r\0", 99))), Encoding.UTF8).Count
        );
    }

    [Theory]
    [InlineData(0x8010000B, 423, "reader-busy")]
    [InlineData(0x8010000C, 409, "card-removed")]
    [InlineData(0x80100069, 409, "card-removed")]
    [InlineData(0x80100068, 409, "card-reset")]
    [InlineData(0x80100016, 409, "card-no-answer")]
    [InlineData(0x80100066, 503, "reader-not-responding")]
    [InlineData(0x80100067, 503, "reader-not-responding")]
    [InlineData(0x8010000F, 409, "card-unsupported")]
    [InlineData(0x80100009, 503, "reader-unplugged")]
    [InlineData(0x80100017, 503, "reader-unplugged")]
    [InlineData(0x8010001D, 503, "reader-service-missing")]
    [InlineData(0x8010001E, 503, "reader-service-missing")]
    [InlineData(0x8010002E, 503, "no-reader")]
    [InlineData(0x8010006A, 503, "reader-access-denied")]
    [InlineData(0x80100001, 503, "reader-failed")]
    public void Every_result_of_the_service_is_a_clear_problem(uint code, int status, string problem)
    {
        var refusal = Refusals.Of(PcscCode.Failure("SCardTransmit", code));

        Assert.Equal((status, problem), (refusal.Status, refusal.Code));
    }

    [Theory]
    [InlineData("00A4040009A00000000386980701", "00A4040009A00000000386980701", "00A4040009A0000000038698070100")]
    [InlineData("00A4040009A0000000038698070100", "00A4040009A00000000386980701", "00A4040009A0000000038698070100")]
    [InlineData("805200000B2014082510310006 41DCD8", "805200000B201408251031000641DCD8", "805200000B201408251031000641DCD800")]
    [InlineData("0020000003123456", "0020000003123456", "0020000003123456")]
    [InlineData("00820000080000000000000000", "00820000080000000000000000", "00820000080000000000000000")]
    [InlineData("84D6950004AABBCCDD", "84D6950004AABBCCDD", "84D6950004AABBCCDD")]
    [InlineData("0084000008", "0084000008", "0084000008")]
    public void A_command_with_data_carries_the_length_of_its_answer_for_T1_and_never_for_T0(string wanted, string forT0, string forT1)
    {
        var command = Convert.FromHexString(wanted.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(forT0, Convert.ToHexString(ApduLength.For(CardProtocol.T0, command).Span));
        Assert.Equal(forT1, Convert.ToHexString(ApduLength.For(CardProtocol.T1, command).Span));
    }
}
