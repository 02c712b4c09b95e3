using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;

namespace Api.Tests.Meters;

/// <summary>A user with a card and a meter on the test's bench.</summary>
public sealed class MeterHome(string userId, VirtualMemoryCard card, string meterNumber)
{
    public string UserId => userId;

    public VirtualMemoryCard Card { get; set; } = card;

    public string MeterNumber { get; set; } = meterNumber;

    public SimulatedMeter Device { get; set; } = new(new MeterState(meterNumber), MeterCounter.Keys);

    private DateTime _clock = DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().AddHours(8).DateTime, DateTimeKind.Unspecified);

    /// <summary>Puts the card into the meter, some time after the last time.</summary>
    public MeterResult Swipe()
    {
        _clock = _clock.AddMinutes(1);
        return Device.Insert(new MemoryCardSlot(Card), _clock);
    }

    public MeterResult Insert(VirtualMemoryCard other) => Device.Insert(new MemoryCardSlot(other), _clock);
}
