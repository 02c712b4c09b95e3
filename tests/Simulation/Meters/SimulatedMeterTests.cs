using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Simulation.Meters;

public sealed class SimulatedMeterTests
{
    private readonly MeterBench _bench = new();

    [Fact]
    [Trait("Requirement", "PM-12.1")]
    public void Takes_a_purchase_once_and_writes_back()
    {
        _bench.Ready();
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        Assert.Equal(MeterResult.Taken, _bench.Insert());
        Assert.Equal(MeterResult.WrittenBack, _bench.Insert());
        Assert.Equal(5_000, _bench.Device.State.Remaining);
        Assert.Equal((1, 5_000, 0u), (_bench.Section.Return!.LastSeq, _bench.Section.Return.Remaining, _bench.Section.Return.Total));
        Assert.Equal(MeterBench.Now, _bench.Section.Return.Time);
        Assert.False(_bench.Section.Waits);
        Assert.Equal(1_200, _bench.Device.Use(1_200));
        Assert.Equal(MeterResult.WrittenBack, _bench.Insert());
        Assert.Equal((3_800, 1_200u), (_bench.Section.Return!.Remaining, _bench.Section.Return.Total));
    }

    [Fact]
    [Trait("Requirement", "PM-12.2")]
    public void Takes_a_user_card_only_after_it_was_emptied_and_set_in_this_order()
    {
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        Assert.Equal(MeterResult.NotSet, _bench.Insert());
        Assert.Equal(MeterResult.NotSet, _bench.Section.Return!.Result);
        Assert.True(_bench.Section.Waits);
        _bench.Ready(preStored: 500);
        Assert.Equal(MeterResult.Taken, _bench.Insert());
        Assert.Equal(5_500, _bench.Device.State.Remaining);
        Assert.Equal(MeterResult.Taken, _bench.Tool(MeterCardKind.Zero));
        Assert.Equal(MeterResult.NotSet, _bench.Insert());
        Assert.Equal(0, _bench.Device.State.Remaining);
    }

    [Fact]
    [Trait("Requirement", "PM-12.2")]
    public void A_zero_card_keeps_the_total_and_a_clear_card_does_not()
    {
        _bench.Ready();
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        _bench.Insert();
        _bench.Device.Use(700);
        _bench.Tool(MeterCardKind.Zero);
        Assert.Equal(700u, _bench.Device.State.Total);
        _bench.Tool(MeterCardKind.Clear);
        Assert.Equal(0u, _bench.Device.State.Total);
    }

    [Fact]
    [Trait("Requirement", "PM-12.2")]
    public void A_zeroed_meter_does_not_credit_again_what_the_card_says_was_taken()
    {
        _bench.Ready();
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        _bench.Insert();
        _bench.Tool(MeterCardKind.Zero);
        _bench.Tool(MeterCardKind.Setting, new(100_000, 0, 0, 0, 1));
        Assert.Equal(MeterResult.WrittenBack, _bench.Insert());
        Assert.Equal(0, _bench.Device.State.Remaining);
        _bench.Write(2, 3_000);
        Assert.Equal(MeterResult.Taken, _bench.Insert());
        Assert.Equal(3_000, _bench.Device.State.Remaining);
    }

    [Fact]
    [Trait("Requirement", "PM-12.2")]
    public void Refuses_a_foreign_users_card_and_writes_the_result_code_back()
    {
        _bench.Ready();
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        _bench.Insert();
        _bench.Card = VirtualMemoryCard.CreateBlank();
        _bench.Write(1, 9_000, PurchaseKind.Opening, serial: 2, user: "000000000043");
        Assert.Equal(MeterResult.ForeignUser, _bench.Insert());
        Assert.Equal(5_000, _bench.Device.State.Remaining);
        Assert.Equal(MeterResult.ForeignUser, _bench.Section.Return!.Result);
        Assert.True(_bench.Section.Waits);
    }

