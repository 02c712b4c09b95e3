using System.Buffers.Binary;
using Hardware.Agent.Cards;
using Hardware.Agent.Cards.MemoryCards;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;

namespace Hardware.Agent.Readers;

/// <summary>The kind of card.</summary>
public enum CardKind
{
    /// <summary>Of this issuer's chip type, never issued.</summary>
    Blank,

    /// <summary>One of the issuer's cards.</summary>
    Issued,

    /// <summary>The card or its money application is blocked.</summary>
    Blocked,

    /// <summary>Of somebody else.</summary>
    Foreign,
}

/// <summary>Card data that anybody can read. It proves nothing; open a card session at the API for proof.</summary>
/// <param name="Reader">The reader that holds the card.</param>
/// <param name="Atr">The answer to reset (ATR), hex.</param>
/// <param name="Kind">The kind of card.</param>
/// <param name="ChipSerial">The chip's serial number, hex; null if the chip does not report it.</param>
/// <param name="CardNumber">The card number, 16 digits; null for a card that is not issued.</param>
/// <param name="Expiry">The expiry date of an issued card; null if it has none.</param>
/// <param name="Balance">The purse balance of an issued card, in fen.</param>
/// <param name="Points">The points balance of an issued card.</param>
public sealed record CardOnReader(
    string Reader,
    string Atr,
    CardKind Kind,
    string? ChipSerial,
    string? CardNumber,
    DateOnly? Expiry,
    long? Balance,
    long? Points
);

/// <summary>Reads a card without its PIN.</summary>
internal sealed class CardReading(AgentSettings settings, IssuerProfile profile, ILogger<CardReading> log)
{
    /// <exception cref="CardException">The card cannot be reached.</exception>
    internal async Task<CardOnReader> Read(ICardReader reader, CancellationToken cancellationToken)
    {
        var name = reader.Status.Name;
        await using var connection = await MemoryCardConnection.Open(reader, cancellationToken);
        var card = new CardChannel(connection, settings.Watchdog, log);
        var seen = new CardOnReader(name, Convert.ToHexString(connection.Atr.Span), CardKind.Foreign, null, null, null, null, null);
        seen = seen with { ChipSerial = await ChipSerial(card, cancellationToken) };

        var selected = await Select(card, profile.Money, cancellationToken);
        if (!selected.Ok)
        {
            // 6A81 the application is blocked, 9303 for ever, 6A82 there is none.
            return selected.StatusWord is 0x6A81 or 0x9303 ? seen with { Kind = CardKind.Blocked } : seen;
        }

        var file = await ReadBinary(card, profile.Money.PublicFile, PublicFile.Size, cancellationToken);
        if (!file.Ok || PublicFile.IsBlank(file.Data))
        {
            return file.Ok ? seen with { Kind = CardKind.Blank } : seen;
        }

        return PublicFile.Decode(file.Data) is { } known && known.IssuerId.Equals(profile.IssuerId, StringComparison.OrdinalIgnoreCase)
            ? await Issued(card, seen, known, cancellationToken)
            : seen;
    }

    private async Task<CardOnReader> Issued(CardChannel card, CardOnReader seen, PublicFile file, CancellationToken ct)
    {
        var balance = await Balance(card, profile.Money, ct);
        var points = (await Select(card, profile.Points, ct)).Ok ? await Balance(card, profile.Points, ct) : null;
        return seen with { Kind = CardKind.Issued, CardNumber = file.CardNumber, Expiry = file.Expiry, Balance = balance, Points = points };
    }

    private async Task<string?> ChipSerial(CardChannel card, CancellationToken ct)
    {
        byte[] selectMaster = [0x00, 0xA4, 0x00, 0x00, 0x02, .. Convert.FromHexString(profile.MasterFileId)];
        if (!(await card.Run(selectMaster, ct)).Ok)
        {
            return null;
        }

        var serial = await ReadBinary(card, profile.ChipSerialFile, 8, ct);
        return serial.Ok ? Convert.ToHexString(serial.Data) : null;
    }

    private static Task<CardAnswer> Select(CardChannel card, ApplicationProfile application, CancellationToken ct)
    {
        var aid = Convert.FromHexString(application.Aid);
        return card.Run(
            new byte[] { 0x00, 0xA4, 0x04, 0x00, (byte)aid.Length }
                .Concat(aid)
                .ToArray(),
            ct
        );
    }

    private static Task<CardAnswer> ReadBinary(CardChannel card, byte shortFile, byte length, CancellationToken ct) =>
        card.Run(new byte[] { 0x00, 0xB0, (byte)(0x80 | shortFile), 0x00, length }, ct);

    private static async Task<long?> Balance(CardChannel card, ApplicationProfile application, CancellationToken ct)
    {
        var answer = await card.Run(new byte[] { 0x80, 0x5C, 0x00, application.Purse, 0x04 }, ct);
        return answer is { Ok: true, Data.Length: 4 } ? BinaryPrimitives.ReadUInt32BigEndian(answer.Data) : null;
    }
}
