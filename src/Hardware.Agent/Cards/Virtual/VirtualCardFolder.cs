using System.Text.Json;
using Hardware.Simulators.Chip;
using Hardware.Simulators.Meters;
using Platform.Cards.Cryptography.Profiles;

namespace Hardware.Agent.Cards.Virtual;

/// <summary>The virtual cards: one file each, and one that tells which reader each is in.</summary>
internal sealed class VirtualCardFolder
{
    private const int MostCards = 1000;
    private const string ReadersFile = "readers.inserted";
    private const string MemoryPrefix = "memory-";

    private readonly string _path;
    private readonly IssuerProfile _profile;

    public VirtualCardFolder(AgentSettings settings, IssuerProfile profile)
    {
        _path = settings.CardPath;
        _profile = profile;
        Directory.CreateDirectory(_path);
    }

    /// <summary>The cards' names in order.</summary>
    internal IReadOnlyList<string> Ids() =>
        [
            .. Directory
                .EnumerateFiles(_path, "*.json")
                .Select(f => Path.GetFileNameWithoutExtension(f))
                .Where(IsId)
                .Order(StringComparer.Ordinal)
                .Take(MostCards),
        ];

    /// <summary>A new blank card, or null when the folder is full.</summary>
    internal VirtualCard? CreateBlank()
    {
        if (Ids().Count >= MostCards)
        {
            return null;
        }

        var serial = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        var id = serial.ToLowerInvariant();
        return new VirtualCard(id, VirtualChip.CreateBlank(_profile, Options(id) with { ChipSerial = serial }));
    }

    /// <summary>A new memory card as the factory delivers it, or null when the folder is full.</summary>
    internal VirtualCard? CreateMemoryCard(MemoryCardFace face)
    {
        if (Ids().Count >= MostCards)
        {
            return null;
        }

        var id = MemoryPrefix + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        return new VirtualCard(id, VirtualMemoryCard.CreateBlank(face, FileOf(id)));
    }

    /// <summary>The card of that name, or null.</summary>
    internal VirtualCard? Load(string id) =>
        !IsId(id) || !File.Exists(FileOf(id)) ? null
        : id.StartsWith(MemoryPrefix, StringComparison.Ordinal) ? new VirtualCard(id, VirtualMemoryCard.Load(FileOf(id)))
        : new VirtualCard(id, VirtualChip.Load(FileOf(id), Options(id)));

    /// <summary>Which cards are in which readers, by reader name.</summary>
    internal IReadOnlyDictionary<string, string> Inserted()
    {
        var file = Path.Combine(_path, ReadersFile);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [] : [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>(); // cut short by a crash: the readers are empty, and a person puts the cards in
        }
    }

    internal void KeepInserted(IReadOnlyDictionary<string, string> inserted) =>
        File.WriteAllText(Path.Combine(_path, ReadersFile), JsonSerializer.Serialize(inserted));

    private ChipOptions Options(string id) => new() { File = FileOf(id), TransmissionProtocol0 = true };

    private string FileOf(string id) => Path.Combine(_path, id + ".json");

    /// <summary>The name becomes a file's name, so it may hold nothing that leaves the folder.</summary>
    private static bool IsId(string? id) => id is { Length: >= 1 and <= 40 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
