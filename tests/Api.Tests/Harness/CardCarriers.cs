using System.Text.Json.Nodes;
using Api.Tests.Harness.Pcsc;
using Hardware.Simulators.Chip;

namespace Api.Tests.Harness;

/// <summary>Carries a started card operation between the API and a chip to its end; answers with the API's outcome.</summary>
public delegate Task<JsonNode> CardCarrier(HttpClient api, VirtualChip chip, JsonNode operation);

/// <summary>A way in which chips are reached.</summary>
/// <param name="Chip">How a chip that is reached so speaks.</param>
/// <param name="AtOnce">How many cards a suite tears at the same time.</param>
public sealed record CardWay(string Name, CardCarrier Carry, ChipOptions Chip, int AtOnce);

/// <summary>The ways in which a chip is reached, by name, so that one suite runs over each of them.</summary>
public static class CardCarriers
{
    /// <summary>The chip in this process, without an agent.</summary>
    public const string InProcess = "in-process";

    /// <summary>The hardware agent as a process of its own, the machine's PC/SC service, and a chip with T=0 in its virtual readers.</summary>
    public const string Pcscd = "pcscd";

    private static readonly Dictionary<string, CardWay> s_byName = new CardWay[]
    {
        new(InProcess, ReaderAgent.Run, new ChipOptions(), AtOnce: 4),
        new(Pcscd, PcscCounter.Carry, new ChipOptions { TransmissionProtocol0 = true }, PcscReaders.Count - 2),
    }.ToDictionary(w => w.Name);

    public static CardWay Named(string name) => s_byName[name];
}
