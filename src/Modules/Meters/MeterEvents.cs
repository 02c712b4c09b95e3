using Platform.Outbox;

namespace Meters;

/// <summary>Something was sold to a meter, or a sale was changed. Quantity in hundredths of a unit and amount in fen, as the change.</summary>
internal sealed record MeterSold(string SupplyId, string Kind, long Quantity, long Amount);

/// <summary>A card took another's place.</summary>
internal sealed record MeterCardReplaced(string OldCardNumber, string NewCardNumber);

/// <summary>A meter took another's place.</summary>
internal sealed record MeterReplaced(string SupplyId, string OldMeterNumber, string NewMeterNumber);

/// <summary>The events of meters. Their key is the supply, of cards the user.</summary>
internal static class MeterEvents
{
    public static readonly ModuleEvents Declared = new();

    public static readonly EventType<MeterSold> Sold = Declared.Declare<MeterSold>(
        "meter.sold",
        1,
        "A meter purchase was sold, corrected or given back.",
        "仪表充值、修改或退购。"
    );

    public static readonly EventType<MeterCardReplaced> CardReplaced = Declared.Declare<MeterCardReplaced>(
        "meter.card-replaced",
        1,
        "A meter card was replaced.",
        "仪表补卡。"
    );

    public static readonly EventType<MeterReplaced> MeterChanged = Declared.Declare<MeterReplaced>(
        "meter.replaced",
        1,
        "A meter was replaced.",
        "换表。"
    );
}
