using Hardware.Simulators.Readers;

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