    [Fact]
    [Trait("Requirement", "PM-12.1"), Trait("Requirement", "PM-01.3")]
    public void Warns_of_a_wrong_code_and_of_a_forged_card_and_changes_nothing()
    {
        _bench.Ready();
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        var image = _bench.Card.Bytes();
        Assert.Equal(MeterResult.WrongDomain, _bench.Tool(MeterCardKind.Clear, domain: 77));
        Assert.Equal(MeterReadiness.Set, _bench.Device.State.Readiness);
        _bench.Card.Damage(7, (byte)(image[7] ^ 1));
        Assert.Equal(MeterResult.WrongDomain, _bench.Insert());
        _bench.Card.Damage(7, image[7]);
        _bench.Card.Damage(MeterCardLayout.Section(1), 0x99);
        var forged = _bench.Card.Bytes();
        Assert.Equal(MeterResult.WrongMac, _bench.Insert());
        Assert.Equal(forged, _bench.Card.Bytes());
        Assert.Equal(0, _bench.Device.State.Remaining);
    }

    [Fact]
    [Trait("Requirement", "PM-12.1")]
    public void A_gap_in_the_counter_is_refused_and_shown_on_the_card()
    {
        _bench.Ready();
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        _bench.Insert();
        _bench.Write(3, 5_000);
        Assert.Equal(MeterResult.Gap, _bench.Insert());
        Assert.Equal(MeterResult.Gap, _bench.Section.Return!.Result);
        Assert.Equal((5_000, true), (_bench.Device.State.Remaining, _bench.Section.Waits));
    }

    [Fact]
    [Trait("Requirement", "PM-12.2")]
    public void Warns_at_the_alarm_quantity_and_closes_until_the_card_is_put_in_again_then_runs_into_the_overdraft()
    {
        _bench.Ready(alarm: 1_000, overdraft: 400);
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        _bench.Insert();
        Assert.Equal(4_000, _bench.Device.Use(9_000));
        Assert.True(_bench.Device.State is { ValveClosed: true, Alarms: true, Remaining: 1_000 });
        Assert.Equal(MeterResult.WrittenBack, _bench.Insert());
        Assert.Equal(MeterFlags.Alarm, _bench.Section.Return!.Flags);
        Assert.Equal(1_400, _bench.Device.Use(9_000));
        Assert.True(_bench.Device.State is { ValveClosed: true, Remaining: -400 });
        Assert.Equal(0, _bench.Device.Use(1));
        _bench.Write(2, 3_000);
        Assert.Equal(MeterResult.Taken, _bench.Insert());
        Assert.Equal((2_600, false), (_bench.Device.State.Remaining, _bench.Device.State.ValveClosed));
        Assert.Equal(5_400u, _bench.Section.Return!.Total);
    }

    [Fact]
    [Trait("Requirement", "PM-12.1")]
    public void A_purchase_over_the_limit_is_refused()
    {
        _bench.Ready(limit: 6_000);
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        _bench.Insert();
        _bench.Write(2, 1_001);
        Assert.Equal(MeterResult.OverLimit, _bench.Insert());
        Assert.True(_bench.Section.Waits);
        _bench.Write(2, 1_000, revision: 1);
        Assert.Equal(MeterResult.Taken, _bench.Insert());
        Assert.Equal(6_000, _bench.Device.State.Remaining);
    }

    [Fact]
    [Trait("Requirement", "PM-07.1")]
    public void The_last_purchase_on_a_replacement_card_is_credited_at_most_once()
    {
        foreach (var swipedBefore in new[] { true, false })
        {
            var bench = new MeterBench();
            bench.Ready();
            bench.Write(1, 5_000, PurchaseKind.Opening);
            if (swipedBefore)
            {
                bench.Insert();
            }

            var lost = bench.Card;
            bench.Card = VirtualMemoryCard.CreateBlank();
            bench.Write(1, 5_000, PurchaseKind.Replacement, serial: 2);
            Assert.Equal(swipedBefore ? MeterResult.WrittenBack : MeterResult.Taken, bench.Insert());
            Assert.False(bench.Section.Waits);
            bench.Card = lost;
            Assert.Equal(MeterResult.WrittenBack, bench.Insert());
            Assert.Equal(5_000, bench.Device.State.Remaining);
        }
    }

