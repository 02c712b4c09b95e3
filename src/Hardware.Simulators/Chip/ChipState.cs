using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Cards.Cryptography.Layouts;

namespace Hardware.Simulators.Chip;

/// <summary>The chip's non-volatile memory. Changed only by commits; written to a file as a whole.</summary>
internal sealed class ChipState
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new HexConverter() },
    };

    public required byte[] ChipSerial { get; init; }
    public required byte[] MasterFileId { get; init; }
    public required byte ChipSerialFile { get; init; }
    public required CardAlgorithm Algorithm { get; init; }
    public required List<ChipApplication> Applications { get; init; }
    public bool Blocked { get; set; }

    internal string ToJson() => JsonSerializer.Serialize(this, Format);

    internal static ChipState Parse(string json) =>
        JsonSerializer.Deserialize<ChipState>(json, Format) ?? throw new InvalidDataException("The chip's file is empty.");

    internal static ChipState Blank(IssuerProfile profile, byte[] chipSerial) =>
        new()
        {
            ChipSerial = chipSerial,
            MasterFileId = Convert.FromHexString(profile.MasterFileId),
            ChipSerialFile = profile.ChipSerialFile,
            Algorithm = profile.Algorithm,
            Applications = [ChipApplication.Blank(profile, profile.Money), ChipApplication.Blank(profile, profile.Points)],
        };

    /// <summary>Bytes as hex, so that a person can read a chip's file.</summary>
    private sealed class HexConverter : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Convert.FromHexString(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Convert.ToHexString(value));
    }
}

/// <summary>How far an application is blocked.</summary>
internal enum ApplicationBlock
{
    None,
    Temporary,
    Permanent,
}

/// <summary>One application's files, keys, counters, log and last proof.</summary>
internal sealed class ChipApplication
{
    public required ApplicationProfile Profile { get; init; }
    public required List<ChipKey> Keys { get; init; }
    public required byte[] PublicFile { get; set; }
    public required byte[] HolderFile { get; set; }
    public required byte[] RestrictionFile { get; set; }
    public List<byte[]> Log { get; init; } = [];
    public uint Balance { get; set; }
    public ushort OnlineCounter { get; set; }
    public ushort OfflineCounter { get; set; }
    public byte WrongMacs { get; set; }
    public ApplicationBlock Block { get; set; }
    public byte[]? Pin { get; set; }
    public byte PinTries { get; set; }
    public ChipProof? Proof { get; set; }
    public GreyRecord? Grey { get; set; }

    internal ChipKey? Key(KeyUsage usage, byte? index = null) => Keys.Find(k => k.Usage == usage && (index is null || k.Index == index));

    internal byte[] Aid => Convert.FromHexString(Profile.Aid);

    internal byte[] FileId => Convert.FromHexString(Profile.FileId);

    internal void AddToLog(LogRecord record)
    {
        Log.Insert(0, record.Encode());
        if (Log.Count > Profile.LogRecords)
        {
            Log.RemoveAt(Log.Count - 1);
        }
    }

    internal static ChipApplication Blank(IssuerProfile issuer, ApplicationProfile profile) =>
        new()
        {
            Profile = profile,
            Keys = [.. profile.Keys.Select(k => ChipKey.Transport(k, Convert.FromHexString(issuer.TransportKey)))],
            PublicFile = new byte[Platform.Cards.Cryptography.Layouts.PublicFile.Size],
            HolderFile = new byte[Platform.Cards.Cryptography.Layouts.HolderFile.Size],
            RestrictionFile = Platform.Cards.Cryptography.Layouts.RestrictionFile.None.Encode(),
        };
}

/// <summary>One key slot.</summary>
internal sealed class ChipKey
{
    public required KeyUsage Usage { get; init; }
    public required byte Type { get; init; }
    public required byte Index { get; init; }
    public required byte Version { get; set; }
    public required byte[] Value { get; set; }
    public required byte MaximumTries { get; set; }
    public required byte Tries { get; set; }

    internal static ChipKey Transport(KeyProfile profile, byte[] value) =>
        new()
        {
            Usage = profile.Usage,
            Type = profile.Type,
            Index = profile.Index,
            Version = 0,
            Value = [.. value],
            MaximumTries = profile.Tries,
            Tries = profile.Tries,
        };
}

/// <summary>The answer to GET TRANSACTION PROVE; only the last transaction's is kept.</summary>
internal sealed record ChipProof(byte Type, ushort Counter, uint Mac, uint Tac);

/// <summary>The answer to GET LOCK PROOF after a grey lock: state 1 grey, 0x10 unlocked with its TAC unread, 0 normal.</summary>
internal sealed record GreyRecord(
    byte State,
    uint Balance,
    ushort OfflineCounter,
    byte[] Terminal,
    uint TerminalTransaction,
    byte[] Time,
    uint Mac,
    uint Tac,
    byte[] SessionKey
);
