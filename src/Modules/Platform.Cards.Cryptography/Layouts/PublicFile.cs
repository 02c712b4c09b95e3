using Platform.Cards.Cryptography.Profiles;

namespace Platform.Cards.Cryptography.Layouts;

/// <summary>EF15, 30 bytes: who issued the card and which one it is. All zero on a blank card.</summary>
public sealed record PublicFile
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 30;

    /// <summary>Length of an application serial number in bytes.</summary>
    public const int SerialLength = 10;

    private const int SerialAt = 10;

    /// <summary>8 bytes, hex.</summary>
    public required string IssuerId { get; init; }

    public required byte ApplicationType { get; init; }

    public required byte ApplicationVersion { get; init; }

    /// <summary>10 bytes, hex: the issuer's 2-byte prefix and the 16-digit card number.</summary>
    public required string ApplicationSerial { get; init; }

    public required DateOnly? Start { get; init; }

    public required DateOnly? Expiry { get; init; }

    /// <summary>The 16 digits.</summary>
    public string CardNumber => ApplicationSerial[4..];

    /// <summary>The application serial number of a card number under an issuer.</summary>
    public static string SerialOf(IssuerProfile profile, string cardNumber)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(cardNumber);
        if (cardNumber.Length != 16 || !cardNumber.All(char.IsAsciiDigit))
        {
            throw new ArgumentException("A card number has 16 digits.", nameof(cardNumber));
        }

        return profile.SerialPrefix.ToUpperInvariant() + cardNumber;
    }

    /// <summary>Whether the file is that of a card that was never issued.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> file) => file.Length >= Size && !file.ContainsAnyExcept((byte)0);

    /// <summary>Reads a file of at least 30 bytes; null when it is too short.</summary>
    public static PublicFile? Decode(ReadOnlySpan<byte> file) =>
        file.Length < Size
            ? null
            : new()
            {
                IssuerId = Convert.ToHexString(file[..8]),
                ApplicationType = file[8],
                ApplicationVersion = file[9],
                ApplicationSerial = Convert.ToHexString(file.Slice(SerialAt, SerialLength)),
                Start = CardTime.DecodeDate(file.Slice(20, 4)),
                Expiry = CardTime.DecodeDate(file.Slice(24, 4)),
            };

    /// <summary>The 30 bytes.</summary>
    public byte[] Encode()
    {
        var file = new byte[Size];
        Convert.FromHexString(IssuerId).CopyTo(file, 0);
        file[8] = ApplicationType;
        file[9] = ApplicationVersion;
        Convert.FromHexString(ApplicationSerial).CopyTo(file, SerialAt);
        Write(Start, file.AsSpan(20));
        Write(Expiry, file.AsSpan(24));
        file[28] = 1;
        return file;
    }

    private static void Write(DateOnly? date, Span<byte> at)
    {
        if (date is { } known)
        {
            CardTime.Encode(known).CopyTo(at);
        }
    }
}
