namespace Platform.Cards.Cryptography.Profiles;

/// <summary>Which of a card's two applications.</summary>
public enum CardApplication
{
    Money,
    Points,
}

/// <summary>One application of an issuer's cards.</summary>
public sealed record ApplicationProfile
{
    public required CardApplication Kind { get; init; }

    /// <summary>The application's name for SELECT: 5 to 16 bytes, hex.</summary>
    public required string Aid { get; init; }

    /// <summary>The file id: 2 bytes, hex.</summary>
    public required string FileId { get; init; }

    /// <summary>P2 of the purse commands: 1 electronic deposit, 2 electronic purse. Only 1 can be unloaded.</summary>
    public required byte Purse { get; init; }

    /// <summary>Transaction type bytes, as they stand in MACs and in the log.</summary>
    public required byte LoadType { get; init; }

    public required byte UnloadType { get; init; }

    public required byte PurchaseType { get; init; }

    /// <summary>The most the purse holds, in fen (or points); the chip refuses a load beyond it with 6985.</summary>
    public required uint MaximumBalance { get; init; }

    /// <summary>Short file ids.</summary>
    public required byte PublicFile { get; init; }

    public required byte HolderFile { get; init; }

    public required byte LogFile { get; init; }

    public required byte RestrictionFile { get; init; }

    /// <summary>How many of its last transactions the chip's log holds.</summary>
    public required int LogRecords { get; init; }

    public required byte PinTries { get; init; }

    /// <summary>Whether stations lock the card for the time of a fill (grey lock).</summary>
    public required bool GreyLock { get; init; }

    public required IReadOnlyList<KeyProfile> Keys { get; init; }

    /// <summary>The key of a usage; a profile that lacks one which a card script needs is a mistake in the profile.</summary>
    public KeyProfile Key(KeyUsage usage) =>
        Keys.FirstOrDefault(k => k.Usage == usage)
        ?? throw new InvalidDataException($"The issuer profile has no {usage} key in the {Kind} application.");

    internal void Check(CardApplication kind)
    {
        IssuerProfile.Require(Kind == kind, $"{kind} application's kind");
        IssuerProfile.Require(Aid.Length is >= 10 and <= 32, $"{kind} aid");
        IssuerProfile.Hex(Aid, Aid.Length / 2, $"{kind} aid");
        IssuerProfile.Hex(FileId, 2, $"{kind} file id");
        IssuerProfile.Require(Purse is 1 or 2, $"{kind} purse");
        IssuerProfile.Require(LogRecords is >= 1 and <= 30, $"{kind} number of log records");
        IssuerProfile.Require(PinTries is >= 1 and <= 15, $"{kind} number of PIN tries");
        byte[] files = [PublicFile, HolderFile, LogFile, RestrictionFile];
        IssuerProfile.Require(files.All(f => f is >= 1 and <= 30) && files.Distinct().Count() == files.Length, $"{kind} file numbers");
        IssuerProfile.Require(Keys.DistinctBy(k => (k.Type, k.Index)).Count() == Keys.Count, $"{kind} keys (two share type and index)");
        foreach (var usage in Required)
        {
            _ = Key(usage);
        }
    }

    private static readonly KeyUsage[] Required =
    [
        KeyUsage.Control,
        KeyUsage.Load,
        KeyUsage.Tac,
        KeyUsage.Maintenance,
        KeyUsage.PinReload,
        KeyUsage.InternalAuthentication,
    ];
}

/// <summary>What a key on the card is for.</summary>
public enum KeyUsage
{
    /// <summary>Rules the application: external authentication and the writing of all keys. Diversified by the chip's own serial number.</summary>
    Control,
    Load,
    Unload,
    Purchase,
    Tac,
    Overdraft,
    Maintenance,
    PinUnblock,
    PinReload,
    InternalAuthentication,
    GreyUnlock,
}

/// <summary>Where a key is on the card: P1 of WRITE KEY is its type, P2 and the key index of the purse commands its index.</summary>
public sealed record KeyProfile(KeyUsage Usage, byte Type, byte Index, byte Version, byte Tries = 3);
