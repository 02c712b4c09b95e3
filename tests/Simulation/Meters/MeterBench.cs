using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;
using Platform.Cards.Cryptography.Keys;

namespace Simulation.Meters;

/// <summary>A user's card and a meter on the bench, written as the counter writes them.</summary>
internal sealed class MeterBench
{
    public const string User = "000000000042";
    public const string Meter = "202600000001";
    public static readonly MeterCardKeys Keys = MeterCardKeys.Of(new DemoKeyVault());
    public static readonly DateTime Now = new(2026, 7, 1, 8, 30, 0);

    public uint Domain { get; } = Keys.Domain("88001234");

    public VirtualMemoryCard Card { get; set; } = VirtualMemoryCard.CreateBlank();

    public SimulatedMeter Device { get; } = new(new MeterState(Meter), Keys);

    public MeterCardHeader Header(MeterCardKind kind, uint serial = 1, string user = User) =>
        new(kind, Domain, serial, kind == MeterCardKind.User ? user : MeterCardHeader.NoUser);

    public MeterCardImage Image => new(Card.Bytes());

    public MeterSection Section => Image.Section(1, Keys);

    public MeterResult Insert() => Device.Insert(new MemoryCardSlot(Card), Now);

    public MeterResult Tool(MeterCardKind kind, MeterSettings? settings = null, uint? domain = null)
    {
        var card = VirtualMemoryCard.CreateBlank();
        var header = Header(kind, serial: 900) with { Domain = domain ?? Domain };
        card.Write(0, MeterCardImage.Encode(header));
        card.Write(MeterCardLayout.SettingsOffset, MeterCardImage.Encode(settings ?? new(0, 0, 0, 0, 0), header, Keys));
        return Device.Insert(new MemoryCardSlot(card), Now);
    }

    public void Ready(uint limit = 100_000, uint preStored = 0, uint alarm = 0, uint overdraft = 0)
    {
        Assert.Equal(MeterResult.Taken, Tool(MeterCardKind.Clear));
        Assert.Equal(MeterResult.Taken, Tool(MeterCardKind.Setting, new(limit, preStored, alarm, overdraft, 1)));
    }

    /// <summary>Writes as the counter does: B, then A, then meter number and header.</summary>
    public bool Write(
        ushort seq,
        uint quantity,
        PurchaseKind kind = PurchaseKind.Recharge,
        byte revision = 0,
        uint serial = 1,
        string user = User,
        string meter = Meter
    )
    {
        var header = Header(MeterCardKind.User, serial, user);
        var purchase = new MeterPurchase(seq, revision, kind, quantity, new DateOnly(2026, 7, 1));
        var bytes = MeterCardImage.Encode(purchase, header, 1, meter, Keys);
        return Card.Write(MeterCardLayout.PurchaseB(1), bytes)
            && Card.Write(MeterCardLayout.PurchaseA(1), bytes)
            && Card.Write(MeterCardLayout.Section(1), MeterCardImage.EncodeNumber(meter))
            && Card.Write(0, MeterCardImage.Encode(header));
    }
}