    /// <summary>Power goes at every moment: nothing is credited twice, and nothing that the card says was taken is lost.</summary>
    [Fact]
    [Trait("Requirement", "PM-12.1"), Trait("Requirement", "PM-05.5")]
    public void A_purchase_is_credited_exactly_once_whenever_power_goes()
    {
        foreach (var moment in Enum.GetValues<MeterMoment>())
        {
            var bench = new MeterBench();
            bench.Ready();
            bench.Write(1, 5_000, PurchaseKind.Opening);
            bench.Device.LosePowerAt = moment;
            Assert.Throws<MeterPowerLostException>(() => bench.Insert());
            Assert.Equal(0, bench.Device.State.Remaining);
            bench.Device.PowerOn();
            Assert.Equal(moment == MeterMoment.ReturnReadBack ? 5_000 : 0, bench.Device.State.Remaining);
            bench.Insert();
            Assert.Equal(5_000, bench.Device.State.Remaining);
            bench.Insert();
            Assert.Equal(5_000, bench.Device.State.Remaining);
        }
    }

    [Fact]
    [Trait("Requirement", "PM-06.1"), Trait("Requirement", "PM-12.1")]
    public void A_card_that_says_not_swiped_was_never_credited_so_a_correction_is_credited_alone()
    {
        for (var torn = 0; torn < MeterCardLayout.ReturnSize; torn++)
        {
            var bench = new MeterBench();
            bench.Ready();
            bench.Write(1, 5_000, PurchaseKind.Opening);
            bench.Card.TearAfter(torn);
            bench.Insert();
            bench.Card.TearAfter(null);
            Assert.True(bench.Section.Waits);
            Assert.Equal(0, bench.Device.State.Remaining);
            bench.Write(1, 3_000, PurchaseKind.Opening, revision: 1);
            Assert.Equal(MeterResult.Taken, bench.Insert());
            Assert.Equal(3_000, bench.Device.State.Remaining);
        }
    }

    [Fact]
    [Trait("Requirement", "PM-12.1")]
    public void What_was_taken_and_not_credited_is_credited_before_the_next_purchase()
    {
        _bench.Ready();
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        _bench.Device.LosePowerAt = MeterMoment.ReturnWritten;
        Assert.Throws<MeterPowerLostException>(() => _bench.Insert());
        Assert.False(_bench.Section.Waits);
        _bench.Write(2, 3_000);
        Assert.Equal(MeterResult.Taken, _bench.Insert());
        Assert.Equal(8_000, _bench.Device.State.Remaining);
    }

    [Fact]
    public void A_lost_card_whose_purchase_was_under_way_is_credited_from_its_replacement()
    {
        _bench.Ready();
        _bench.Write(1, 5_000, PurchaseKind.Opening);
        _bench.Device.LosePowerAt = MeterMoment.ReturnWritten;
        Assert.Throws<MeterPowerLostException>(() => _bench.Insert());
        var lost = _bench.Card;
        _bench.Card = VirtualMemoryCard.CreateBlank();
        _bench.Write(1, 5_000, PurchaseKind.Replacement, serial: 2);
        Assert.Equal(MeterResult.Taken, _bench.Insert());
        _bench.Card = lost;
        Assert.Equal(MeterResult.WrittenBack, _bench.Insert());
        Assert.Equal(5_000, _bench.Device.State.Remaining);
    }

    /// <summary>
    /// Power went when the return was on the card and not yet read back; the counter read it and sold the next purchase; then the card was lost. Its
    /// replacement carries only that next purchase, which proves that the one before was written back.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "PM-07.1"), Trait("Requirement", "PM-12.1")]
    public void What_was_written_back_is_credited_when_the_next_purchase_comes_on_a_replacement_card(bool bound)
    {
        _bench.Ready();
        ushort seq = 1;
        if (bound)
        {
            _bench.Write(seq++, 1_000, PurchaseKind.Opening);
            Assert.Equal(MeterResult.Taken, _bench.Insert());
        }

        var before = _bench.Device.State.Remaining;
        _bench.Write(seq, 5_000);
        _bench.Device.LosePowerAt = MeterMoment.ReturnWritten;
        Assert.Throws<MeterPowerLostException>(() => _bench.Insert());
        Assert.False(_bench.Section.Waits);
        _bench.Card = VirtualMemoryCard.CreateBlank();
        _bench.Write((ushort)(seq + 1), 3_000, PurchaseKind.Replacement, serial: 2);

        Assert.Equal(MeterResult.Taken, _bench.Insert());
        Assert.Equal(before + 8_000, _bench.Device.State.Remaining);
        Assert.Equal(MeterResult.WrittenBack, _bench.Insert());
        Assert.Equal(before + 8_000, _bench.Device.State.Remaining);
    }
}
