using System.Text.Json;
using Hardware.Agent.Settings;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;
using Platform.Cards.Cryptography.Keys;

namespace Hardware.Agent.Simulator;

/// <summary>
/// Simulated meters, each kept in a file. They have the demonstration keys, which everybody can compute, so that the agent holds no secret; cards of
/// a system with keys of its own are refused by them.
/// </summary>
internal sealed class MeterBench
{
    private const int Most = 1000;
    private readonly MeterCardKeys _keys = MeterCardKeys.Of(new DemoKeyVault());
    private readonly string _path;
    private readonly Lock _gate = new();

    public MeterBench(AgentSettings settings)
    {
        _path = Path.Combine(settings.DataPath, "meters");
        Directory.CreateDirectory(_path);
    }

    internal IReadOnlyList<MeterState> All()
    {
        lock (_gate)
        {
            return [.. Directory.EnumerateFiles(_path, "*.json").Order(StringComparer.Ordinal).Take(Most).Select(Read)];
        }
    }

    /// <summary>Null when there is one of this number, or there are too many.</summary>
    internal MeterState? Create(string number)
    {
        lock (_gate)
        {
            if (File.Exists(FileOf(number)) || Directory.EnumerateFiles(_path, "*.json").Take(Most).Count() == Most)
            {
                return null;
            }

            var state = new MeterState(number);
            Keep(state);
            return state;
        }
    }

    /// <summary>Does something with a meter; null when there is none of this number.</summary>
    internal T? With<T>(string number, Func<SimulatedMeter, T?> act)
        where T : class
    {
        lock (_gate)
        {
            return IsNumber(number) && File.Exists(FileOf(number)) ? act(new SimulatedMeter(Read(FileOf(number)), _keys, Keep)) : null;
        }
    }

    internal static bool IsNumber(string? number) => number is { Length: 12 } && number.All(char.IsAsciiDigit);

    private void Keep(MeterState state) =>
        PrivateFile.Write(FileOf(state.MeterNumber), JsonSerializer.SerializeToUtf8Bytes(state, JsonSerializerOptions.Web));

    private static MeterState Read(string file) =>
        JsonSerializer.Deserialize<MeterState>(File.ReadAllText(file), JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"{file} is no meter.");

    private string FileOf(string number) => Path.Combine(_path, number + ".json");
}
