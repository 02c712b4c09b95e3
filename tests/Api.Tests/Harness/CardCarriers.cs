using System.Text.Json.Nodes;
using Hardware.Simulators.Chip;

namespace Api.Tests.Harness;

/// <summary>Carries a started card operation between the API and a chip to its end; answers with the API's outcome.</summary>
public delegate Task<JsonNode> CardCarrier(HttpClient api, VirtualChip chip, JsonNode operation);

/// <summary>The ways in which a chip is reached, by name, so that one suite runs over each of them.</summary>
public static class CardCarriers
{
    /// <summary>The chip in this process, without an agent.</summary>
    public const string InProcess = "in-process";

    private static readonly Dictionary<string, CardCarrier> s_byName = new() { [InProcess] = ReaderAgent.Run };

    /// <summary>Another way, such as the agent over a PC/SC reader, takes its place here before the suites run.</summary>
    public static void Add(string name, CardCarrier carrier) => s_byName[name] = carrier;

    public static CardCarrier Named(string name) => s_byName[name];
}
