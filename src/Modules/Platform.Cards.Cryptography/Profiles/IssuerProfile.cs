using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Cards.Cryptography.Profiles;

/// <summary>
/// Everything in which one issuer's cards differ from another's: names, file and key numbers, limits. One JSON file per issuer, read by the
/// server, by the virtual chip and by the simulated station, so that none of these is a constant in code. Holds no secret keys.
/// </summary>
public sealed record IssuerProfile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<IssuerProfile> DemoProfile = new(ReadDemo);

    /// <summary>The key vault's name for the issuer.</summary>
    public required string Issuer { get; init; }

    /// <summary>The issuer id in EF15: 8 bytes, hex.</summary>
    public required string IssuerId { get; init; }

    /// <summary>The issuing province's part of card numbers: the last six digits of the issuer id (FC-15.3).</summary>
    [JsonIgnore]
    public string IssuerCode => IssuerId[^6..];

    /// <summary>The two bytes, hex, before the card number in the application serial number.</summary>
    public required string SerialPrefix { get; init; }

    public required CardAlgorithm Algorithm { get; init; }

    /// <summary>The file id of the master file: 2 bytes, hex.</summary>
    public required string MasterFileId { get; init; }

    /// <summary>The short file id, in the master file, of the chip's own serial number (8 bytes, readable by everybody).</summary>
    public required byte ChipSerialFile { get; init; }

    /// <summary>The key that a blank card has in every key slot: 16 bytes, hex.</summary>
    public required string TransportKey { get; init; }

    /// <summary>The PIN a card is issued with: 4 to 12 decimal digits, an even number of them.</summary>
    public required string InitialPin { get; init; }

    /// <summary>
    /// What stations read in EF16 for each kind of card (personalSingle, personalMain, personalSub, organisationSingle, organisationMain,
    /// organisationSub, bearer): one byte, each its own.
    /// </summary>
    public required IReadOnlyDictionary<string, byte> CardTypes { get; init; }

    /// <summary>The application with the money.</summary>
    public required ApplicationProfile Money { get; init; }

    /// <summary>The application with the points.</summary>
    public required ApplicationProfile Points { get; init; }

    /// <summary>The profile of the demonstration issuer, which is part of the program.</summary>
    public static IssuerProfile Demo => DemoProfile.Value;

    /// <summary>Reads and checks a profile; the exception says what is wrong with the file.</summary>
    public static IssuerProfile Parse(string json)
    {
        var profile =
            JsonSerializer.Deserialize<IssuerProfile>(json, Format) ?? throw new InvalidDataException("The issuer profile is empty.");
        profile.Check();
        return profile;
    }

    /// <summary>The profile as the JSON that <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>The application of a kind.</summary>
    public ApplicationProfile Application(CardApplication kind) => kind == CardApplication.Money ? Money : Points;

    /// <summary>The byte of a kind of card; a kind that the profile lacks cannot be issued.</summary>
    public byte CardTypeCode(string cardKind)
    {
        ArgumentException.ThrowIfNullOrEmpty(cardKind);
        return CardTypes.TryGetValue(JsonNamingPolicy.CamelCase.ConvertName(cardKind), out var code)
            ? code
            : throw new InvalidDataException($"The issuer profile has no card type for {cardKind}.");
    }

    private void Check()
    {
        Require(CardTypes.Count is >= 1 and <= 32 && CardTypes.Values.Distinct().Count() == CardTypes.Count, nameof(CardTypes));
        Hex(IssuerId, 8, nameof(IssuerId));
        Hex(SerialPrefix, 2, nameof(SerialPrefix));
        Hex(MasterFileId, 2, nameof(MasterFileId));
        Hex(TransportKey, CardCipher.KeyLength, nameof(TransportKey));
        Require(InitialPin.Length is >= 4 and <= 12 && InitialPin.Length % 2 == 0 && InitialPin.All(char.IsAsciiDigit), nameof(InitialPin));
        Money.Check(CardApplication.Money);
        Points.Check(CardApplication.Points);
    }

    internal static void Hex(string value, int bytes, string name) =>
        Require(value.Length == 2 * bytes && value.All(char.IsAsciiHexDigit), $"{name} ({bytes} bytes as hex)");

    internal static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The issuer profile's {what} is missing or wrong.");
        }
    }

    private static IssuerProfile ReadDemo()
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream("profiles/demo.json");
        using var reader = new StreamReader(stream ?? throw new InvalidDataException("The demonstration profile is not in the program."));
        return Parse(reader.ReadToEnd());
    }
}
