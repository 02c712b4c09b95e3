using Hardware.Simulators.Meters;
using Hardware.Simulators.Readers;
using Meters.Carriers.Cards;

namespace Hardware.Agent.Simulator;

/// <summary>A virtual card.</summary>
/// <param name="CardId">The card's name in the folder.</param>
/// <param name="Reader">The reader that holds the card; null if none.</param>
public sealed record SimulatedCard(string CardId, string? Reader);

/// <summary>The virtual cards, by name.</summary>
/// <param name="Items">At most 1,000.</param>
public sealed record SimulatedCardList(IReadOnlyList<SimulatedCard> Items);

/// <summary>The card to insert.</summary>
/// <param name="CardId">One of the virtual cards.</param>
public sealed record InsertCardRequest(string CardId);

/// <summary>The fault to inject.</summary>
/// <param name="Kind">How.</param>
/// <param name="AtCommand">The command at which the fault occurs, counted from now, 1 to 1000. GET RESPONSE counts too.</param>
public sealed record ArrangeFaultRequest(CardFaultKind Kind, int AtCommand);

/// <summary>A memory card to create.</summary>
/// <param name="Face">sle4442, behind a reader that takes pseudo-APDUs, or cpuFile, the same bytes as a file of a CPU card.</param>
public sealed record CreateMemoryCardRequest(MemoryCardFace Face);

/// <summary>A simulated prepaid meter to create.</summary>
/// <param name="MeterNumber">12 digits.</param>
public sealed record CreateMeterRequest(string MeterNumber);

/// <summary>A simulated prepaid meter. Quantities in hundredths of a unit.</summary>
/// <param name="MeterNumber">12 digits.</param>
/// <param name="Readiness">emptied: it wants a setting card; set: it takes a user's first card; bound: it belongs to a user.</param>
/// <param name="UserNumber">The user it belongs to; null before.</param>
/// <param name="Remaining">What is left; below zero in overdraft.</param>
/// <param name="TotalUse">What was used since it was cleared.</param>
/// <param name="LastSeq">The counter of the last purchase it took.</param>
/// <param name="ValveClosed">Nothing flows.</param>
/// <param name="Alarm">The remaining quantity is at or below the alarm quantity.</param>
public sealed record MeterOnBench(
    string MeterNumber,
    MeterReadiness Readiness,
    string? UserNumber,
    long Remaining,
    long TotalUse,
    int LastSeq,
    bool ValveClosed,
    bool Alarm
);

/// <summary>The simulated meters, by number.</summary>
/// <param name="Items">At most 1,000.</param>
public sealed record MeterOnBenchList(IReadOnlyList<MeterOnBench> Items);

/// <summary>The card to put into the meter.</summary>
/// <param name="CardId">A virtual memory card that is in no reader.</param>
public sealed record SwipeCardRequest(string CardId);

/// <summary>A card was put into the meter.</summary>
/// <param name="Result">What the meter shows.</param>
/// <param name="Meter">The meter after it.</param>
public sealed record CardSwiped(MeterResult Result, MeterOnBench Meter);

/// <summary>What flows through the meter.</summary>
/// <param name="Quantity">Hundredths of a unit, 1 to 200,000,000.</param>
public sealed record UseMeterRequest(long Quantity);

/// <summary>What flowed before the valve closed.</summary>
/// <param name="Used">Hundredths of a unit.</param>
/// <param name="Meter">The meter after it.</param>
public sealed record MeterUsed(long Used, MeterOnBench Meter);
