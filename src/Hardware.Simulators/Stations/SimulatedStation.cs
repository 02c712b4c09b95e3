using System.Buffers.Binary;
using System.Security.Cryptography;
using Hardware.Simulators.Chip;
using Platform.Cards.Cryptography.Keys;
using Platform.Cards.Cryptography.Layouts;

namespace Hardware.Simulators.Stations;

/// <summary>
/// One consumption as a station uploads it (FC-39.1). Amount in fen (or points); <c>OfflineCounter</c> is the chip's counter after it,
/// as in the chip's log; terminal, time (7 bytes BCD) and TAC are hex.
/// </summary>
public sealed record StationRecord(
    string CardNumber,
    CardApplication Application,
    int OfflineCounter,
    long Amount,
    string Terminal,
    long TerminalTransaction,
    string Time,
    string Tac
);

/// <summary>
/// A fill that a station has locked a card for: the application serial number, the card's answer to INITIALIZE, the terminal's transaction number
/// and GTAC, by which an online unlock finds the station's record, and the time of the lock (7 bytes BCD); all hex.
/// </summary>
public sealed record LockedFill(string Serial, string Initialised, uint TerminalTransaction, string GreyTac, string Time);

/// <summary>The card refused a step of the station with this status word.</summary>
public sealed class StationRefusedException(string statusWord) : InvalidOperationException($"The card answered {statusWord}.")
{
    public string StatusWord { get; } = statusWord;
}

/// <summary>
/// A fuel dispenser's terminal: buys with a powered virtual card and gives the record it would upload. It can also lock a card for a fill
/// and leave it so, as a dispenser does that loses power. Its terminal number is 6 bytes, hex. Not safe for several threads.
/// </summary>
public sealed class SimulatedStation(CardKeys keys, string terminal)
{
    private uint lastTransaction;

    /// <summary>Pays an amount from the card.</summary>
    /// <exception cref="StationRefusedException">The card refused.</exception>
    public StationRecord Buy(VirtualChip chip, uint amount, DateTime local, CardApplication application = CardApplication.Money)
    {
        var profile = keys.Profile.Application(application);
        var serial = Enter(chip, profile);
        var index = profile.Key(KeyUsage.Purchase).Index;
        var card = Send(chip, $"805001{profile.Purse:X2}0B{index:X2}{amount:X8}{terminal}0F");
        var number = ++lastTransaction;
        var time = CardTime.Encode(local);
        var counter = BinaryPrimitives.ReadUInt16BigEndian(card.AsSpan(4));
        var mac1 = WithSession(
            application,
            serial,
            card,
            number,
            (cipher, session) =>
                PurseCryptography.HostMac(cipher, session, amount, profile.PurchaseType, Convert.FromHexString(terminal), time)
        );
        var proof = Send(chip, $"805401000F{number:X8}{Convert.ToHexString(time)}{mac1:X8}08");
        return new(
            Convert.ToHexString(serial)[4..],
            application,
            counter + 1,
            amount,
            terminal,
            number,
            Convert.ToHexString(time),
            Convert.ToHexString(proof, 0, 4)
        );
    }

    /// <summary>Locks the card for a fill. A station that loses power now leaves the card grey.</summary>
    /// <exception cref="StationRefusedException">The card refused.</exception>
    public LockedFill Lock(VirtualChip chip, DateTime local)
    {
        var profile = keys.Profile.Money;
        var serial = Enter(chip, profile);
        var card = Send(chip, $"E07A08{profile.Purse:X2}07{profile.Key(KeyUsage.Purchase).Index:X2}{terminal}0F");
        var number = ++lastTransaction;
        var time = CardTime.Encode(local);
        var random = RandomNumberGenerator.GetBytes(4);
        var mac1 = WithSession(
            CardApplication.Money,
            serial,
            card,
            number,
            (cipher, session) => GreyCryptography.LockMac1(cipher, session, Convert.FromHexString(terminal), random, time)
        );
        var proof = Send(chip, $"E07C080013{number:X8}{Convert.ToHexString(random)}{Convert.ToHexString(time)}{mac1:X8}08");
        return new(
            Convert.ToHexString(serial),
            Convert.ToHexString(card),
            number,
            Convert.ToHexString(proof, 0, 4),
            Convert.ToHexString(time)
        );
    }

    /// <summary>Ends a fill: the card pays the amount and is free again.</summary>
    /// <exception cref="StationRefusedException">The card refused.</exception>
    public StationRecord Unlock(VirtualChip chip, LockedFill fill, uint amount, DateTime local)
    {
        ArgumentNullException.ThrowIfNull(chip);
        ArgumentNullException.ThrowIfNull(fill);
        var profile = keys.Profile.Money;
        var (serial, card) = (Convert.FromHexString(fill.Serial), Convert.FromHexString(fill.Initialised));
        var number = fill.TerminalTransaction;
        var time = CardTime.Encode(local);
        var counter = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(card.AsSpan(4)) + 1);
        var gmac = WithSession(
            CardApplication.Money,
            serial,
            card,
            number,
            (cipher, session) => GreyCryptography.FillMac(cipher, session, amount, counter, Convert.FromHexString(terminal), number, time)
        );
        var tac = Send(
            chip,
            $"E07E08{profile.Purse:X2}1B{amount:X8}{counter:X4}{terminal}{number:X8}{Convert.ToHexString(time)}{gmac:X8}04"
        );
        return new(
            Convert.ToHexString(serial)[4..],
            CardApplication.Money,
            counter,
            amount,
            terminal,
            number,
            Convert.ToHexString(time),
            Convert.ToHexString(tac)
        );
    }

    private byte[] Enter(VirtualChip chip, ApplicationProfile profile)
    {
        ArgumentNullException.ThrowIfNull(chip);
        Send(chip, $"00A40400{profile.Aid.Length / 2:X2}{profile.Aid}");
        var file = Send(chip, $"00B0{0x80 | profile.PublicFile:X2}00{PublicFile.Size:X2}");
        var pin = keys.Profile.InitialPin;
        Send(chip, $"00200000{pin.Length / 2:X2}{pin}");
        return Convert.FromHexString(PublicFile.Decode(file)!.ApplicationSerial);
    }

    private uint WithSession(CardApplication application, byte[] serial, byte[] card, uint number, CardKeys.KeyUse<uint> use) =>
        keys.Use(
            application,
            KeyUsage.Purchase,
            serial,
            (cipher, key) =>
            {
                Span<byte> session = stackalloc byte[cipher.SessionKeyLength];
                var counter = BinaryPrimitives.ReadUInt16BigEndian(card.AsSpan(4));
                PurseCryptography.OfflineSession(cipher, key, card.AsSpan(11, 4), counter, number, session);
                return use(cipher, session);
            }
        );

    private static byte[] Send(VirtualChip chip, string apdu)
    {
        var answer = chip.Transmit(Convert.FromHexString(apdu));
        if (answer.Length >= 2 && answer[^2] == 0x61)
        {
            answer = chip.Transmit([0x00, 0xC0, 0x00, 0x00, answer[^1]]);
        }

        return answer.Length >= 2 && answer[^2] == 0x90
            ? answer[..^2]
            : throw new StationRefusedException(answer.Length < 2 ? "nothing" : Convert.ToHexString(answer.AsSpan()[^2..]));
    }
}
