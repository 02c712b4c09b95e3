using System.Buffers.Binary;
using Hardware.Simulators.Stations;
using Simulation.CardOperations;

namespace Simulation.Chip;

public sealed class GreyLockTests
{
    private const string StationTerminal = "000000000001";
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0);

    [Fact]
    public void A_fill_locks_the_card_and_its_end_pays_and_frees_it()
    {
        var counter = Loaded();
        var station = new SimulatedStation(counter.Context.Keys, StationTerminal);

        var fill = station.Lock(counter.Chip, Noon);
        Assert.Equal("6985", Assert.Throws<StationRefusedException>(() => station.Buy(counter.Chip, 1, Noon)).StatusWord);
        Assert.Equal("6985", Assert.Throws<StationRefusedException>(() => station.Lock(counter.Chip, Noon)).StatusWord);

        var record = station.Unlock(counter.Chip, fill, 3_300, Noon);
        Assert.Equal(6_700, counter.Read().Balance);
        Assert.Equal(1, record.OfflineCounter);
        Assert.Equal(Tac(counter, record), record.Tac);
        Assert.Equal(CardOutcomeState.Confirmed, counter.Load(100).State);
    }

    [Fact]
    public void A_fill_is_ended_only_by_the_terminal_that_began_it_and_only_once()
    {
        var counter = Loaded();
        var station = new SimulatedStation(counter.Context.Keys, StationTerminal);
        var fill = station.Lock(counter.Chip, Noon);

        var other = new SimulatedStation(counter.Context.Keys, "000000000002");
        Assert.Equal("9302", Assert.Throws<StationRefusedException>(() => other.Unlock(counter.Chip, fill, 1, Noon)).StatusWord);
        Assert.Equal("9401", Assert.Throws<StationRefusedException>(() => station.Unlock(counter.Chip, fill, 10_001, Noon)).StatusWord);
        station.Unlock(counter.Chip, fill, 1, Noon);
        Assert.Equal("6985", Assert.Throws<StationRefusedException>(() => station.Unlock(counter.Chip, fill, 1, Noon)).StatusWord);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(2_500u)]
    public void A_card_left_grey_is_freed_online_with_the_amount_of_the_stations_record(uint amount)
    {
        var counter = Loaded();
        new SimulatedStation(counter.Context.Keys, StationTerminal).Lock(counter.Chip, Noon);
        var keys = counter.Context.Keys;
        var terminal = Convert.FromHexString(Counter.Terminal);
        var time = CardTime.Encode(Noon);

        var card = Send(counter, $"E07A0901{7:X2}01{Counter.Terminal}12");
        var mac2 = keys.Use(
            CardApplication.Money,
            KeyUsage.GreyUnlock,
            Convert.FromHexString(counter.Serial),
            (cipher, key) =>
            {
                Span<byte> session = stackalloc byte[8];
                var online = BinaryPrimitives.ReadUInt16BigEndian(card.AsSpan(6));
                PurseCryptography.OnlineSession(cipher, key, card.AsSpan(10, 4), online, session);
                return PurseCryptography.HostMac(cipher, session, amount, 9, terminal, time);
            }
        );
        Send(counter, $"E07E09000F{amount:X8}{Convert.ToHexString(time)}{mac2:X8}04");

        Assert.Equal((10_000 - amount, 0), (counter.Read().Balance, counter.Read().GreyState));
    }

    private static Counter Loaded()
    {
        var counter = Counter.WithIssuedCard();
        Assert.Equal(CardOutcomeState.Confirmed, counter.Load(10_000).State);
        return counter;
    }

    private static byte[] Send(Counter counter, string apdu)
    {
        var answer = counter.Chip.Transmit(Convert.FromHexString(apdu));
        Assert.Equal("9000", Convert.ToHexString(answer.AsSpan()[^2..]));
        return answer[..^2];
    }

    private static string Tac(Counter counter, StationRecord record)
    {
        var type = counter.Profile.Money.PurchaseType;
        var tac = counter.Context.Keys.Use(
            CardApplication.Money,
            KeyUsage.Tac,
            Convert.FromHexString(counter.Serial),
            (cipher, key) =>
                PurseCryptography.PurchaseTac(
                    cipher,
                    key,
                    (uint)record.Amount,
                    type,
                    Convert.FromHexString(record.Terminal),
                    (uint)record.TerminalTransaction,
                    Convert.FromHexString(record.Time)
                )
        );
        return $"{tac:X8}";
    }
}
