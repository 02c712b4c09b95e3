using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Simulation.Meters;

public sealed class MeterCardImageTests
{
    private readonly MeterBench _bench = new();

    [Fact]
    [Trait("Requirement", "PM-13.1")]
    public void The_layout_fills_254_bytes_of_256_with_four_sections()
    {
        Assert.Equal(18, MeterCardLayout.HeaderSize);
        Assert.Equal([18, 77, 136, 195], Enumerable.Range(1, 4).Select(MeterCardLayout.Section));
        Assert.Equal(254, MeterCardLayout.Return(4) + MeterCardLayout.ReturnSize);
        Assert.Equal(MeterCardLayout.SectionSize, MeterCardLayout.Return(1) + MeterCardLayout.ReturnSize - MeterCardLayout.Section(1));
    }

    [Fact]
    public void Bytes_stand_where_the_layout_says()
    {
        var header = new MeterCardHeader(MeterCardKind.User, 0x11223344, 0x01020304, "000000000042");
        Assert.Equal("504D02021122334401020304000000000042", Convert.ToHexString(MeterCardImage.Encode(header)));
        var purchase = new MeterPurchase(7, 2, PurchaseKind.Recharge, 17_517, new DateOnly(2026, 7, 1));
        var bytes = MeterCardImage.Encode(purchase, header, 1, MeterBench.Meter, MeterBench.Keys);
        Assert.Equal("000702020000446D20260701", Convert.ToHexString(bytes, 0, 12));
        var back = new MeterReturn(
            7,
            2,
            -320,
            123_456,
            MeterResult.Taken,
            MeterFlags.Alarm | MeterFlags.Overdraft,
            new DateTime(2000, 1, 1, 0, 1, 0)
        );
        var written = MeterCardImage.Encode(back, header, 1, MeterBench.Meter, MeterBench.Keys);
        Assert.Equal("000702FFFFFEC00001E24000030000003C", Convert.ToHexString(written, 0, 17));
        var settings = MeterCardImage.Encode(
            new MeterSettings(10_000, 500, 1_000, 400, 2),
            header with
            {
                Kind = MeterCardKind.Setting,
            },
            MeterBench.Keys
        );
        Assert.Equal("00002710000001F4000003E80000019002", Convert.ToHexString(settings, 0, 17));
    }

    [Fact]
    public void What_was_written_reads_back()
    {
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        Assert.Equal(new MeterCardHeader(MeterCardKind.User, _bench.Domain, 1, MeterBench.User), _bench.Image.Header);
        Assert.Equal(MeterBench.Meter, _bench.Section.MeterNumber);
        Assert.Equal(PurchaseCopies.Both, _bench.Section.Copies);
        Assert.True(_bench.Section.Waits);
        Assert.Null(_bench.Section.Return);
        Assert.True(_bench.Image.Section(2, MeterBench.Keys).IsEmpty);
    }

    [Fact]
    [Trait("Requirement", "PM-01.3")]
    public void The_maintenance_code_is_not_on_the_card_and_another_code_has_another_domain_and_keys()
    {
        Assert.NotEqual(MeterBench.Keys.Domain("88001234"), MeterBench.Keys.Domain("88001235"));
        Assert.DoesNotContain("88001234", $"{_bench.Domain:X8}{_bench.Domain}", StringComparison.Ordinal);
        byte[] meter = [1, 2, 3, 4, 5, 6];
        Assert.NotEqual(MeterBench.Keys.Mac(1, 1, meter, [1]), MeterBench.Keys.Mac(2, 1, meter, [1]));
        Assert.NotEqual(MeterBench.Keys.Mac(1, 1, meter, [1]), MeterBench.Keys.Mac(1, 2, meter, [1]));
        Assert.NotEqual(MeterBench.Keys.Mac(1, 1, meter, [1]), MeterBench.Keys.Mac(1, 1, [1, 2, 3, 4, 5, 7], [1]));
    }

    /// <summary>A write of a sale is torn at each of its bytes: what reads is the old purchase or the new one, and the meter agrees.</summary>
    [Fact]
    [Trait("Requirement", "PM-05.5")]
    public void A_sale_that_is_torn_at_any_byte_reads_as_the_old_purchase_or_the_new_one()
    {
        for (var torn = 0; torn <= 2 * MeterCardLayout.PurchaseSize; torn++)
        {
            var bench = new MeterBench();
            bench.Ready();
            bench.Write(1, 5_000, PurchaseKind.Opening);
            bench.Insert();
            bench.Card.TearAfter(torn);
            bench.Write(2, 3_000);
            bench.Card.TearAfter(null);
            var isNew = torn >= MeterCardLayout.PurchaseSize;
            Assert.Equal(isNew ? 2 : 1, bench.Section.Purchase!.Seq);
            Assert.Equal(isNew, bench.Section.Waits);
            Assert.Equal(isNew ? MeterResult.Taken : MeterResult.WrittenBack, bench.Insert());
            Assert.Equal(isNew ? 8_000 : 5_000, bench.Device.State.Remaining);
            Assert.Equal(PurchaseCopies.Both, bench.Section.Copies);
        }
    }

    /// <summary>Any one byte of a purchase, its meter number or the header that is not the one written makes the copy worthless.</summary>
    [Fact]
    public void A_changed_byte_is_noticed()
    {
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        for (var at = 0; at < MeterCardLayout.PurchaseB(1); at++)
        {
            var bytes = _bench.Card.Bytes();
            bytes[at] ^= 0x01;
            var image = new MeterCardImage(bytes);
            var section = image.Section(1, MeterBench.Keys);
            var inA = at >= MeterCardLayout.PurchaseA(1);
            Assert.Equal(inA ? PurchaseCopies.OnlyB : PurchaseCopies.None, section.Copies);
        }
    }

    [Fact]
    public void A_blank_card_has_no_header()
    {
        Assert.True(MeterCardImage.Blank().IsBlank);
        Assert.Null(MeterCardImage.Blank().Header);
        Assert.Throws<ArgumentException>(() => new MeterCardImage(new byte[255]));
    }

    [Fact]
    public void A_memory_card_is_locked_for_ever_after_three_wrong_codes()
    {
        var card = VirtualMemoryCard.CreateBlank();
        card.PowerOn();
        Assert.Equal("9003", Convert.ToHexString(card.Transmit([0xFF, 0x20, 0, 0, 3, 1, 2, 3])));
        Assert.Equal("9001", Convert.ToHexString(card.Transmit([0xFF, 0x20, 0, 0, 3, 1, 2, 3])));
        Assert.Equal("6982", Convert.ToHexString(card.Transmit([0xFF, 0xD0, 0, 0, 1, 1])));
        Assert.Equal("9000", Convert.ToHexString(card.Transmit([0xFF, 0x20, 0, 0, 3, 1, 2, 3])));
        Assert.Equal("9000", Convert.ToHexString(card.Transmit([0xFF, 0x20, 0, 0, 3, 0xFF, 0xFF, 0xFF])));
        Assert.Equal("6982", Convert.ToHexString(card.Transmit([0xFF, 0xD0, 0, 0, 1, 1])));
        Assert.Equal(0, card.TriesLeft);
    }
}
